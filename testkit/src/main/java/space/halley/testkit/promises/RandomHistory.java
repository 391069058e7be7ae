package space.halley.testkit.promises;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import space.halley.audit.Appended;
import space.halley.audit.Position;
import space.halley.domain.Agencies;
import space.halley.domain.Agency;
import space.halley.domain.AgencyId;
import space.halley.domain.Command;
import space.halley.domain.Lid;
import space.halley.schemas.Codecs;
import space.halley.schemas.Decoding;
import space.halley.schemas.Input;
import space.halley.schemas.Topics;
import space.halley.testkit.Generators;
import space.halley.testkit.RandomPolicy;
import space.halley.testkit.Samples;

/**
 * Random inputs of two of three agencies with two partitions, the same for the same seed: commands and fences close to each
 * other's instants, clocks that differ, and among them damaged, misrouted and foreign records. What is shared may be shared
 * with two partners.
 */
public final class RandomHistory {
    /** The number of partitions of the command topics. */
    public static final int PARTITIONS = 2;

    /** Those that the histories know. */
    public static final Agencies AGENCIES = Samples.threeAgencies();

    private static final int PRODUCTS = 5;

    private final int partitions;
    private final boolean foreigners;
    private final Codecs codecs;
    private final Random random;
    private final Generators generators;
    private final List<Appended> inputs = new ArrayList<>();
    private final List<byte[]> said = new ArrayList<>();
    private final HashMap<Integer, Long> offsets = new HashMap<>();
    private final RandomPolicy policies;
    private final HashMap<AgencyId, Integer> versions = new HashMap<>();
    private final HashMap<String, String> documents = new HashMap<>();
    private Instant now = Instant.parse("2026-01-31T23:59:59.999Z");

    private RandomHistory(long seed, int partitions, boolean foreigners, Codecs codecs) {
        this.partitions = partitions;
        this.foreigners = foreigners;
        this.codecs = codecs;
        this.random = new Random(seed);
        this.generators = new Generators(random);
        this.policies = new RandomPolicy(random);
    }

    /**
     * That many inputs, in the order in which they are appended.
     *
     * @param codecs that wrote and read them
     */
    public static List<Appended> of(long seed, int length, Codecs codecs) {
        return of(new RandomHistory(seed, PARTITIONS, true, codecs), length);
    }

    /** As {@link #of(long, int, Codecs)}, of {@link Samples#NASA} alone and in one partition. */
    public static List<Appended> ofOneLane(long seed, int length, Codecs codecs) {
        return of(new RandomHistory(seed, 1, false, codecs), length);
    }

    private static List<Appended> of(RandomHistory history, int length) {
        history.policy(Samples.NASA, 1);
        history.policy(Samples.ESA, 1);
        for (int i = 0; i < length; i++) {
            history.next();
        }
        return List.copyOf(history.inputs);
    }

    private void next() {
        now = now.plus(
                switch (random.nextInt(4)) {
                    case 0 -> Duration.ofMillis(1);
                    case 1 -> Duration.ofHours(random.nextInt(30));
                    default -> Duration.ZERO;
                });
        var fence = random.nextInt(3) == 0;
        if (fence) {
            append(random.nextInt(partitions), null, codecs.commands().encode(new Input.Fence(clock(), "lane", 1)));
            return;
        }
        if (random.nextInt(20) == 0) {
            policy();
            return;
        }
        var command = generators.command(PRODUCTS, now);
        var key = key(command);
        var bytes = codecs.commands().encode(new Input.Said(command.id().lid(), clock(), command));
        switch (random.nextInt(20)) {
            case 0 -> append((partition(command.id().lid()) + 1) % partitions, key, bytes);
            case 1 -> append(partition(command.id().lid()), null, bytes);
            case 2 -> append(partition(command.id().lid()), key, damaged(bytes));
            case 3 -> append(partition(command.id().lid()), key, null);
            case 4, 5 -> again();
            default -> append(partition(command.id().lid()), key, bytes);
        }
    }

    /** The next version in all partitions; or in one, so that the others lack it; or one that is out of turn. */
    private void policy() {
        var agency = foreigners && random.nextInt(6) == 0 ? Samples.ESA : Samples.NASA;
        switch (random.nextInt(5)) {
            case 0 -> policy(agency, random.nextInt(partitions), versions.getOrDefault(agency, 0) + 1);
            case 1 -> policy(agency, random.nextInt(partitions), 1 + random.nextInt(5));
            default -> policy(agency, versions.getOrDefault(agency, 0) + 1);
        }
    }

    private void policy(AgencyId agency, int version) {
        if (agency.equals(Samples.ESA) && !foreigners) {
            return;
        }
        versions.put(agency, version);
        documents.put(agency + " " + version, policies.document(agency, version, partners(agency), now));
        for (var partition = 0; partition < partitions; partition++) {
            policy(agency, partition, version);
        }
    }

    private static List<AgencyId> partners(AgencyId agency) {
        return AGENCIES.all().stream()
                .map(Agency::id)
                .filter(id -> !id.equals(agency))
                .toList();
    }

    private void policy(AgencyId agency, int partition, int version) {
        var document = documents.getOrDefault(agency + " " + version, "version: " + version);
        var statement = new Command.Statement("p-" + random.nextInt(), "operator", "");
        append(
                agency,
                partition,
                null,
                codecs.commands().encode(new Input.PolicyVersion(clock(), statement, version, document)));
    }

    /** The same bytes once more, as a publisher sends them that did not hear the answer. */
    private void again() {
        if (!said.isEmpty()) {
            var bytes = said.get(random.nextInt(said.size()));
            if (codecs.commands().decodeOwn(bytes) instanceof Input.Said before) {
                append(partition(before.lid()), key(before.command()), bytes);
            }
        }
    }

    private void append(int partition, byte @Nullable [] key, byte @Nullable [] value) {
        append(foreigners && random.nextInt(12) == 0 ? Samples.ESA : Samples.NASA, partition, key, value);
    }

    private void append(AgencyId agency, int partition, byte @Nullable [] key, byte @Nullable [] value) {
        var offset = offsets.merge(agency.hashCode() * 31 + partition, 1L, Long::sum) - 1;
        inputs.add(new Appended(
                new Position(agency, partition, offset),
                generators.near(now),
                key,
                value,
                codecs.commands().decode(value)));
        if (value != null && inputs.getLast().said() != null) {
            said.add(value);
        }
    }

    /** With one bit changed; but never so that it asks for a later lane, for which a lane stops. */
    private byte[] damaged(byte[] bytes) {
        var damaged = bytes.clone();
        damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
        return codecs.commands().decode(damaged) instanceof Decoding.Decoded<Input> decoded
                        && decoded.value() instanceof Input.ForLaterReader
                ? new byte[0]
                : damaged;
    }

    private Instant clock() {
        return random.nextInt(8) == 0 ? now.plusSeconds(random.nextInt(7_200) - 3_600L) : generators.near(now);
    }

    private static byte[] key(Command command) {
        return command.id().lid().value().getBytes(StandardCharsets.UTF_8);
    }

    private int partition(Lid lid) {
        return Topics.partition(lid.value().getBytes(StandardCharsets.UTF_8), partitions);
    }
}
