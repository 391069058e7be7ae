/** The whole system in one process: a real broker with real access rights, the lanes, the API over HTTP. */
@NullMarked
package space.halley.launcher.system;

import org.jspecify.annotations.NullMarked;
