/**
 * What the public catalogue says of a product and of what happened to it, in the words and the shape in which the API
 * gives it out and the index keeps it.
 *
 * <p>The catalogue is a fold of the public log: {@link space.halley.api.catalogue.CatalogueFold} takes what is known of
 * a product and the next public event and gives what is known then. Nothing here reads a clock: every instant comes
 * from the log.
 */
@NullMarked
package space.halley.api.catalogue;

import org.jspecify.annotations.NullMarked;
