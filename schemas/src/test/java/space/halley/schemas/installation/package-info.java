/** Tests of what an installation reads at its start. */
@NullMarked
package space.halley.schemas.installation;

import org.jspecify.annotations.NullMarked;
