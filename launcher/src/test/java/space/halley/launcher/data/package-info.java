/** Tests of the data folder. */
@NullMarked
package space.halley.launcher.data;

import org.jspecify.annotations.NullMarked;
