/**
 * The API service: one process that follows the public log, keeps the index, and answers over HTTP. Any number of them
 * run side by side; each has an index of its own and needs nothing from the others.
 */
@NullMarked
package space.halley.api;

import org.jspecify.annotations.NullMarked;
