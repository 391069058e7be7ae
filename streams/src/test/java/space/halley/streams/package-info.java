/** Tests of the lanes, with Kafka Streams' test driver and against a real broker. */
@NullMarked
package space.halley.streams;

import org.jspecify.annotations.NullMarked;
