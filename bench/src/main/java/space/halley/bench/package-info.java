/**
 * Benchmarks. Each measures something of Halley and, in the same run and in turns with it, a baseline that does the same
 * without Halley's rules; what counts is the ratio, because a machine's own speed divides out. None is a test: nothing
 * fails when a figure is bad.
 */
@NullMarked
package space.halley.bench;

import org.jspecify.annotations.NullMarked;
