/**
 * What travels and where: the Avro schemas of Halley's records, the codec between bytes and domain values, the client of
 * the schema registry, and the catalogue of topics with their access rules.
 *
 * <p>The bytes are Confluent's wire format (a zero byte, the schema's id in four bytes, Avro binary), so clients of any
 * language that know a Confluent-compatible registry can read the topics.
 */
@NullMarked
package space.halley.schemas;

import org.jspecify.annotations.NullMarked;
