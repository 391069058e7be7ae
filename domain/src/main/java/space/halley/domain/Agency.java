package space.halley.domain;

import java.util.List;

/** An agency that publishes through Halley: its name and the namespaces it owns. */
public record Agency(AgencyId id, String name, List<Namespace> namespaces) {

    public Agency {
        Texts.required("name", name, 200);
        if (namespaces.isEmpty()) {
            throw new InvalidValueException("namespaces", "agency " + id + " owns none");
        }
        namespaces = List.copyOf(namespaces);
    }

    /** Whether the identifier is this agency's to speak for. */
    public boolean owns(Lid lid) {
        return namespaces.stream().anyMatch(namespace -> namespace.contains(lid));
    }
}
