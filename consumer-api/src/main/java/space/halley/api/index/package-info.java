/**
 * The public index: the catalogue and its history in one Lucene index, written by the follower alone and read by
 * everyone.
 *
 * <p>It holds a document for every version of a product that is public, which an update replaces, and a document for
 * every public event, which nothing changes. The place in the public log up to which it was built is part of each
 * commit, so the index and its place can never disagree. Deleting the index is always safe: it is built again from the
 * log.
 */
@NullMarked
package space.halley.api.index;

import org.jspecify.annotations.NullMarked;
