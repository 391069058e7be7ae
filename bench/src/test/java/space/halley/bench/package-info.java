/** Tests of what the benchmarks reckon with and print, never of speed. */
@NullMarked
package space.halley.bench;

import org.jspecify.annotations.NullMarked;
