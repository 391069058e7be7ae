package space.halley.launcher.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Help.Ansi;
import space.halley.domain.AgencyId;
import space.halley.domain.Effect.Verdict;
import space.halley.domain.Existence;
import space.halley.domain.Facts;
import space.halley.domain.Lid;
import space.halley.domain.Lidvid;
import space.halley.domain.ReleasePlan;
import space.halley.domain.VersionState;
import space.halley.domain.VersionState.Status;
import space.halley.testkit.Samples;

final class AccountTest {
    private static final String LID = "urn:nasa:pds:mars:data:image";
    private static final Lidvid ID = Samples.id(LID, "1.0");
    private static final AgencyId ESA = Samples.ESA;
    private static final String WITH_JAXA = """
              - id: with-jaxa
                match: {mission: mission.mars2020}
                with: [jaxa]
                share: {exclusive: P1M, from: reception}
                source: the test
            """;

    private final Decisions decisions = new Decisions(new Lid(LID));

    @Test
    void ofWhatIsHeldByARuleNamesTheRuleThePolicyAndTheClock() {
        decisions.policy(policy(1, "{exclusive: P6M, from: acquisition-stop}", false), "2026-01-02T00:00:00Z");
        announce("2026-01-03T00:00:00Z");

        var account = decisions.account(ID);

        assertThat(account.status()).isEqualTo(Status.HELD);
        assertThat(account.plannedAt()).contains(Instant.parse("2026-07-01T10:01:00Z"));
        assertThat(account.decision().verdict()).isEqualTo(Verdict.HELD.name());
        assertThat(text(account))
                .startsWith(ID + " is held until 2026-07-01T10:01:00Z.")
                .contains(
                        line("rule", "everything, of the agency"),
                        line("policy", "version 1 of nasa, hash "),
                        line("clock started", "2026-01-01T10:01:00Z"),
                        line("since", "2026-01-03T00:00:00Z, decision held at 3@1, by nasa as 'pipeline'"))
                .doesNotContain("waits for");
    }

    @Test
    void ofWhatWaitsForAFactSaysForWhichAndThenWhichDecisionPlannedIt() {
        decisions.policy(policy(1, "{exclusive: P1M, from: reception}", true), "2026-01-02T00:00:00Z");
        announce("2026-01-03T00:00:00Z");
        assertThat(text(decisions.account(ID)))
                .contains("is held until it is known: the reception on Earth, and the review.")
                .contains(line("waits for", "the reception on Earth, and the review"));

        decisions.say(
                Samples.fact(LID, "1.0", Facts.Kind.RECEPTION, Instant.parse("2026-01-02T00:00:00Z")),
                "2026-01-04T00:00:00Z");
        assertThat(decisions.account(ID).missing()).contains("the review");

        decisions.say(
                Samples.fact(LID, "1.0", Facts.Kind.REVIEW, Instant.parse("2026-01-05T00:00:00Z")),
                "2026-01-05T00:00:00Z");
        var account = decisions.account(ID);
        assertThat(account.missing()).isEmpty();
        assertThat(account.plannedAt()).contains(Instant.parse("2026-02-02T00:00:00Z"));
        assertThat(account.decision().verdict()).isEqualTo(Verdict.FACT.name());
        assertThat(account.decision().causeAppendTime()).isEqualTo("2026-01-05T00:00:00Z");
    }

    @Test
    void comparesThePlannedReleaseWithTheActualOne() {
        decisions.policy(policy(1, "{exclusive: P6M, from: acquisition-stop}", false), "2026-01-02T00:00:00Z");
        announce("2026-01-03T00:00:00Z");
        decisions.fence("2026-07-01T10:01:00.042Z");

        var account = decisions.account(ID);

        assertThat(account.status()).isEqualTo(Status.PUBLIC);
        assertThat(account.releasedAt()).contains(Instant.parse("2026-07-01T10:01:00.042Z"));
        assertThat(account.decision().verdict())
                .as("it stands where it stands by the announcement; the fence only carried it out")
                .isEqualTo(Verdict.HELD.name());
        assertThat(text(account))
                .startsWith(ID + " is public since 2026-07-01T10:01:00.042Z.")
                .contains(
                        line("planned", "2026-07-01T10:01:00Z"),
                        line("released", "2026-07-01T10:01:00.042Z, 42 ms later"))
                .contains("by streams");
    }

