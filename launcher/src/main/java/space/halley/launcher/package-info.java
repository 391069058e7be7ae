/**
 * Everything on one machine: the {@code halley} command, and the supervisor that starts a Kafka broker, a schema
 * registry, the streams and the API as processes, watches them and stops them again.
 */
@NullMarked
package space.halley.launcher;

import org.jspecify.annotations.NullMarked;
