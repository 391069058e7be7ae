package space.halley.audit;

import java.util.IdentityHashMap;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Where journal entries, receipts and dead letters stand in a cluster; each by its identity, as two may say the same. */
public final class Places {
    /** No broker has them. */
    public static final Places UNKNOWN = new Builder().build();

    private final IdentityHashMap<Object, Place> places;

    private Places(IdentityHashMap<Object, Place> places) {
        this.places = places;
    }

    /** Where the record stands; null where no broker has it. */
    @Nullable
    Place of(Object record) {
        return places.get(record);
    }

    /** The place, for a report. */
    String shown(Object record) {
        var place = of(record);
        return place == null ? "" : " (" + place + ")";
    }

    /** The places of all of them that have one, for a report. */
    String shown(List<?> records) {
        var known = records.stream()
                .map(this::of)
                .filter(place -> place != null)
                .map(String::valueOf)
                .collect(Collectors.joining(", "));
        return known.isEmpty() ? "" : " (" + known + ")";
    }

    /** Whether it stands in another topic than that one. */
    boolean isOutside(String topic, Object record) {
        var place = of(record);
        return place != null && !place.topic().equals(topic);
    }

    /** In the making. Not safe for use by several threads. */
    public static final class Builder {
        private final IdentityHashMap<Object, Place> places = new IdentityHashMap<>();

        /** The record, this one and no equal one, stands there. */
        public Builder at(Object record, Place place) {
            places.put(record, place);
            return this;
        }

        public Places build() {
            return new Places(new IdentityHashMap<>(places));
        }
    }
}