    @Test
    void tellsOfPartnersWhoHasItAndWhoWillHaveIt() {
        decisions.policy(policy(1, "{exclusive: P6M, from: acquisition-stop}", false), "2026-01-02T00:00:00Z");
        announce("2026-01-03T00:00:00Z");
        assertThat(decisions.account(ID).partners())
                .containsExactly(
                        new Account.Partner(ESA, "with-esa", Instant.parse("2026-02-01T10:01:00Z"), Optional.empty()));

        decisions.fence("2026-02-01T10:02:00Z");
        // What is shared stays shared, whatever changes afterwards.
        decisions.say(Samples.reschedule(LID, "1.0", Samples.at("2027-01-01T00:00:00Z")), "2026-03-01T00:00:00Z");
        var account = decisions.account(ID);

        assertThat(account.status()).isEqualTo(Status.PARTNERS);
        assertThat(account.partners())
                .containsExactly(new Account.Partner(
                        ESA,
                        "with-esa",
                        Instant.parse("2026-02-01T10:01:00Z"),
                        Optional.of(Instant.parse("2026-02-01T10:02:00Z"))));
        assertThat(text(account))
                .startsWith(ID + " is held until 2027-01-01T00:00:00Z, and shared with esa.")
                .contains("shared since 2026-02-01T10:02:00Z, by the agreement with-esa")
                .contains("shared with esa");
    }

    @Test
    void tellsOfPartnersForWhatTheyWaitUntilItIsKnown() {
        decisions.policy(
                policy(1, "{exclusive: P6M, from: acquisition-stop}", false) + WITH_JAXA, "2026-01-02T00:00:00Z");
        announce("2026-01-03T00:00:00Z");
        var account = decisions.account(ID);
        assertThat(account.waiting())
                .containsExactly(new ReleasePlan.Waiting(new AgencyId("jaxa"), "with-jaxa", "the reception on Earth"));
        assertThat(text(account))
                .startsWith(ID + " is held until 2026-07-01T10:01:00Z.")
                .contains("""

                        partners
                          esa         to be shared at 2026-02-01T10:01:00Z, by the agreement with-esa
                          jaxa        waits for the reception on Earth, by the agreement with-jaxa

                        """)
                .contains("""
                              planned for 2026-07-01T10:01:00Z
                              jaxa waits for the reception on Earth, by the agreement with-jaxa
                        """);

        decisions.say(
                Samples.fact(LID, "1.0", Facts.Kind.RECEPTION, Instant.parse("2026-01-05T00:00:00Z")),
                "2026-01-06T00:00:00Z");
        account = decisions.account(ID);
        assertThat(account.waiting()).isEmpty();
        assertThat(text(account))
                .contains("  jaxa        to be shared at 2026-02-05T00:00:00Z, by the agreement with-jaxa");
    }

    @Test
    void tellsOfPartnersWhoWaitThoughNobodyHasATurn() {
        var onlyJaxa = policy(1, "{at: once}", false).replaceAll("(?s)  - id: with-esa.*", "");
        decisions.policy(onlyJaxa + WITH_JAXA, "2026-01-02T00:00:00Z");
        decisions.say(
                Samples.announce(Samples.aProduct(LID, "1.0"), Samples.at("2027-01-01T00:00:00Z"), Existence.HIDDEN),
                "2026-01-03T00:00:00Z");

        var account = decisions.account(ID);

        assertThat(account.partners()).isEmpty();
        assertThat(text(account))
                .contains(line("policy", "version 1 of nasa, hash "))
                .contains("\npartners\n  jaxa        waits for the reception on Earth, by the agreement with-jaxa\n");
        var json = AccountJson.of(account);
        for (var waiting :
                List.of(json.path("waiting"), json.path("decisions").path(0).path("waiting"))) {
            assertThat(waiting.size()).isEqualTo(1);
            assertThat(waiting.path(0).path("recipient").asText()).isEqualTo("jaxa");
            assertThat(waiting.path(0).path("agreement").asText()).isEqualTo("with-jaxa");
            assertThat(waiting.path(0).path("missing").asText()).isEqualTo("the reception on Earth");
        }

        decisions.fence("2027-01-01T00:00:00Z");
        var released = decisions.account(ID);
        assertThat(released.waiting()).isEmpty();
        assertThat(AccountJson.of(released).has("waiting")).isFalse();
        assertThat(text(released)).doesNotContain("\npartners");
    }

