/** Tests of the agencies' commands, as a shell would give them. */
@NullMarked
package space.halley.producer.cli;

import org.jspecify.annotations.NullMarked;
