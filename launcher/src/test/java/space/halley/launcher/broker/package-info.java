/** Tests of the broker's process. */
@NullMarked
package space.halley.launcher.broker;

import org.jspecify.annotations.NullMarked;
