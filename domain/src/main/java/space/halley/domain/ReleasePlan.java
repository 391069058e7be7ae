package space.halley.domain;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * When a held version is to be shared with whom and then released, and why then.
 *
 * @param releaseAt the release instant in force; empty while a fact that it depends on is missing
 * @param stages the partners that receive it earlier, each once, by instant
 * @param waiting the partners' turns that cannot be planned yet, by recipient and agreement; also of a partner that another
 *     agreement gives a turn, which the fact may put forward
 * @param schedule counts the changes of the plan, from 1; a timer of another schedule is stale
 * @param armedAt the offset of the record that set the plan, or last confirmed it; only what stands behind it can open or
 *     change anything
 */
public record ReleasePlan(
        Optional<Instant> releaseAt,
        List<Stage> stages,
        List<Waiting> waiting,
        int schedule,
        long armedAt,
        Grounds grounds) {

    private static final Comparator<Stage> BY_INSTANT =
            Comparator.comparing(Stage::opensAt).thenComparing(Stage::recipient);
    private static final Comparator<Waiting> BY_RECIPIENT =
            Comparator.comparing(Waiting::recipient).thenComparing(Waiting::agreement);

    /**
     * One recipient's turn.
     *
     * @param agreement by which it receives the product
     */
    public record Stage(AgencyId recipient, Instant opensAt, String agreement) {}

    /**
     * One recipient's turn whose clock has not started.
     *
     * @param agreement by which it will receive the product
     * @param missing what must become known before the turn can be planned
     */
    public record Waiting(AgencyId recipient, String agreement, String missing) {}

    public ReleasePlan {
        stages = sorted(stages, BY_INSTANT);
        waiting = sorted(waiting, BY_RECIPIENT);
    }

    private static <T> List<T> sorted(List<T> items, Comparator<T> order) {
        var all = new ArrayList<>(items);
        all.sort(order);
        return List.copyOf(all);
    }

    /** The next instant at which something opens, if nothing has been opened but to these. */
    public Optional<Instant> next(Collection<AgencyId> opened) {
        for (var stage : stages) {
            if (!opened.contains(stage.recipient())) {
                // The first one, because they stand by instant.
                var release = releaseAt.orElse(stage.opensAt());
                return Optional.of(Instants.earlier(release, stage.opensAt()));
            }
        }
        return releaseAt;
    }

    /** Whether the release has come by this watermark. */
    boolean isReleased(Instant watermark) {
        return releaseAt.isPresent() && !releaseAt.get().isAfter(watermark);
    }

    /** The recipients' turns that have come by this watermark and were not opened before. */
    List<Stage> open(Instant watermark, Collection<AgencyId> opened) {
        return stages.isEmpty()
                ? stages
                : stages.stream()
                        .filter(stage -> !opened.contains(stage.recipient()))
                        .filter(stage -> !stage.opensAt().isAfter(watermark))
                        .toList();
    }

    /**
     * The turns that wait at this watermark, if the product has been opened but to these. Who has it waits for nothing, and
     * when its release has come nobody does.
     */
    List<Waiting> waiting(Instant watermark, Collection<AgencyId> opened) {
        return waiting.isEmpty() || isReleased(watermark)
                ? List.of()
                : waiting.stream()
                        .filter(turn -> !opened.contains(turn.recipient()))
                        .toList();
    }

    /**
     * Whether this plan opens nothing otherwise than the one before it, for the same reasons. Who waits is no part of it: it
     * opens nothing, and must not show in what is said of the release.
     */
    boolean isLike(ReleasePlan before) {
        return releaseAt.equals(before.releaseAt) && stages.equals(before.stages) && grounds.isLike(before.grounds);
    }

    /** This plan, which one that is like it has confirmed: as of its record, and with whoever waits there. */
    ReleasePlan confirmedBy(ReleasePlan later) {
        return new ReleasePlan(releaseAt, stages, later.waiting, schedule, later.armedAt, grounds);
    }

    ReleasePlan explained(String explanation) {
        return new ReleasePlan(releaseAt, stages, waiting, schedule, armedAt, grounds.with(explanation));
    }
}
