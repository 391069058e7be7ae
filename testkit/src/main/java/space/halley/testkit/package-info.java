/**
 * What tests of several modules share: a real broker inside the test, a schema registry, a clock that only tests move,
 * sample values, and a search for what must not leak. Nothing here is used by a running installation.
 */
@NullMarked
package space.halley.testkit;

import org.jspecify.annotations.NullMarked;
