/**
 * The embargo rules: what an agency may say of a product, what is decided about it, and when it becomes public.
 *
 * <p>Everything here is a pure function of its arguments: no clock, no randomness, no input or output, and no
 * dependency on any other part of Halley. All values are immutable; all instants are UTC with a precision of one
 * millisecond, which is the precision of a Kafka record's time.
 */
@NullMarked
package space.halley.domain;

import org.jspecify.annotations.NullMarked;
