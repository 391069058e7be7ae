/** Tests of the embargo rules, among them a comparison with a model that is too simple to be wrong. */
@NullMarked
package space.halley.domain;

import org.jspecify.annotations.NullMarked;
