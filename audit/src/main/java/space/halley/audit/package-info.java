/**
 * Halley's promises, each a class with its name, that look at a {@link space.halley.audit.Recording} of what
 * went in and what came out and name every violation. Topology tests, tests against a broker and an auditor of a running
 * installation use the same ones.
 */
@NullMarked
package space.halley.audit;

import org.jspecify.annotations.NullMarked;
