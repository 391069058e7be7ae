/**
 * The commands of those who operate an installation: they read the journal of decisions, with the auditor's right to read
 * everything, and say why something is as it is.
 */
@NullMarked
package space.halley.launcher.journal;

import org.jspecify.annotations.NullMarked;
