@NullMarked
package space.halley.audit;

import org.jspecify.annotations.NullMarked;
