/** Tests of the fold that makes the catalogue. */
@NullMarked
package space.halley.api.catalogue;

import org.jspecify.annotations.NullMarked;
