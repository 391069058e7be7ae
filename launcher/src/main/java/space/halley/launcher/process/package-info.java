/** Child processes: how their command lines are made, started, watched, restarted, logged and stopped. */
@NullMarked
package space.halley.launcher.process;

import org.jspecify.annotations.NullMarked;
