/** Random histories on which the promises of {@link space.halley.audit} are tested. */
@NullMarked
package space.halley.testkit.promises;

import org.jspecify.annotations.NullMarked;
