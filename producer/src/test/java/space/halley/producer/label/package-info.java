/** Tests of the label reader: on labels written for the purpose, on hostile input, and on real labels where they are. */
@NullMarked
package space.halley.producer.label;

import org.jspecify.annotations.NullMarked;
