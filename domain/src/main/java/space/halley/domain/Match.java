package space.halley.domain;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which products a rule or an agreement is about. A criterion that names nothing is met by every product; one that names
 * several values is met by any of them. Upper and lower case are the same, except in identifiers.
 *
 * @param missions the last part of the investigation's identifier, such as {@code mission.insight}, or its name as labels
 *     have it
 * @param instruments likewise
 * @param processingLevels such as {@code raw}
 * @param productClasses such as {@code product_document}
 * @param collections identifiers of bundles or collections, whose members are meant too
 */
public record Match(
        Set<String> missions,
        Set<String> instruments,
        Set<String> processingLevels,
        Set<String> productClasses,
        Set<String> collections) {
    /** Every product. */
    public static final Match EVERYTHING = new Match(Set.of(), Set.of(), Set.of(), Set.of(), Set.of());

    /** The instrument's provider owns the rule, so it counts for more than all other criteria together. */
    private static final int INSTRUMENT = 8;

    public Match {
        missions = lowerCase(missions);
        instruments = lowerCase(instruments);
        processingLevels = lowerCase(processingLevels);
        productClasses = lowerCase(productClasses);
        collections = Set.copyOf(collections);
    }

    /** Whether the product meets every criterion. */
    public boolean meets(ProductDescription product) {
        return context(missions, product, ContextReference.Role.INVESTIGATION)
                && context(instruments, product, ContextReference.Role.INSTRUMENT)
                && (processingLevels.isEmpty() || has(processingLevels, product.processingLevel()))
                && (productClasses.isEmpty() || has(productClasses, product.productClass()))
                && (collections.isEmpty()
                        || collections.stream()
                                .anyMatch(collection -> lies(product.id().lid().value(), collection)));
    }

    /**
     * How specific it is: the more criteria, the more; and with an instrument more than without one, whatever else is
     * named.
     */
    public int specificity() {
        var criteria = Stream.of(missions, processingLevels, productClasses, collections)
                .filter(criterion -> !criterion.isEmpty())
                .count();
        return (int) criteria + (instruments.isEmpty() ? 0 : INSTRUMENT);
    }

    /** Whether a product of one mission, with one instrument, could meet both. */
    public boolean overlaps(Match other) {
        return common(missions, other.missions, String::equals)
                && common(instruments, other.instruments, String::equals)
                && common(processingLevels, other.processingLevels, String::equals)
                && common(productClasses, other.productClasses, String::equals)
                && common(collections, other.collections, (mine, theirs) -> lies(mine, theirs) || lies(theirs, mine));
    }

    /** Whether a product of one mission, with one instrument, could meet both, and neither would be the more specific one. */
    public boolean ties(Match other) {
        if (specificity() != other.specificity() || !overlaps(other)) {
            return false;
        }
        return collections.isEmpty()
                || other.collections.isEmpty()
                || collections.stream().anyMatch(other.collections::contains);
    }

    /** Whether both could meet a product and this one names a collection within the one that the other names. */
    boolean isWithin(Match other, ProductDescription product) {
        return !other.collections.isEmpty() && overlaps(other) && depth(product) > other.depth(product);
    }

    /** How long the longest identifier is of those here in which the product lies. */
    private int depth(ProductDescription product) {
        return collections.stream()
                .filter(collection -> lies(product.id().lid().value(), collection))
                .mapToInt(String::length)
                .max()
                .orElse(0);
    }

    private static boolean common(Set<String> mine, Set<String> theirs, BiPredicate<String, String> same) {
        return mine.isEmpty()
                || theirs.isEmpty()
                || mine.stream().anyMatch(one -> theirs.stream().anyMatch(other -> same.test(one, other)));
    }

    private static boolean context(Set<String> wanted, ProductDescription product, ContextReference.Role role) {
        return wanted.isEmpty()
                || product.context(role).anyMatch(reference -> {
                    var lid = reference.lid();
                    return has(wanted, reference.name())
                            || (lid != null
                                    && has(
                                            wanted,
                                            lid.value().substring(lid.value().lastIndexOf(':') + 1)));
                });
    }

    private static boolean has(Set<String> wanted, @org.jspecify.annotations.Nullable String value) {
        return value != null && wanted.contains(value.toLowerCase(Locale.ROOT));
    }

    private static boolean lies(String lid, String collection) {
        return lid.equals(collection) || lid.startsWith(collection + ":");
    }

    private static Set<String> lowerCase(Set<String> values) {
        return values.stream().map(value -> value.toLowerCase(Locale.ROOT)).collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public String toString() {
        var parts = Stream.of(
                        part("mission", missions),
                        part("instrument", instruments),
                        part("processing level", processingLevels),
                        part("product class", productClasses),
                        part("collection", collections))
                .flatMap(List::stream)
                .toList();
        return parts.isEmpty() ? "every product" : String.join(", ", parts);
    }

    private static List<String> part(String name, Set<String> values) {
        return values.isEmpty()
                ? List.of()
                : List.of(name + " " + values.stream().sorted().collect(Collectors.joining(" or ")));
    }
}
