package space.halley.audit;

import org.jspecify.annotations.Nullable;
import space.halley.schemas.CatalogueRecord;

/**
 * A record of the catalogue.
 *
 * @param place where it stands; null where no broker has it
 */
public record Listed(CatalogueRecord record, @Nullable Place place) {

    /** The place, for a report. */
    String shownPlace() {
        return place == null ? "" : " (" + place + ")";
    }
}
