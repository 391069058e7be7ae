/** Tests of the operators' commands. */
@NullMarked
package space.halley.launcher.journal;

import org.jspecify.annotations.NullMarked;
