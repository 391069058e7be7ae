/**
 * What an agency's own programs use to speak to Halley: the publisher, which appends commands to the agency's command
 * topic and hears the lane's answer to each.
 */
@NullMarked
package space.halley.producer;

import org.jspecify.annotations.NullMarked;
