package space.halley.streams.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import space.halley.audit.LogReader;
import space.halley.audit.RestoredAsLive;
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
        Folders.copy(state(), backup);
        try (var second = started()) {
            site.awaitReleaseOf(lids);
            assertThat(second.ready()).isTrue();
        }
        site.loseStateOf("1");
        Folders.copy(backup, state());

        try (var third = started()) {
            // In the old stores the early ones are held, and due: a lane that believed them would release them twice.
            lids.addAll(announce("late", 1));
            site.awaitReleaseOf(lids);
            assertThat(third.ready()).isTrue();
        }
        assertThat(site.released()).hasSize(2 * PRODUCTS);
    }

    @Test
    void whatIsRestoredIsWhatWasLive() throws Exception {
        try (var first = started()) {
            site.say(Samples.NASA, 1, policy(1));
            site.awaitReleaseOf(announce("released", 1));
            var postponed = announce("postponed", 86_400);
            announce("held", 86_400);
            site.say(
                    Samples.NASA,
                    postponed.stream()
                            .map(lid -> (Command) Samples.reschedule(
                                    lid,
                                    "1.0",
                                    Samples.at(Installation.CLOCK.instant().plus(Duration.ofDays(30)))))
                            .toList());
            site.say(Samples.NASA, 2, policy(2));
            site.awaitDecided();
            assertThat(first.ready()).isTrue();
        }
        // The agenda's is in memory alone; the simulation compares that too.
        var live = Stores.of(site, "1");
        assertThat(live.get(Topics.Store.PRODUCTS.storeName())).hasSize(3 * PRODUCTS);
        assertThat(live.get(Topics.Store.TIMERS.storeName())).hasSize(2 * PRODUCTS);
        site.loseStateOf("1");

        try (var again = started()) {
            assertThat(again.ready()).isTrue();
        }
        assertThat(RestoredAsLive.violations(live, Stores.of(site, "1"))).isEmpty();
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
    void changelogsThatWereCompactedBringBackNoTimerThatWasDeletedAndNoPolicy() throws Exception {
        List<String> lids;
        Instant due;
        try (var first = started()) {
            site.say(Samples.NASA, 1, policy(1));
            site.say(Samples.NASA, 2, policy(2));
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
            // Only one that knows version 2 accepts the next; that it was right is checked at the end, as everything
            // is.
            site.say(Samples.NASA, 3, policy(3));
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
        Folders.copy(state(), backup);
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
        Folders.copy(backup, state());

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

    /** Has the broker compact all changelogs, deletions included, while products go on being announced. */
    private void compact() throws Exception {
        var stale = new HashMap<String, Set<String>>();
        for (var changelog : changelogs()) {
            stale.put(changelog, stale(changelog));
            assertThat(stale.get(changelog)).as("replaced in " + changelog).isNotEmpty();
            site.configure(
                    changelog,
                    Map.of(
                            "segment.ms", "100",
                            "min.cleanable.dirty.ratio", "0.0",
                            "max.compaction.lag.ms", "1",
                            "delete.retention.ms", "0"));
        }
        var round = new AtomicInteger();
        await().atMost(Installation.PATIENCE)
                .pollInterval(Duration.ofSeconds(1))
                .untilAsserted(() -> {
                    // Segments are closed by what is written behind them.
                    announce("push-" + round.getAndIncrement(), 86_400);
                    stale.forEach((changelog, gone) -> assertThat(
                                    committed(changelog).stream().map(StateFaultsTest::place))
                            .as(changelog)
                            .doesNotContainAnyElementsOf(gone));
                });
        // A lane does not start on topics that are not as the catalogue says.
        for (var topic : site.topics().all()) {
            if (changelogs().contains(topic.name())) {
                site.configure(topic.name(), topic.config());
            }
        }
    }

    /** Where something stands that was replaced or deleted later, and where it is said to be deleted. */
    private Set<String> stale(String changelog) {
        var places = new HashSet<String>();
        var last = new HashMap<String, ConsumerRecord<byte[], byte[]>>();
        for (var record : committed(changelog)) {
            var before = last.put(record.partition() + " " + HexFormat.of().formatHex(record.key()), record);
            if (before != null) {
                places.add(place(before));
            }
            if (record.value() == null) {
                places.add(place(record));
            }
        }
        return places;
    }

    private static String place(ConsumerRecord<byte[], byte[]> record) {
        return record.partition() + " at " + record.offset();
    }

    private List<ConsumerRecord<byte[], byte[]>> committed(String changelog) {
        return LogReader.committed(site.kafka().clientConfig(), changelog);
    }

    private static List<String> changelogs() {
        return Stream.of(Topics.Store.values())
                .map(store -> Topics.changelog(Samples.NASA, store))
                .toList();
    }

    private long tombstones() {
        return committed(Topics.changelog(Samples.NASA, Topics.Store.TIMERS)).stream()
                .filter(record -> record.value() == null)
                .count();
    }

    private static String policy(int version) {
        return """
                agency: nasa
                version: %d
                rules:
                  - id: general
                    owner: NASA
                    release: {exclusive: P%dY, from: acquisition-stop}
                    source: a test
                    confidence: assumed
                """.formatted(version, version);
    }

    private static void awaitInstant(Instant instant) {
        await().atMost(Installation.PATIENCE)
                .until(() -> Installation.CLOCK.instant().isAfter(instant));
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
}
