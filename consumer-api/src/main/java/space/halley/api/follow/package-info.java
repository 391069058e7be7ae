/**
 * The follower: reads the public log, all partitions and committed records only, and keeps the index up with it.
 *
 * <p>It is the only writer of the index and the only part of the service that talks to Kafka. It belongs to no consumer
 * group: its place in the log is in the index. It never skips a record; what it cannot read now it asks for again, and
 * {@link space.halley.api.follow.FollowerStatus} says why it waits.
 */
@NullMarked
package space.halley.api.follow;

import org.jspecify.annotations.NullMarked;
