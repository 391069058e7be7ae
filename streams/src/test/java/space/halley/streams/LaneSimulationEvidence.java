package space.halley.streams;

import java.time.Instant;
import java.util.ArrayList;
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
import space.halley.testkit.Samples;

/** What everyone can read of the simulated lane: its command topic, what it committed, and what it wrote in vain. */
final class LaneSimulationEvidence {
    static final int PARTITION = 0;

    private static final List<Promise> ALL = Promises.all(Samples.agencies(), 1);

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
        var at = new Position(Samples.NASA, PARTITION, log.size());
        log.add(new Appended(at, appendTime, key, value, codecs.commands().decode(value)));
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

    /** How promises are broken that hold whatever the lane has still to do. */
    List<String> brokenAtAnyTime(int position) {
        return Promises.violations(AT_ANY_TIME, recording(position, List.of()));
    }

    /**
     * How any promise is broken when the lane has done all that follows from the inputs before the position.
     *
     * @param rest what it wrote last and has not committed
     */
    List<String> brokenWhenDone(int position, List<LaneSimulationOutput> rest) {
        return Promises.violations(ALL, recording(position, rest));
    }

    /** What there is when the inputs before the position are decided, and those behind it are not. */
    Recording recording(int position, List<LaneSimulationOutput> rest) {
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
                log.subList(0, position),
                written.journal(),
                written.published(),
                physical,
                written.told(),
                told,
                written.receipts(),
                written.deadLetters(),
                written.catalogue(),
                written.unreadable(),
                log.subList(position, log.size()));
    }
}
