package space.halley.api.index;

import java.util.Collections;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A place in the public log: for each partition the offset of the next record. A partition that is not named stands at
 * its beginning.
 */
public final class Position {
    /** Before the first record of every partition. */
    public static final Position BEGINNING = new Position(new TreeMap<>());

    private static final Pattern ENTRY = Pattern.compile("(0|[1-9][0-9]{0,4}):(0|[1-9][0-9]{0,17})");
    private static final int MAX_PARTITIONS = 10_000;

    private final NavigableMap<Integer, Long> next;

    private Position(NavigableMap<Integer, Long> next) {
        this.next = next;
    }

    /** The place with these next offsets. */
    public static Position of(Map<Integer, Long> next) {
        var sorted = new TreeMap<Integer, Long>();
        next.forEach((partition, offset) -> {
            if (partition < 0 || offset < 0) {
                throw new IllegalArgumentException("partition " + partition + ", offset " + offset + " is negative");
            }
            if (offset > 0) {
                sorted.put(partition, offset);
            }
        });
        return new Position(sorted);
    }

    /**
     * Reads the text form, such as {@code 0:12,1:7}.
     *
     * @throws IllegalArgumentException if it is not of that form
     */
    public static Position parse(String text) {
        if (text.isEmpty()) {
            return BEGINNING;
        }
        var next = new TreeMap<Integer, Long>();
        for (var entry : text.split(",", MAX_PARTITIONS)) {
            var matcher = ENTRY.matcher(entry);
            if (!matcher.matches()
                    || next.put(Integer.valueOf(matcher.group(1)), Long.valueOf(matcher.group(2))) != null) {
                throw new IllegalArgumentException("not a position in the log");
            }
        }
        return of(next);
    }

    /** The next offset of a partition. */
    public long next(int partition) {
        return next.getOrDefault(partition, 0L);
    }

    /** The same place, but behind this record. */
    public Position after(int partition, long offset) {
        if (next(partition) > offset) {
            return this;
        }
        var moved = new TreeMap<>(next);
        moved.put(partition, offset + 1);
        return new Position(moved);
    }

    /** Whether no partition stands before the other place. */
    public boolean reaches(Position other) {
        return other.next.entrySet().stream().allMatch(entry -> next(entry.getKey()) >= entry.getValue());
    }

    /** For each partition the later of the two places. */
    public Position later(Position other) {
        var merged = new TreeMap<>(next);
        other.next.forEach((partition, offset) -> merged.merge(partition, offset, Math::max));
        return new Position(merged);
    }

    /** How many offsets lie between this place and a later one; commit markers are among them. */
    public long distanceTo(Position later) {
        return later.next.entrySet().stream()
                .mapToLong(entry -> Math.max(0, entry.getValue() - next(entry.getKey())))
                .sum();
    }

    /** The partitions that have moved from their beginning. */
    public Set<Integer> partitions() {
        return Collections.unmodifiableSet(next.keySet());
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Position that && next.equals(that.next);
    }

    @Override
    public int hashCode() {
        return next.hashCode();
    }

    /** The text form. */
    @Override
    public String toString() {
        return next.entrySet().stream()
                .map(entry -> entry.getKey() + ":" + entry.getValue())
                .collect(Collectors.joining(","));
    }
}