    @Test
    void stillStandsByTheDecisionThatPlannedItWhenAPolicyChangesOnlyWhoWaits() {
        decisions.policy(policy(1, "{exclusive: P6M, from: acquisition-stop}", false), "2026-01-02T00:00:00Z");
        announce("2026-01-03T00:00:00Z");
        decisions.policy(
                policy(2, "{exclusive: P6M, from: acquisition-stop}", false) + WITH_JAXA, "2026-01-04T00:00:00Z");

        var account = decisions.account(ID);

        assertThat(account.waiting()).hasSize(1);
        assertThat(account.decision().verdict()).isEqualTo(Verdict.HELD.name());
        assertThat(account.history())
                .extracting(decision -> decision.entry().verdict())
                .containsExactly("HELD", "REEVALUATED");
    }

    @Test
    void ofTheDecisionsOfAnEarlierBuildSaysNothingOfWaiting() {
        decisions.policy(
                policy(1, "{exclusive: P6M, from: acquisition-stop}", false) + WITH_JAXA, "2026-01-02T00:00:00Z");
        announce("2026-01-03T00:00:00Z");

        var account = Account.of(
                        ID,
                        decisions.of(ID).stream()
                                .map(decision -> new Written(decision.entry().withWaiting(null), decision.at()))
                                .toList())
                .orElseThrow();

        assertThat(account.waiting()).isEmpty();
        assertThat(text(account)).doesNotContain("waits for");
    }

    /** A lane that was down when the instant came. */
    @Test
    void isPublicSinceItsReleaseWasWrittenHoweverEarlyThatWasDecidedBy() {
        decisions.policy(policy(1, "{exclusive: P6M, from: acquisition-stop}", false), "2026-01-02T00:00:00Z");
        announce("2026-01-03T00:00:00Z");
        decisions.fence("2026-07-01T10:01:00.042Z");

        var account = decisions.behind(Duration.ofHours(6)).account(ID);

        assertThat(account.releasedAt()).contains(Instant.parse("2026-07-01T16:01:00.042Z"));
        assertThat(text(account))
                .contains("is public since 2026-07-01T16:01:00.042Z")
                .contains(line("released", "2026-07-01T16:01:00.042Z, 360 minutes later"))
                .contains("2026-07-01T10:01:00.042Z  released");
    }

    @Test
    void namesTheWaiverAndItsReason() {
        decisions.policy(policy(1, "{exclusive: P6M, from: acquisition-stop}", false), "2026-01-02T00:00:00Z");
        announce("2026-01-03T00:00:00Z");
        decisions.say(Samples.waive(LID, "1.0"), "2026-01-04T00:00:00Z");

        var account = decisions.account(ID);

        assertThat(account.status()).isEqualTo(Status.PUBLIC);
        assertThat(account.decision().verdict()).isEqualTo(Verdict.WAIVED.name());
        assertThat(account.partners())
                .as("nobody will receive it before the public")
                .isEmpty();
        assertThat(text(account))
                .contains("exempted from its embargo by the agency")
                .contains("reason given: the plan says so");
    }

    @Test
    void namesTheNewVersionOfThePolicyThatDecidedAnew() {
        decisions.policy(policy(1, "{exclusive: P6M, from: acquisition-stop}", false), "2026-01-02T00:00:00Z");
        announce("2026-01-03T00:00:00Z");
        decisions.policy(policy(2, "{exclusive: P1Y, from: acquisition-stop}", false), "2026-01-04T00:00:00Z");

        var account = decisions.account(ID);

        assertThat(account.plannedAt()).contains(Instant.parse("2027-01-01T10:01:00Z"));
        assertThat(account.decision().verdict()).isEqualTo(Verdict.REEVALUATED.name());
        assertThat(text(account))
                .contains(line("policy", "version 2 of nasa"))
                .contains(line("since", "2026-01-04T00:00:00Z, decision reevaluated"));
    }

