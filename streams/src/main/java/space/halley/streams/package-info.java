/**
 * The stream processors. Each agency has a lane of its own, a Kafka Streams application that reads its commands, decides
 * them by the rules of {@link space.halley.domain.Embargo}, holds what is not due and writes all that follows from a
 * decision in one transaction. Lanes share nothing but the process.
 *
 * <p>Releases follow the log, not the clock: when a timer is due by the clock, the lane writes a fence into the same
 * partition, and what is due is released when the fence comes back, after everything that was appended before it.
 */
@NullMarked
package space.halley.streams;

import org.jspecify.annotations.NullMarked;
