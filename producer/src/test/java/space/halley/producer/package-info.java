/** Tests of the publisher, against a real broker and a lane that only answers. */
@NullMarked
package space.halley.producer;

import org.jspecify.annotations.NullMarked;
