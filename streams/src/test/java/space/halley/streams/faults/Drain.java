package space.halley.streams.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import space.halley.domain.Command;
import space.halley.schemas.Topics;
import space.halley.testkit.Samples;

/**
 * So many of NASA's products due at one instant that their release takes many steps; it is watched, so that a fault can come
 * in its middle.
 */
final class Drain implements AutoCloseable {
    private static final Duration GLANCE = Duration.ofMillis(50);

    private final Installation site;
    private final Set<String> lids;
    private final KafkaConsumer<byte[], byte[]> agendas;
    private final Set<Integer> begun = new HashSet<>();
    private final Set<Integer> ended = new HashSet<>();
    private int steps;

    private Drain(Installation site, Set<String> lids) {
        this.site = site;
        this.lids = lids;
        this.agendas = site.committedReader();
        var changelog = Topics.changelog(Samples.NASA, Topics.Store.AGENDA);
        var partitions = agendas.partitionsFor(changelog).stream()
                .map(info -> new TopicPartition(changelog, info.partition()))
                .toList();
        agendas.assign(partitions);
        agendas.seekToEnd(partitions);
        // It is sought when it is asked for, and what comes from here on is of this drain.
        partitions.forEach(agendas::position);
    }

    /** Announces the products; returns when all of them are announced, and their instant is some seconds away. */
    static Drain of(Installation site, String series, int count) {
        return of(site, site.lids(Samples.NASA, series, count));
    }

    /** As {@link #of(Installation, String, int)}, with all products in one partition. */
    static Drain ofOnePartition(Installation site, String series, int count, int partition) {
        return of(
                site,
                IntStream.iterate(0, number -> number + 1)
                        .mapToObj(number -> Installation.lid(Samples.NASA, series, number))
                        .filter(lid -> partition(lid) == partition)
                        .limit(count)
                        .toList());
    }

    private static Drain of(Installation site, List<String> products) {
        // As long as it takes to say all of it. What is not in the log by then is released when it comes, and not
        // drained.
        var due = Installation.CLOCK.instant().plusSeconds(2).plusMillis(products.size() / 5);
        var lids = new HashSet<>(products);
        var drain = new Drain(site, lids);
        site.say(
                Samples.NASA,
                lids.stream()
                        .map(lid -> (Command) Installation.announcement(lid, due))
                        .toList());
        return drain;
    }

    /** The logical identifiers of its products. */
    List<String> lids() {
        return List.copyOf(lids);
    }

    /** As {@link #awaitMiddle(Set)}, in any partition. */
    void awaitMiddle() {
        awaitMiddle(IntStream.range(0, Installation.PARTITIONS).boxed().collect(Collectors.toSet()));
    }

    /** Waits until, in one of these partitions, a step has ended, and the place where the next goes on is saved. */
    void awaitMiddle(Set<Integer> partitions) {
        await().atMost(Installation.PATIENCE)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(1))
                .until(() -> {
                    look();
                    return partitions.stream().anyMatch(begun::contains);
                });
    }

    /** Waits until it has ended in every partition in which it has been seen in the middle, and does something meanwhile, often. */
    void awaitEnd(Runnable meanwhile) {
        await().atMost(Installation.PATIENCE)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(1))
                .until(() -> {
                    meanwhile.run();
                    look();
                    return ended.containsAll(begun);
                });
    }

    /** How many of its steps had to be followed by another one, as far as it has been watched. */
    int steps() {
        return steps;
    }

    private void look() {
        for (var record : agendas.poll(GLANCE)) {
            if (record.value() != null && AgendaEntry.of(record).isInTheMiddle()) {
                begun.add(record.partition());
                steps++;
            } else if (record.value() == null && begun.contains(record.partition())) {
                ended.add(record.partition());
            }
        }
    }

    /** Checks that some of it is public and some is not, and returns the partitions in which a saved place says how far it came. */
    Set<Integer> assertInterrupted() {
        var released = new HashSet<>(site.released());
        released.retainAll(lids);
        assertThat(released.size()).as("released of %s", lids.size()).isBetween(1, lids.size() - 1);
        var saved = site.agenda(Samples.NASA).stream()
                .filter(AgendaEntry::isInTheMiddle)
                .map(AgendaEntry::partition)
                .collect(Collectors.toSet());
        assertThat(saved).as("partitions with a saved place").isNotEmpty();
        return saved;
    }

    /**
     * Checks, when all of it is public, that in one of these partitions a part of it stood in the public log already when a
     * fault began, and a part came there when the fault had come. It is for faults during which nobody can look.
     */
    void assertInterrupted(Set<Integer> partitions, Instant began, Instant come) {
        var times = site.releases().stream()
                .filter(release -> lids.contains(release.lid()) && partitions.contains(partition(release.lid())))
                .map(Installation.Release::appended)
                .toList();
        assertThat(times).as("released before the fault").anyMatch(time -> time.isBefore(began));
        assertThat(times).as("released after the fault").anyMatch(time -> time.isAfter(come));
    }

    /** The partition in which everything about a product stands: clients choose it so if nobody else does. */
    private static int partition(String lid) {
        return Topics.partition(lid.getBytes(StandardCharsets.UTF_8), Installation.PARTITIONS);
    }

    @Override
    public void close() {
        agendas.close();
    }
}
