package space.halley.launcher.journal;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import space.halley.domain.Grounds;
import space.halley.domain.ReleasePlan;
import space.halley.schemas.JournalEntry;

/** An account for programs. */
final class AccountJson {
    private AccountJson() {}

    static ObjectNode of(Account account) {
        var json = JsonNodeFactory.instance
                .objectNode()
                .put("lidvid", account.id().toString())
                .put("agency", account.decision().agency().value())
                .put("status", account.status().name().toLowerCase(Locale.ROOT));
        var plan = account.plan();
        if (plan != null) {
            grounds(json, plan.grounds());
        }
        put(json, "planned_release_at", account.plannedAt());
        put(json, "released_at", account.releasedAt());
        json.set("since", entry(account.decision()));
        var partners = json.putArray("partners");
        for (var partner : account.partners()) {
            var each = partners.addObject()
                    .put("recipient", partner.recipient().value())
                    .put("agreement", partner.agreement())
                    .put("opens_at", partner.opensAt().toString());
            put(each, "shared_at", partner.sharedAt());
        }
        waiting(json, account.waiting());
        var history = json.putArray("decisions");
        account.history()
                .forEach(decision -> history.add(
                        entry(decision.entry()).put("written_at", decision.at().toString())));
        return json;
    }

    private static ObjectNode entry(JournalEntry entry) {
        var json = JsonNodeFactory.instance
                .objectNode()
                .put("at", entry.causeAppendTime().toString())
                .put("verdict", entry.verdict().toLowerCase(Locale.ROOT))
                .put("cause", entry.causePartition() + "@" + entry.causeOffset())
                .put("watermark", entry.watermark().toString())
                .put("principal", entry.principal())
                .put("author", entry.author())
                .put("reason", entry.reason());
        put(json, "command_id", Optional.ofNullable(entry.commandId()));
        put(json, "refusal", Optional.ofNullable(entry.refusal()));
        put(json, "recipient", Optional.ofNullable(entry.recipient()));
        put(json, "release_at", Optional.ofNullable(entry.releaseAt()));
        waiting(json, Account.waiting(entry));
        grounds(json, entry.grounds());
        return json;
    }

    private static void waiting(ObjectNode json, List<ReleasePlan.Waiting> waiting) {
        if (waiting.isEmpty()) {
            return;
        }
        var turns = json.putArray("waiting");
        for (var turn : waiting) {
            turns.addObject()
                    .put("recipient", turn.recipient().value())
                    .put("agreement", turn.agreement())
                    .put("missing", turn.missing());
        }
    }

    private static void grounds(ObjectNode json, Grounds grounds) {
        json.put("explanation", grounds.explanation());
        put(json, "rule", grounds.rule());
        put(json, "owner", grounds.owner());
        if (grounds.policy() > 0) {
            json.put("policy", grounds.policy());
            put(json, "policy_hash", grounds.policyHash());
        }
        put(json, "clock_start", grounds.clockStart());
        put(json, "embargo_end", grounds.embargoEnd());
        put(json, "missing", grounds.missing());
        if (grounds.late()) {
            json.put("late", true);
        }
    }

    private static void put(ObjectNode json, String name, Optional<?> value) {
        value.ifPresent(present -> json.put(name, present.toString()));
    }
}