    @Test
    void isNotChangedByRefusalsAndRepetitionsButTellsThem() {
        decisions.say(announcement("1.0"), "2026-01-03T00:00:00Z");
        assertThat(Account.of(ID, decisions.of(ID)))
                .as("refused, because there is no policy")
                .isEmpty();

        decisions.policy(policy(1, "{exclusive: P6M, from: acquisition-stop}", false), "2026-01-04T00:00:00Z");
        announce("2026-01-05T00:00:00Z");
        announce("2026-01-06T00:00:00Z");

        var account = decisions.account(ID);
        assertThat(account.decision().causeAppendTime()).isEqualTo("2026-01-05T00:00:00Z");
        assertThat(account.history())
                .extracting(decision -> decision.entry().verdict())
                .containsExactly("REFUSED", "HELD", "REPEATED");
        assertThat(text(account)).contains("NO_POLICY: nasa has published no policy");
    }

    @Test
    void ofWhatWasTakenBackSaysWhenAndByWhom() {
        decisions.policy(policy(1, "{exclusive: P6M, from: acquisition-stop}", false), "2026-01-02T00:00:00Z");
        announce("2026-01-03T00:00:00Z");
        decisions.say(announcement("2.0"), "2026-01-04T00:00:00Z");
        assertThat(text(decisions.account(ID)))
                .startsWith(ID + " was superseded before its release, at 2026-01-04T00:00:00Z.");

        decisions.say(Samples.withdraw(LID, "2.0"), "2026-01-05T00:00:00Z");
        assertThat(text(decisions.account(Samples.id(LID, "2.0"))))
                .contains("was withdrawn before its release, at 2026-01-05T00:00:00Z.");

        decisions.say(
                Samples.announce(Samples.aProduct(LID, "3.0"), Samples.atOnce(), Existence.HIDDEN),
                "2026-01-06T00:00:00Z");
        decisions.say(Samples.withdraw(LID, "3.0"), "2026-01-07T00:00:00Z");
        assertThat(text(decisions.account(Samples.id(LID, "3.0"))))
                .contains("was retracted at 2026-01-07T00:00:00Z; it was public since 2026-01-06T00:00:00Z.");
    }

    @Test
    void saysTheSameToProgramsAsToPeople() {
        decisions.policy(policy(1, "{exclusive: P1M, from: reception}", true), "2026-01-02T00:00:00Z");
        announce("2026-01-03T00:00:00Z");

        var json = AccountJson.of(decisions.account(ID));

        assertThat(json.path("lidvid").asText()).isEqualTo(ID.toString());
        assertThat(json.path("status").asText()).isEqualTo("held");
        assertThat(json.path("rule").asText()).isEqualTo("everything");
        assertThat(json.path("policy").asInt()).isEqualTo(1);
        assertThat(json.path("policy_hash").asText()).hasSize(64);
        assertThat(json.path("missing").asText()).isEqualTo("the reception on Earth, and the review");
        assertThat(json.has("planned_release_at")).isFalse();
        assertThat(json.path("since").path("cause").asText()).isEqualTo("3@1");
        assertThat(json.path("decisions").size()).isEqualTo(1);
    }

    /** What was planned must not be forgotten when the plan changes. */
    @Test
    void saysOfEveryPlanForWhenItWas() {
        decisions.policy(policy(1, "{exclusive: P6M, from: acquisition-stop}", false), "2026-01-01T00:00:00Z");
        announce("2026-01-02T00:00:00Z");
        decisions.say(
                Samples.reschedule(LID, "1.0", Samples.at(Instant.parse("2027-01-01T00:00:00Z"))),
                Instant.parse("2026-01-03T00:00:00Z"));
        decisions.say(Samples.waive(LID, "1.0"), Instant.parse("2026-01-04T00:00:00Z"));

        var text = text(Account.of(Samples.id(LID, "1.0"), decisions.of(Samples.id(LID, "1.0")))
                .orElseThrow());

        assertThat(text).contains("\n      planned for 2027-01-01T00:00:00Z\n", "none; the agency has exempted it");
    }

