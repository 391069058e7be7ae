/**
 * The commands with which an agency publishes, withdraws and reschedules from a shell. They report what the lane
 * answered, product by product, and end with an exit code that a script can rely on.
 */
@NullMarked
package space.halley.producer.cli;

import org.jspecify.annotations.NullMarked;
