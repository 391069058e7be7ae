package space.halley.streams.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import space.halley.audit.LogReader;
import space.halley.domain.Command;
import space.halley.schemas.Topics;
import space.halley.streams.StreamsService;
import space.halley.testkit.Samples;

/** What a lane keeps on its disk, and in its changelogs, is older than it should be, damaged, or compacted. */
@Tag("faults")
@Timeout(value = 5, unit = TimeUnit.MINUTES)
@SuppressWarnings("NullAway.Init")
final class StateFaultsTest {
    private static final int PRODUCTS = 200;

    @TempDir
    private Path folder;

    private Installation site;

    @BeforeEach
    void open() throws Exception {
        site = Installation.onOneBroker(folder);
    }

    @AfterEach
    void close() {
        site.close();
    }

    @Test
    void storesFromABackupAreBroughtUpToDateBeforeAnythingIsDecided() throws Exception {
        var lids = new ArrayList<String>();
        try (var first = started()) {
            lids.addAll(announce("early", 6));
            site.awaitAnswers();
            assertThat(first.ready()).isTrue();
        }
        var backup = folder.resolve("backup");
        copy(state(), backup);
        try (var second = started()) {
            site.awaitReleaseOf(lids);
            assertThat(second.ready()).isTrue();
        }
        site.loseStateOf("1");
        copy(backup, state());

        try (var third = started()) {
            // In the old stores the early ones are held, and due: a lane that believed them would release them twice.
            lids.addAll(announce("late", 1));
            site.awaitReleaseOf(lids);
            assertThat(third.ready()).isTrue();
        }
        assertThat(site.released()).hasSize(2 * PRODUCTS);
    }

    @Test
    void storesThatCannotBeReadAreRestored() throws Exception {
        List<String> lids;
        try (var first = started()) {
            lids = announce("damaged", 8);
            site.awaitAnswers();
            assertThat(first.ready()).isTrue();
        }
        assertThat(spoil()).as("files that were spoiled").isPositive();

        try (var again = site.start("1")) {
            site.awaitReleaseOf(lids);
            assertThat(site.health(again)).doesNotContain("\"deaths\":0");
        }
    }

    @Test
    void changelogsThatWereCompactedBringBackNoTimerThatWasDeleted() throws Exception {
        List<String> lids;
        Instant due;
        try (var first = started()) {
            due = Installation.CLOCK.instant().plusSeconds(90);
            lids = announce("released", 90);
            var later = Installation.CLOCK.instant().plus(Duration.ofDays(30));
            site.say(
                    Samples.NASA,
                    announce("postponed", 60).stream()
                            .map(lid -> (Command) Samples.reschedule(lid, "1.0", Samples.at(later)))
                            .toList());
            site.awaitAnswers();
            assertThat(tombstones()).isPositive();
            compact();
            assertThat(first.ready()).isTrue();
        }
        site.loseStateOf("1");

        assertThat(Installation.CLOCK.instant())
                .as("compacted, and nothing is due yet")
                .isBefore(due);
        try (var again = started()) {
            awaitInstant(due.plusSeconds(2));
            site.awaitReleaseOf(lids);
            assertThat(again.ready()).isTrue();
        }
        assertThat(site.released()).hasSize(PRODUCTS);
    }

    @Test
    void aTimerWhoseDeletionNobodyRemembersReleasesNothingTwice() throws Exception {
        List<String> lids;
        try (var first = started()) {
            lids = announce("early", 40);
            site.awaitAnswers();
            assertThat(first.ready()).isTrue();
        }
        var backup = folder.resolve("backup");
        copy(state(), backup);
        try (var second = started()) {
            site.say(
                    Samples.NASA,
                    lids.stream()
                            .map(lid -> (Command) Samples.reschedule(lid, "1.0", Samples.atOnce()))
                            .toList());
            site.awaitReleaseOf(lids);
            compact();
            assertThat(second.ready()).isTrue();
        }
        site.loseStateOf("1");
        copy(backup, state());

        // The old stores have the timers, and the changelog does not say any more that they were deleted.
        try (var third = started()) {
            await().atMost(Installation.PATIENCE).untilAsserted(() -> assertThat(tombstones())
                    .as("old timers that were found, and forgotten")
                    .isGreaterThanOrEqualTo(PRODUCTS));
            site.awaitReleaseOf(announce("late", 1));
            assertThat(third.ready()).isTrue();
        }
        assertThat(site.released()).hasSize(2 * PRODUCTS);
    }

    /** Has the broker compact the changelogs of products and timers, deletions included, while products go on being announced. */
    private void compact() throws Exception {
        for (var changelog : List.of(timers(), products())) {
            site.configure(
                    changelog,
                    Map.of(
                            "segment.ms", "100",
                            "min.cleanable.dirty.ratio", "0.0",
                            "max.compaction.lag.ms", "1",
                            "delete.retention.ms", "0"));
        }
        assertThat(rewritten()).as("states that another one has replaced").isPositive();
        var round = new AtomicInteger();
        await().atMost(Installation.PATIENCE)
                .pollInterval(Duration.ofSeconds(1))
                .untilAsserted(() -> {
                    // Segments are closed by what is written behind them.
                    announce("push-" + round.getAndIncrement(), 86_400);
                    assertThat(tombstones()).isZero();
                    assertThat(rewritten()).isZero();
                });
        // A lane does not start on topics that are not as the catalogue says.
        for (var topic : site.topics().all()) {
            if (List.of(timers(), products()).contains(topic.name())) {
                site.configure(topic.name(), topic.config());
            }
        }
    }

    /** How many states of products stand in the changelog before a newer one. */
    private long rewritten() {
        var states = LogReader.committed(site.kafka().clientConfig(), products());
        return states.size()
                - states.stream()
                        .map(state -> new String(state.key(), StandardCharsets.UTF_8))
                        .distinct()
                        .count();
    }

    private long tombstones() {
        return LogReader.committed(site.kafka().clientConfig(), timers()).stream()
                .filter(record -> record.value() == null)
                .count();
    }

    private static String timers() {
        return Topics.changelog(Samples.NASA, Topics.Store.TIMERS);
    }

    private static void awaitInstant(Instant instant) {
        await().atMost(Installation.PATIENCE)
                .until(() -> Installation.CLOCK.instant().isAfter(instant));
    }

    private static String products() {
        return Topics.changelog(Samples.NASA, Topics.Store.PRODUCTS);
    }

    private List<String> announce(String series, int seconds) {
        return site.announce(
                Samples.NASA,
                series,
                PRODUCTS,
                Installation.CLOCK.instant().plusSeconds(seconds),
                Duration.ofSeconds(1));
    }

    private StreamsService started() throws Exception {
        var service = site.start("1");
        await().atMost(Installation.PATIENCE).until(service::ready);
        return service;
    }

    private Path state() {
        return folder.resolve("1");
    }

    /** Overwrites the beginning of everything that RocksDB keeps; its own bookkeeping says that all is well. */
    private int spoil() throws IOException {
        var spoiled = 0;
        try (var files = Files.walk(state())) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                var name = String.valueOf(file.getFileName());
                if (name.startsWith("MANIFEST") || name.endsWith(".sst")) {
                    Files.write(file, new byte[64], StandardOpenOption.WRITE);
                    spoiled++;
                }
            }
        }
        return spoiled;
    }

    private static void copy(Path from, Path to) throws IOException {
        try (var files = Files.walk(from)) {
            for (var file : files.sorted(Comparator.naturalOrder()).toList()) {
                var target = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target);
                }
            }
        }
    }
}
