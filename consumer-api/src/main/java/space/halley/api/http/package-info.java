/**
 * The HTTP interface: questions for products, the live stream of events, health, metrics and the pages.
 *
 * <p>Everything it gives out comes from the public index, so there is nothing here that could be hidden from anybody: no
 * log-in, no visibility rule. What it must do is stand firm: every size is bounded, every wrong parameter is named, and
 * an error tells what to do and nothing of the inside. What users ask for is never logged.
 */
@NullMarked
package space.halley.api.http;

import org.jspecify.annotations.NullMarked;
