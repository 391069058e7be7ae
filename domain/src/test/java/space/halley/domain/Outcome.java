package space.halley.domain;

import java.util.List;
import org.jspecify.annotations.Nullable;
import space.halley.domain.Effect.Verdict;

/** The effects of one input, taken apart. */
record Outcome(List<Effect> effects) {
    boolean isNothing() {
        return effects.isEmpty();
    }

    List<Effect.Journal> journal() {
        return only(Effect.Journal.class);
    }

    /** The journal's one entry of that verdict. */
    Effect.Journal journal(Verdict verdict) {
        return journal().stream()
                .filter(entry -> entry.verdict() == verdict)
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + verdict + " in " + verdicts()));
    }

    List<Verdict> verdicts() {
        return journal().stream().map(Effect.Journal::verdict).toList();
    }

    List<PublicEvent.News> news() {
        return only(Effect.Publish.class).stream()
                .map(publish -> publish.event().news())
                .toList();
    }

    List<PartnerEvent> partners() {
        return only(Effect.Share.class).stream().map(Effect.Share::event).toList();
    }

    List<Effect.Catalogue> catalogue() {
        return only(Effect.Catalogue.class);
    }

    Effect.Accept accepted() {
        return only(Effect.Accept.class).getFirst();
    }

    Effect.Refuse refused() {
        return only(Effect.Refuse.class).getFirst();
    }

    /** Why the command was refused; null if it was not. */
    @Nullable
    RefusalReason refusal() {
        return only(Effect.Refuse.class).stream()
                .map(Effect.Refuse::reason)
                .findFirst()
                .orElse(null);
    }

    private <E extends Effect> List<E> only(Class<E> kind) {
        return effects.stream().filter(kind::isInstance).map(kind::cast).toList();
    }
}
