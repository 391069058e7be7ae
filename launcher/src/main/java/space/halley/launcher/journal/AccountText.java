package space.halley.launcher.journal;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Help.Ansi;
import space.halley.domain.ContentHash;
import space.halley.domain.Effect.Verdict;
import space.halley.domain.ReleasePlan;
import space.halley.domain.ReleaseTerms;
import space.halley.producer.cli.Terminal;
import space.halley.schemas.JournalEntry;

/** An account in words. */
final class AccountText {
    private static final int LABEL = 14;
    private static final int TIME = "2026-11-23T12:00:00.000Z".length();

    /** The decisions that plan a release. */
    private static final Set<String> PLANS = Stream.of(
                    Verdict.HELD, Verdict.RESCHEDULED, Verdict.FACT, Verdict.REEVALUATED)
            .map(Enum::name)
            .collect(Collectors.toUnmodifiableSet());

    private final Ansi ansi;

    AccountText(Ansi ansi) {
        this.ansi = ansi;
    }

    List<String> lines(Account account) {
        var lines = new ArrayList<String>();
        lines.add(ansi.string("@|bold " + headline(account) + "|@"));
        lines.add("");
        reasons(account, lines);
        if (concernsPartners(account)) {
            lines.add("");
            lines.add("partners");
            account.partners().forEach(partner -> lines.add("  " + partner(partner)));
            account.waiting()
                    .forEach(turn -> lines.add("  " + padded(turn.recipient().value(), LABEL - 2) + waiting(turn)));
        }
        lines.add("");
        lines.add("decisions");
        lines.addAll(history(account.history()));
        return lines;
    }

    static String headline(Account account) {
        var id = account.id();
        var at = account.decision().causeAppendTime();
        return switch (account.status()) {
            case HELD -> id + " is " + held(account) + ".";
            case PARTNERS ->
                id + " is " + held(account) + ", and shared with "
                        + account.partners().stream()
                                .filter(partner -> partner.sharedAt().isPresent())
                                .map(partner -> partner.recipient().value())
                                .collect(Collectors.joining(", "))
                        + ".";
            case PUBLIC ->
                id + " is public since "
                        + account.releasedAt().map(Instant::toString).orElse("") + ".";
            case WITHDRAWN -> id + " was withdrawn before its release, at " + at + ".";
            case SUPERSEDED -> id + " was superseded before its release, at " + at + ".";
            case RETRACTED ->
                id + " was retracted at " + at + "; it was public since "
                        + account.releasedAt().map(Instant::toString).orElse("") + ".";
        };
    }

    private static String held(Account account) {
        return account.plannedAt()
                .map(instant -> "held until " + instant)
                .orElseGet(() -> "held until it is known: " + account.missing().orElse("what its rule needs"));
    }

    private void reasons(Account account, List<String> lines) {
        var decision = account.decision();
        var plan = account.plan();
        if (plan != null) {
            var grounds = plan.grounds();
            line(lines, "because", grounds.explanation());
            line(
                    lines,
                    "rule",
                    grounds.rule()
                            .map(rule -> rule + ", of " + grounds.owner().orElse(""))
                            .orElse(withoutRule(account.decision())));
            // Whoever has terms of its own may still be shared by the policy's agreements.
            if (grounds.policy() > 0 && (grounds.rule().isPresent() || concernsPartners(account))) {
                line(
                        lines,
                        "policy",
                        "version " + grounds.policy() + " of " + plan.agency() + ", hash "
                                + grounds.policyHash().map(ContentHash::sha256).orElse(""));
            }
            time(lines, "clock started", grounds.clockStart());
            time(lines, "embargo ends", grounds.embargoEnd());
            grounds.missing().ifPresent(what -> line(lines, "waits for", what));
            account.plannedAt().ifPresent(planned -> {
                line(lines, "planned", planned.toString());
                account.releasedAt()
                        .ifPresent(actual -> line(lines, "released", actual + ", " + late(planned, actual)));
            });
        }
        line(
                lines,
                "since",
                decision.causeAppendTime() + ", decision " + word(decision) + " at " + place(decision)
                        + said(decision).map(said -> ", by " + said).orElse(""));
    }

