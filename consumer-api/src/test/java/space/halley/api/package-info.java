/** Tests of the API service as its users meet it: over HTTP, from an index or from a broker. */
@NullMarked
package space.halley.api;

import org.jspecify.annotations.NullMarked;
