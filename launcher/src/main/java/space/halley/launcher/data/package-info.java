/**
 * The data folder of an installation: its marker, its lock, its generated secrets and the record of what is running on
 * it. Nothing here starts a process.
 */
@NullMarked
package space.halley.launcher.data;

import org.jspecify.annotations.NullMarked;
