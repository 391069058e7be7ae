/** Public events to test with. */
@NullMarked
package space.halley.api.sample;

import org.jspecify.annotations.NullMarked;