    /** Whatever happens to a product, the account that the journal gives agrees with the state that the rules keep. */
    @Test
    void agreesWithTheStateOfTheRulesAfterRandomHistories() {
        var seed = new Random().nextLong();
        var random = new Random(seed);
        for (int round = 0; round < 300; round++) {
            var history = new Decisions(new Lid(LID));
            var now = Instant.parse("2026-01-02T00:00:00Z");
            var policies = 0;
            for (int step = 0; step < 25; step++) {
                now = now.plusSeconds(random.nextInt(20 * 86_400));
                var vid = "1." + random.nextInt(3);
                switch (random.nextInt(8)) {
                    case 0 ->
                        history.policy(
                                policy(
                                                ++policies,
                                                "{exclusive: P%dM, from: acquisition-stop}"
                                                        .formatted(1 + random.nextInt(6)),
                                                random.nextBoolean())
                                        + (random.nextBoolean() ? WITH_JAXA : ""),
                                now.toString());
                    case 1 -> history.say(announcement(vid), now);
                    case 2 ->
                        history.say(
                                Samples.reschedule(LID, vid, Samples.at(now.plusSeconds(random.nextInt(40) * 86_400L))),
                                now);
                    case 3 -> history.say(Samples.waive(LID, vid), now);
                    case 4 -> history.say(Samples.withdraw(LID, vid), now);
                    case 5 ->
                        history.say(
                                Samples.fact(
                                        LID, vid, random.nextBoolean() ? Facts.Kind.REVIEW : Facts.Kind.RECEPTION, now),
                                now);
                    case 6 ->
                        history.say(
                                Samples.fact(
                                        LID,
                                        vid,
                                        Facts.Kind.ACQUISITION_STOP,
                                        now.minusSeconds(random.nextInt(90) * 86_400L)),
                                now);
                    default -> history.fence(now);
                }
                for (int minor = 0; minor < 3; minor++) {
                    var id = Samples.id(LID, "1." + minor);
                    assertAgreement("seed " + seed + ", round " + round + ", step " + step, history, id);
                }
            }
        }
    }

    private static void assertAgreement(String where, Decisions history, Lidvid id) {
        var version = history.product().version(id.vid());
        var account = Account.of(id, history.of(id));
        assertThat(account.map(Account::status)).as(where).isEqualTo(version.map(known -> known.state()
                .status()));
        if (version.isPresent() && version.get().state() instanceof VersionState.Held held) {
            assertThat(account.orElseThrow().plannedAt())
                    .as(where)
                    .isEqualTo(held.plan().releaseAt());
            assertThat(account.get().missing())
                    .as(where)
                    .isEqualTo(held.plan().grounds().missing());
            assertThat(account.get().waiting())
                    .as(where)
                    .isEqualTo(held.plan().waiting().stream()
                            .filter(turn -> !held.opened().contains(turn.recipient()))
                            .toList());
            assertThat(account.get().partners().stream()
                            .filter(partner -> partner.sharedAt().isPresent())
                            .map(Account.Partner::recipient))
                    .as(where)
                    .containsExactlyInAnyOrderElementsOf(held.opened());
            assertThat(account.get().partners())
                    .as(where)
                    .extracting(Account.Partner::recipient)
                    .containsAll(held.plan().stages().stream()
                            .map(ReleasePlan.Stage::recipient)
                            .toList());
        }
        if (version.isPresent() && version.get().state() instanceof VersionState.Public open) {
            assertThat(account.orElseThrow().releasedAt()).as(where).contains(open.releasedAt());
        }
    }

    private void announce(String at) {
        decisions.say(announcement("1.0"), at);
    }

    private static space.halley.domain.Command.Announce announcement(String vid) {
        return Samples.announce(Samples.aProduct(LID, vid), Samples.byPolicy(), Existence.HIDDEN);
    }

    private static String text(Account account) {
        return String.join("\n", new AccountText(Ansi.OFF).lines(account));
    }

    private static String line(String label, String value) {
        return "\n" + label + " ".repeat(14 - label.length()) + value;
    }

    private static String policy(int number, String release, boolean review) {
        return """
                agency: nasa
                version: %d
                rules:
                  - id: everything
                    owner: the agency
                    release: %s
                %s    source: the test
                    confidence: assumed
                agreements:
                  - id: with-esa
                    match: {mission: mission.mars2020}
                    with: [esa]
                    share: {exclusive: P1M, from: acquisition-stop}
                    source: the test
                """.formatted(number, release, review ? "    review: required\n" : "");
    }
}
