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
 * @param schedule counts the changes of the plan, from 1; a timer of another schedule is stale
 * @param armedAt the offset of the record that set the plan, or last confirmed it; only what stands behind it can open or
 *     change anything
 */
public record ReleasePlan(
        Optional<Instant> releaseAt, List<Stage> stages, int schedule, long armedAt, Grounds grounds) {

    private static final Comparator<Stage> BY_INSTANT =
            Comparator.comparing(Stage::opensAt).thenComparing(Stage::recipient);

    /**
     * One recipient's turn.
     *
     * @param agreement by which it receives the product
     */
    public record Stage(AgencyId recipient, Instant opensAt, String agreement) {}

    public ReleasePlan {
        var sorted = new ArrayList<>(stages);
        sorted.sort(BY_INSTANT);
        stages = List.copyOf(sorted);
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

    /** Whether this plan says nothing that the one before it did not say, for the same reasons. */
    boolean isLike(ReleasePlan before) {
        return releaseAt.equals(before.releaseAt) && stages.equals(before.stages) && grounds.isLike(before.grounds);
    }

    /** The same plan, as of a later record. */
    ReleasePlan armedAt(long offset) {
        return new ReleasePlan(releaseAt, stages, schedule, offset, grounds);
    }

    ReleasePlan explained(String explanation) {
        return new ReleasePlan(releaseAt, stages, schedule, armedAt, grounds.with(explanation));
    }
}