    /** Why no rule of a policy decides. */
    private static String withoutRule(JournalEntry decision) {
        if (decision.terms() instanceof ReleaseTerms.ByPolicy) {
            return "none; its announcement says of itself that it is never held";
        }
        return decision.verdict().equals(Verdict.WAIVED.name())
                ? "none; the agency has exempted it"
                : "none of a policy; what its agency says of the product decides";
    }

    private static String late(Instant planned, Instant actual) {
        var late = Duration.between(planned, actual);
        return late.toSeconds() < 60
                ? late.toMillis() + " ms later"
                : late.toHours() < 48 ? late.toMinutes() + " minutes later" : late.toDays() + " days later";
    }

    private static String partner(Account.Partner partner) {
        return padded(partner.recipient().value(), LABEL - 2)
                + partner.sharedAt().map(at -> "shared since " + at).orElse("to be shared at " + partner.opensAt())
                + ", by the agreement " + partner.agreement();
    }

    private static boolean concernsPartners(Account account) {
        return !account.partners().isEmpty() || !account.waiting().isEmpty();
    }

    private static String waiting(ReleasePlan.Waiting turn) {
        return Terminal.printable("waits for " + turn.missing() + ", by the agreement " + turn.agreement());
    }

    /** One decision in two lines or more: when, what, from where and by whom; why; until when; who waits; and what the agency said to it. */
    List<String> history(List<Written> decisions) {
        var entries = decisions.stream().map(Written::entry).toList();
        var words =
                entries.stream().mapToInt(entry -> word(entry).length()).max().orElse(0);
        var places =
                entries.stream().mapToInt(entry -> place(entry).length()).max().orElse(0);
        var lines = new ArrayList<String>();
        for (var entry : entries) {
            lines.add(Terminal.printable("  " + padded(entry.causeAppendTime().toString(), TIME + 2)
                    + padded(word(entry), words + 2) + padded(place(entry), places + 2) + "by "
                    + said(entry).orElse(entry.principal())));
            lines.add("      "
                    + (entry.refusal() == null ? "" : entry.refusal() + ": ")
                    + Terminal.printable(why(entry)));
            if (PLANS.contains(entry.verdict())) {
                var until = entry.releaseAt();
                lines.add("      " + (until == null ? "planned without a date" : "planned for " + until));
                Account.waiting(entry).forEach(turn -> lines.add("      " + turn.recipient() + " " + waiting(turn)));
            }
            if (!entry.reason().isEmpty()) {
                lines.add("      reason given: " + Terminal.printable(entry.reason()));
            }
        }
        return lines;
    }

    /** By which rule something was held has no part in its end. */
    private static String why(JournalEntry entry) {
        return entry.verdict().equals(Verdict.WITHDRAWN.name())
                        || entry.verdict().equals(Verdict.SUPERSEDED.name())
                ? entry.grounds().explanation()
                : entry.grounds().sentence();
    }

    /** The principal was authenticated; the role is what it says of itself. */
    private static Optional<String> said(JournalEntry entry) {
        return entry.author().isEmpty()
                ? Optional.empty()
                : Optional.of(entry.principal() + " as '" + entry.author() + "'");
    }

    private static String word(JournalEntry entry) {
        var word = entry.verdict().toLowerCase(Locale.ROOT);
        return entry.recipient() == null ? word : word + " with " + entry.recipient();
    }

    private static String place(JournalEntry entry) {
        return entry.causePartition() + "@" + entry.causeOffset();
    }

    private static void time(List<String> lines, String label, Optional<Instant> at) {
        at.ifPresent(instant -> line(lines, label, instant.toString()));
    }

    private static void line(List<String> lines, String label, String value) {
        lines.add(padded(label, LABEL) + Terminal.printable(value));
    }

    private static String padded(String text, int width) {
        return text + " ".repeat(Math.max(1, width - text.length()));
    }
}
