/** The Kafka broker of an installation on one machine: its settings and its process. */
@NullMarked
package space.halley.launcher.broker;

import org.jspecify.annotations.NullMarked;
