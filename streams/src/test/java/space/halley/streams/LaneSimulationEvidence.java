package space.halley.streams;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import space.halley.audit.Appended;
import space.halley.audit.DecisionsAreFacts;
import space.halley.audit.Position;
import space.halley.audit.Promise;
import space.halley.audit.Promises;
import space.halley.audit.Published;
import space.halley.audit.Recording;
import space.halley.audit.Told;
import space.halley.domain.PartnerEvent;
import space.halley.domain.PublicEvent;
import space.halley.schemas.Codecs;
import space.halley.schemas.Input;
import space.halley.testkit.Samples;
import space.halley.testkit.promises.RandomHistory;

/** What everyone can read of the simulated lane: its command topic, what it committed, and what it wrote in vain. */
final class LaneSimulationEvidence {
    static final int PARTITION = 0;

    private static final List<Promise> ALL = Promises.all(RandomHistory.AGENCIES, 1);

    /** Those that must be kept also while a drain or a scan has come only a part of its way. */
    private static final List<Promise> AT_ANY_TIME = ALL.stream()
            .filter(promise -> !(promise instanceof DecisionsAreFacts))
            .toList();

    private final Codecs codecs;
    private final List<Appended> log = new ArrayList<>();
    private final List<LaneSimulationOutput> committed = new ArrayList<>();
    private final List<LaneSimulationOutput> aborted = new ArrayList<>();

    LaneSimulationEvidence(Codecs codecs) {
        this.codecs = codecs;
    }

    /** The next record of the command topic. */
    void append(byte @Nullable [] key, byte @Nullable [] value, Instant appendTime) {
        log.add(appended(log.size(), key, value, appendTime));
    }

    /** The command topic as it would be if this fence were next. */
    List<Appended> logAnd(Input.Fence fence) {
        var longer = new ArrayList<>(log);
        longer.add(appended(log.size(), null, codecs.commands().encode(fence), fence.carriedClock()));
        return longer;
    }

    private Appended appended(int offset, byte @Nullable [] key, byte @Nullable [] value, Instant appendTime) {
        var at = new Position(Samples.NASA, PARTITION, offset);
        return new Appended(at, appendTime, key, value, codecs.commands().decode(value));
    }

    /** The command topic, as it grows. */
    List<Appended> log() {
        return log;
    }

    void commit(List<LaneSimulationOutput> records) {
        committed.addAll(records);
    }

    /** They stay in the log physically. */
    void abort(List<LaneSimulationOutput> records) {
        aborted.addAll(records);
    }

    /**
     * How promises are broken that hold whatever the lane has still to do.
     *
     * @param position of the first input that it has not read
     * @param rest what it wrote and has not committed
     */
    List<String> brokenAtAnyTime(int position, List<LaneSimulationOutput> rest) {
        return Promises.violations(AT_ANY_TIME, recording(log.subList(0, position), rest));
    }

    /** How any promise is broken when the lane has done all that follows from the inputs before the position. */
    List<String> brokenWhenDone(int position) {
        return brokenWhenDone(log.subList(0, position), List.of());
    }

    /**
     * How any promise is broken when the lane has done all that follows from these inputs.
     *
     * @param inputs the command topic or its beginning, or what it would be
     * @param rest what the lane wrote last and has not committed
     */
    List<String> brokenWhenDone(List<Appended> inputs, List<LaneSimulationOutput> rest) {
        return Promises.violations(ALL, recording(inputs, rest));
    }

    /** What there is when these inputs are decided, and those behind them are not. */
    Recording recording(List<Appended> inputs, List<LaneSimulationOutput> rest) {
        var builder = Recording.builder(codecs);
        committed.forEach(output -> output.into(builder));
        rest.forEach(output -> output.into(builder));
        var written = builder.build();
        var physical = new ArrayList<>(written.physical());
        var told = new ArrayList<>(written.physicallyTold());
        for (var output : aborted) {
            switch (output.content()) {
                case PublicEvent event -> physical.add(new Published(event, null));
                case PartnerEvent event -> told.add(new Told(event, null, null));
                default -> {
                    // Nobody reads the others' aborted records.
                }
            }
        }
        return new Recording(
                inputs,
                written.journal(),
                written.published(),
                physical,
                // Each partner's topic by itself, as they are read.
                written.told().stream()
                        .sorted(Comparator.comparing(
                                record -> record.event().recipient().value()))
                        .toList(),
                told,
                written.receipts(),
                written.deadLetters(),
                written.catalogue(),
                written.unreadable(),
                log.subList(Math.min(inputs.size(), log.size()), log.size()),
                written.work());
    }
}
