package space.halley.testkit.promises;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.statistics.Statistics;
import space.halley.audit.Appended;
import space.halley.audit.Promise;
import space.halley.audit.Promises;
import space.halley.audit.ReferenceLanes;
import space.halley.schemas.Codecs;
import space.halley.schemas.JournalEntry;
import space.halley.testkit.FakeSchemas;

/** The rules keep every promise over random histories, however slowly fences drain. */
class PromisesKeptTest {
    private final List<Promise> promises = Promises.all(RandomHistory.AGENCIES, RandomHistory.PARTITIONS);

    @Property(tries = 500)
    void theRulesKeepEveryPromise(@ForAll long seed, @ForAll @IntRange(max = 120) int length) {
        var recording =
                new ReferenceLanes(RandomHistory.AGENCIES, RandomHistory.PARTITIONS).decide(history(seed, length));

        assertThat(Promises.violations(promises, recording)).isEmpty();
        for (var entry : recording.journal()) {
            Statistics.label("verdicts").collect(entry.verdict());
            Statistics.label("refusals").collect(String.valueOf(entry.refusal()));
        }
    }

    @Property(tries = 500)
    void noPromiseDependsOnTheSpeedOfADrain(
            @ForAll long seed, @ForAll @IntRange(max = 120) int length, @ForAll @IntRange(max = 3) int budget) {
        var random = new Random(seed);
        var slow =
                new ReferenceLanes(RandomHistory.AGENCIES, RandomHistory.PARTITIONS, () -> random.nextInt(budget + 1));

        var recording = slow.decide(history(seed, length));

        assertThat(Promises.violations(promises, recording)).isEmpty();
        assertThat(recording.journal().stream()
                        .filter(entry -> entry.verdict().equals("RELEASED"))
                        .map(JournalEntry::watermark))
                .hasSameSizeAs(new ReferenceLanes(RandomHistory.AGENCIES, RandomHistory.PARTITIONS)
                        .decide(history(seed, length)).journal().stream()
                                .filter(entry -> entry.verdict().equals("RELEASED"))
                                .toList());
    }

    private static List<Appended> history(long seed, int length) {
        return RandomHistory.of(seed, length, Codecs.over(new FakeSchemas()));
    }
}
