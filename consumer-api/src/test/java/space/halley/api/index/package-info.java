/** Tests of the index without HTTP. */
@NullMarked
package space.halley.api.index;

import org.jspecify.annotations.NullMarked;
