/**
 * The commands of those who look for data: search, show and watch, over the API's public interface like any other client,
 * and the catalogue of topics.
 */
@NullMarked
package space.halley.launcher.client;

import org.jspecify.annotations.NullMarked;
