/** Tests that the rules keep the promises, and that the promises notice when they are broken. */
@NullMarked
package space.halley.testkit.promises;

import org.jspecify.annotations.NullMarked;
