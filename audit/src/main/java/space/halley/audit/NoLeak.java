package space.halley.audit;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import space.halley.domain.AgencyId;
import space.halley.domain.Existence;
import space.halley.domain.Lidvid;
import space.halley.domain.PartnerEvent;
import space.halley.domain.PublicEvent;

/**
 * Nothing in the log that the public or another agency can read tells that a hidden product exists (I6), as far as the log shows it: the
 * public is told of no plan whose existence is hidden, nobody is told the end of something that they were not told of, and no text
 * names an identifier. When what was told could be told is the matter of {@link NeverEarly}; the words of refusals, and where receipts
 * and dead letters stand, of {@link DecisionsAreFacts}. What serves more than the log is searched by planted words.
 */
public final class NoLeak implements Promise {
    private record Recipient(Lidvid id, AgencyId agency) {}

    @Override
    public List<String> violations(Recording recording) {
        var violations = new ArrayList<String>();
        published(recording, violations);
        told(recording, violations);
        return violations;
    }

    private static void published(Recording recording, List<String> violations) {
        var hidden = new HashSet<String>();
        for (var entry : recording.journal()) {
            if (entry.existence() == Existence.HIDDEN) {
                hidden.add(String.valueOf(entry.lidvid()));
            }
        }
        Set<Lidvid> announced = new HashSet<>();
        Set<Lidvid> released = new HashSet<>();
        for (var record : recording.physical()) {
            var id = record.event().id();
            switch (record.event().news()) {
                case PublicEvent.Announced plan -> {
                    announced.add(id);
                    if (hidden.contains(id.toString())) {
                        violations.add(
                                "the public is told of a plan for " + record.shown() + ", whose existence is hidden");
                    }
                }
                case PublicEvent.Released news -> {
                    released.add(id);
                    naming(news.explanation(), "the public", record.shown(), violations);
                }
                case PublicEvent.Cancelled news -> {}
                case PublicEvent.Retracted news -> {}
            }
        }
        for (var record : recording.physical()) {
            var known =
                    switch (record.event().news()) {
                        case PublicEvent.Cancelled news -> announced;
                        case PublicEvent.Retracted news -> released;
                        default -> null;
                    };
            ended(known, record.event().id(), "the public", record.shown(), violations);
        }
    }

    private static void told(Recording recording, List<String> violations) {
        var shared = new HashSet<Recipient>();
        for (var record : recording.physicallyTold()) {
            if (record.event().news() instanceof PartnerEvent.Shared) {
                shared.add(recipient(record));
            }
        }
        for (var record : recording.physicallyTold()) {
            if (record.event().news() instanceof PartnerEvent.TakenBack) {
                ended(shared, recipient(record), "a partner", record.shown(), violations);
            }
        }
    }

    private static Recipient recipient(Told record) {
        return new Recipient(record.event().id(), record.event().recipient());
    }

    private static <T> void ended(@Nullable Set<T> known, T what, String who, String shown, List<String> violations) {
        if (known != null && !known.contains(what)) {
            violations.add(who + " is told that " + shown + " is taken back, and was not told of it");
        }
    }

    private static void naming(String text, String who, String shown, List<String> violations) {
        if (text.contains("urn:")) {
            violations.add(who + " is told of an identifier in the explanation of " + shown + ": " + text);
        }
    }
}
