package space.halley.domain;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/** All agencies of an installation. No two agencies' namespaces overlap, so every product has at most one owner. */
public record Agencies(List<Agency> all) {
    public Agencies {
        all = List.copyOf(all);
        var problems = new ArrayList<String>();
        var ids = new HashSet<AgencyId>();
        for (var agency : all) {
            if (!ids.add(agency.id())) {
                problems.add("agency " + agency.id() + " is described twice");
            }
        }
        for (int i = 0; i < all.size(); i++) {
            for (int j = i + 1; j < all.size(); j++) {
                problems.addAll(overlaps(all.get(i), all.get(j)));
            }
        }
        if (!problems.isEmpty()) {
            throw new InvalidValueException("agencies", String.join("; ", problems));
        }
    }

    /** The agency of that name. */
    public Optional<Agency> find(AgencyId id) {
        return all.stream().filter(agency -> agency.id().equals(id)).findFirst();
    }

    private static List<String> overlaps(Agency one, Agency other) {
        return one.namespaces().stream()
                .flatMap(mine -> other.namespaces().stream()
                        .filter(mine::overlaps)
                        .map(theirs ->
                                "namespace " + mine + " of " + one.id() + " overlaps " + theirs + " of " + other.id()))
                .toList();
    }
}
