/** Faults of brokers, instances and inputs while the real lanes run. Each test ends with the check of all promises. */
@NullMarked
package space.halley.streams.faults;

import org.jspecify.annotations.NullMarked;
