package space.halley.audit;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a lane has after a restore is what it had before (I11). No log holds what a lane had, so this one looks at stores, and not at a
 * recording.
 */
public final class RestoredAsLive {
    private RestoredAsLive() {}

    /**
     * Every way in which what was restored differs, one sentence each.
     *
     * @param live what each store held, by its name
     * @param restored what each holds after the restore
     */
    public static <K extends Comparable<? super K>, V> List<String> violations(
            Map<String, Map<K, V>> live, Map<String, Map<K, V>> restored) {
        var violations = new ArrayList<String>();
        for (var store : union(live.keySet(), restored.keySet())) {
            var before = live.getOrDefault(store, Map.of());
            var after = restored.getOrDefault(store, Map.of());
            for (var key : union(before.keySet(), after.keySet())) {
                var value = after.get(key);
                if (!Objects.equals(before.get(key), value)) {
                    violations.add(store + " has " + value + " under " + key + " after the restore, and had "
                            + before.get(key));
                }
            }
        }
        return violations;
    }

    private static <K extends Comparable<? super K>> Set<K> union(Set<K> one, Set<K> other) {
        var all = new TreeSet<K>(one);
        all.addAll(other);
        return all;
    }
}
