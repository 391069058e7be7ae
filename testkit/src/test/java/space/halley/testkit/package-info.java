/** The test kit's own tests, and the tests of what several modules promise together. */
@NullMarked
package space.halley.testkit;

import org.jspecify.annotations.NullMarked;
