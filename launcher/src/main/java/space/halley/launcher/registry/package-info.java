/** The schema registry of an installation on one machine: its settings and who may write to it. */
@NullMarked
package space.halley.launcher.registry;

import org.jspecify.annotations.NullMarked;
