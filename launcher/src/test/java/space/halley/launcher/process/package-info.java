/** Tests of the child processes. */
@NullMarked
package space.halley.launcher.process;

import org.jspecify.annotations.NullMarked;
