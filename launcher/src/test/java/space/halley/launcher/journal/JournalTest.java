package space.halley.launcher.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import space.halley.domain.Cause;
import space.halley.domain.Effect.Verdict;
import space.halley.domain.Grounds;
import space.halley.domain.Lidvid;
import space.halley.domain.RefusalReason;
import space.halley.schemas.JournalEntry;
import space.halley.testkit.Samples;

final class JournalTest {
    private static final Lidvid ID = Samples.id("urn:nasa:pds:b:c:product", "1.0");

    @Test
    void whatStoodInAWrongPlaceIsToldWhereItsTimePutsIt() {
        var own = announcedAndWithdrawn();
        var all = new ArrayList<JournalEntry>();
        all.add(misplaced("2026-03-04T00:00:00Z"));
        all.add(misplaced("2026-03-02T00:00:00Z"));
        all.addAll(own);
        all.add(misplaced("2026-02-01T00:00:00Z"));

        assertThat(Journal.inOrder(all))
                .extracting(
                        JournalEntry::verdict, entry -> entry.causeAppendTime().toString())
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

    private static List<JournalEntry> announcedAndWithdrawn() {
        var decisions = new Decisions(ID.lid());
        decisions.say(
                Samples.announce(ID.lid().value(), "1.0", Samples.at("2027-01-01T00:00:00Z")), "2026-03-01T00:00:00Z");
        decisions.say(Samples.withdraw(ID.lid().value(), "1.0"), "2026-03-03T00:00:00Z");
        return decisions.of(ID);
    }

    private static JournalEntry misplaced(String at) {
        var time = Instant.parse(at);
        return JournalEntry.of(
                Samples.NASA,
                Verdict.REFUSED,
                ID.toString(),
                new Cause(1, 7, time, time),
                null,
                Grounds.of("in a wrong place"),
                RefusalReason.MISROUTED);
    }
}
