/**
 * From a label to a product's description: reads PDS4 labels as agencies really write them, and says of each one that
 * cannot be released what is wrong with it and what to do.
 *
 * <p>A label is validated for what a release needs and for nothing else: identifier, version, title, class, and times
 * that can be read where there are any. Checking it against schemas and Schematron rules is the work of the archives'
 * own validators. Only the fields of {@link space.halley.domain.ProductDescription} are taken, names of persons never.
 *
 * <p>Labels come from outside and are hostile until read: document type declarations are refused, nothing external is
 * ever opened, and size, depth and lengths have limits.
 */
@NullMarked
package space.halley.producer.label;

import org.jspecify.annotations.NullMarked;
