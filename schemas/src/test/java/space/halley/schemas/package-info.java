/** Tests of the records' bytes, today's and those of every earlier version, and of the topic catalogue. */
@NullMarked
package space.halley.schemas;

import org.jspecify.annotations.NullMarked;
