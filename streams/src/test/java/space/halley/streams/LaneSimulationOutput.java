package space.halley.streams;

import java.util.List;
import space.halley.audit.Recording;
import space.halley.domain.PartnerEvent;
import space.halley.domain.PublicEvent;
import space.halley.schemas.CatalogueRecord;
import space.halley.schemas.Codecs;
import space.halley.schemas.DeadLetter;
import space.halley.schemas.JournalEntry;
import space.halley.schemas.Receipt;

/**
 * A record that the lane wrote, read as its readers do.
 *
 * @param sink the name of a sink of the topology
 */
record LaneSimulationOutput(String sink, Object content) {

    static LaneSimulationOutput read(Codecs codecs, String sink, byte[] value) {
        return new LaneSimulationOutput(
                sink,
                switch (sink) {
                    case "journal" -> codecs.journal().decodeOwn(value);
                    case "public" -> codecs.publicEvents().decodeOwn(value);
                    case "receipts" -> codecs.receipts().decodeOwn(value);
                    case "dead-letters" -> codecs.deadLetters().decodeOwn(value);
                    case "catalog" -> codecs.catalogue().decodeOwn(value);
                    default -> codecs.partnerEvents().decodeOwn(value);
                });
    }

    /** Adds it to what is committed. */
    void into(Recording.Builder recording) {
        switch (content) {
            case JournalEntry entry -> recording.journal(List.of(entry));
            case PublicEvent event -> recording.published(List.of(event));
            case Receipt receipt -> recording.receipts(List.of(receipt));
            case DeadLetter letter -> recording.deadLetters(List.of(letter));
            case CatalogueRecord record -> recording.catalogue(List.of(record));
            case PartnerEvent event -> recording.told(List.of(event));
            default -> throw new IllegalStateException("nobody knows " + content);
        }
    }
}
