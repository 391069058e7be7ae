package space.halley.streams.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import space.halley.schemas.Topics;
import space.halley.testkit.Samples;

/** The public log is gone when something is to be written into it. */
@Tag("faults")
@Timeout(value = 5, unit = TimeUnit.MINUTES)
final class DeletedTopicFaultsTest {
    @Test
    void releasesWaitForATopicThatSomebodyHasDeleted(@TempDir Path folder) throws Exception {
        try (var site = Installation.onOneBroker(folder);
                var lanes = site.start("1")) {
            await().atMost(Installation.PATIENCE).until(lanes::ready);
            var lids = site.announce(
                    Samples.NASA, "gone", 50, Installation.CLOCK.instant().plusSeconds(3), Duration.ofSeconds(1));
            site.awaitAnswers();
            site.kafka().admin().deleteTopics(List.of(Topics.PUBLIC)).all().get();

            await().atMost(Installation.PATIENCE).untilAsserted(() -> assertThat(new ObjectMapper()
                            .readTree(site.health(lanes))
                            .at("/lanes/nasa/overdue_ms")
                            .asLong())
                    .as("health says what waits")
                    .isGreaterThan(3_000));
            assertThat(site.verdicts(lids.getFirst())).containsExactly("HELD");

            site.kafka().install(site.topics());
            site.awaitReleaseOf(lids);
            await().atMost(Installation.PATIENCE).until(lanes::ready);
        }
    }
}
