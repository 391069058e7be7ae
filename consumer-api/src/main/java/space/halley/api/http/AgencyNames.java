package space.halley.api.http;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Comparator;
import java.util.List;
import space.halley.domain.Agencies;

/** The agencies that publish here, by name. */
@Schema(name = "Agencies")
public record AgencyNames(List<AgencyName> items) {
    public AgencyNames {
        items = List.copyOf(items);
    }

    /** The names of an installation's agencies. */
    public static AgencyNames of(Agencies agencies) {
        return new AgencyNames(agencies.all().stream()
                .map(agency -> new AgencyName(agency.id().value(), agency.name()))
                .sorted(Comparator.comparing(AgencyName::name))
                .toList());
    }
}
