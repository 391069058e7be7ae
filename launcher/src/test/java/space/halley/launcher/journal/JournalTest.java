package space.halley.launcher.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import space.halley.domain.Cause;
import space.halley.domain.Effect.Verdict;
import space.halley.domain.Grounds;
import space.halley.domain.Lid;
import space.halley.domain.Lidvid;
import space.halley.domain.RefusalReason;
import space.halley.schemas.Codecs;
import space.halley.schemas.JournalEntry;
import space.halley.schemas.Topics;
import space.halley.schemas.avro.JournalEnvelope;
import space.halley.schemas.installation.LedgerSchemas;
import space.halley.testkit.Samples;

final class JournalTest {
    private static final Lidvid ID = Samples.id("urn:nasa:pds:b:c:product", "1.0");

    @Test
    void whatStoodInAWrongPlaceIsToldWhereItsTimePutsIt() {
        var own = announcedAndWithdrawn();
        var all = new ArrayList<Written>();
        all.add(misplaced("2026-03-04T00:00:00Z"));
        all.add(misplaced("2026-03-02T00:00:00Z"));
        all.addAll(own);
        all.add(misplaced("2026-02-01T00:00:00Z"));

        assertThat(Journal.inOrder(all))
                .extracting(
                        decision -> decision.entry().verdict(),
                        decision -> decision.entry().causeAppendTime().toString())
                .extracting(Object::toString)
                .containsExactly(
                        "(\"REFUSED\", \"2026-02-01T00:00:00Z\")",
                        "(\"HELD\", \"2026-03-01T00:00:00Z\")",
                        "(\"REFUSED\", \"2026-03-02T00:00:00Z\")",
                        "(\"WITHDRAWN\", \"2026-03-03T00:00:00Z\")",
                        "(\"REFUSED\", \"2026-03-04T00:00:00Z\")");
    }

    @Test
    void theOrderOfTheOwnPartitionStandsWhateverItsClockSaid() {
        var backwards = announcedAndWithdrawn().reversed();

        assertThat(Journal.inOrder(backwards)).isEqualTo(backwards);
    }

    @Test
    void anEarlierAnswerHasTheDecisionsWhoseShownTimeHadCome() {
        var entries = announcedAndWithdrawn();

        assertThat(WhyCommand.until(null, entries)).isEqualTo(entries);
        assertThat(WhyCommand.until(Instant.parse("2026-03-03T00:00:00Z"), entries))
                .isEqualTo(entries);
        assertThat(WhyCommand.until(Instant.parse("2026-03-02T23:59:59.999Z"), entries))
                .isEqualTo(entries.subList(0, 1));
    }

    /** Any agency can have a record without a key written, and a later build may write what this one cannot read. */
    @Test
    void whatCannotBeReadAndHasNoKeyHidesNothingOfAProduct() {
        var codec = Codecs.over(new LedgerSchemas(Map.of(1, JournalEnvelope.getClassSchema())))
                .journal();
        var warnings = new ArrayList<String>();
        var entry = misplaced("2026-03-04T00:00:00Z");

        assertThat(Journal.misplaced(codec, record(codec.encode(entry.entry())), ID.lid(), warnings::add))
                .contains(new Written(entry.entry(), entry.entry().causeAppendTime()));
        assertThat(Journal.misplaced(
                        codec, record(codec.encode(entry.entry())), new Lid("urn:nasa:pds:b:c:other"), warnings::add))
                .isEmpty();
        assertThat(warnings).isEmpty();

        assertThat(Journal.misplaced(codec, record(new byte[] {1, 2}), ID.lid(), warnings::add))
                .isEmpty();
        assertThat(warnings)
                .singleElement()
                .asString()
                .contains("partition 3, offset 17", "if it is about this product");
    }

    private static ConsumerRecord<byte[], byte[]> record(byte[] value) {
        return new ConsumerRecord<>(Topics.JOURNAL, 3, 17, null, value);
    }

    private static List<Written> announcedAndWithdrawn() {
        var decisions = new Decisions(ID.lid());
        decisions.say(
                Samples.announce(ID.lid().value(), "1.0", Samples.at("2027-01-01T00:00:00Z")), "2026-03-01T00:00:00Z");
        decisions.say(Samples.withdraw(ID.lid().value(), "1.0"), "2026-03-03T00:00:00Z");
        return decisions.of(ID);
    }

    private static Written misplaced(String at) {
        var time = Instant.parse(at);
        var entry = JournalEntry.of(
                Samples.NASA,
                Verdict.REFUSED,
                ID.toString(),
                new Cause(1, 7, time, time),
                null,
                Grounds.of("in a wrong place"),
                RefusalReason.MISROUTED);
        return new Written(entry, time);
    }
}
