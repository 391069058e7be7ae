package space.halley.audit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import space.halley.domain.AgencyId;
import space.halley.domain.Existence;
import space.halley.domain.Lidvid;
import space.halley.domain.PartnerEvent;
import space.halley.domain.PublicEvent;

/**
 * Nothing in the public log or a partner's topic tells that a hidden product exists (I6), as far as the log shows it: the public is
 * told of no plan whose existence the journal keeps hidden, nobody is told the end of something that they were not told of, and
 * Halley's own texts name no identifier and not what a version was taken back for. When what was told could be told is the matter of
 * {@link NeverEarly}; the words of refusals, and where receipts and dead letters stand, of {@link DecisionsAreFacts}. What serves more
 * than the log is searched by planted words.
 */
public final class NoLeak implements Promise {
    private static final Pattern IDENTIFIER = Pattern.compile("\\burn:[a-z0-9]", Pattern.CASE_INSENSITIVE);

    /** What a policy says of itself, and the public may read. */
    private static final Pattern RULE = Pattern.compile(" \\(rule .*\\)$");

    /** A version, and the partner who was told of it; null for the public. */
    private record Heard(
            AgencyId agency, Lidvid id, @Nullable AgencyId recipient) {}

    /** What somebody knows of a version. */
    private enum Knowledge {
        PLAN,
        PRODUCT
    }

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
                hidden.add(entry.agency() + " " + entry.lidvid());
            }
        }
        Map<Heard, Knowledge> known = new HashMap<>();
        for (var record : recording.published()) {
            var event = record.event();
            var heard = new Heard(event.agency(), event.id(), null);
            switch (event.news()) {
                case PublicEvent.Announced plan -> known.put(heard, Knowledge.PLAN);
                case PublicEvent.Released news -> known.put(heard, Knowledge.PRODUCT);
                case PublicEvent.Cancelled news -> end(heard, Knowledge.PLAN, known, record.shown(), violations);
                case PublicEvent.Retracted news -> end(heard, Knowledge.PRODUCT, known, record.shown(), violations);
            }
        }
        // Those of aborted transactions have no place in this order; what they say is read all the same.
        for (var record : recording.physical()) {
            var event = record.event();
            switch (event.news()) {
                case PublicEvent.Announced plan -> {
                    if (hidden.contains(event.agency() + " " + event.id())) {
                        violations.add(
                                "the public is told of a plan for " + record.shown() + ", whose existence is hidden");
                    }
                }
                case PublicEvent.Released news -> {
                    var text = RULE.matcher(news.explanation()).replaceFirst("");
                    if (IDENTIFIER.matcher(text).find()) {
                        violations.add("the public is told of an identifier in the explanation of " + record.shown()
                                + ": " + text);
                    }
                }
                case PublicEvent.Cancelled news -> {}
                case PublicEvent.Retracted news -> {}
            }
        }
    }

    private static void told(Recording recording, List<String> violations) {
        Map<Heard, Knowledge> known = new HashMap<>();
        for (var record : recording.told()) {
            var event = record.event();
            var heard = new Heard(event.agency(), event.id(), event.recipient());
            switch (event.news()) {
                case PartnerEvent.Shared news -> known.put(heard, Knowledge.PRODUCT);
                case PartnerEvent.TakenBack news -> end(heard, Knowledge.PRODUCT, known, record.shown(), violations);
            }
        }
        for (var record : recording.physicallyTold()) {
            if (record.event().news() instanceof PartnerEvent.TakenBack back
                    && !back.reason().equals(PartnerEvent.TAKEN_BACK)) {
                violations.add("a partner is told why " + record.shown() + " was taken back: " + back.reason());
            }
        }
    }

    private static void end(
            Heard heard, Knowledge of, Map<Heard, Knowledge> known, String shown, List<String> violations) {
        if (known.remove(heard) != of) {
            violations.add((heard.recipient == null ? "the public" : "a partner") + " is told that " + shown
                    + " is taken back, and was not told of it");
        }
    }
}
