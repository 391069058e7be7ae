package space.halley.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PolicyTest {
    private static final Rule ALL = Fixtures.rule("all", Match.EVERYTHING, Fixtures.sinceStop("P6M"));
    private static final Match CAMERA_RAW = new Match(Set.of(), Set.of("afc"), Set.of("raw"), Set.of(), Set.of());
    private static final Match ALL_BUT_INSTRUMENT = new Match(
            Set.of("hera"), Set.of(), Set.of("raw"), Set.of("product_observational"), Set.of("urn:nasa:pds:insight"));

    @Test
    void theMostSpecificRuleWinsInWhateverOrderTheyStand() {
        var mission = Fixtures.rule("mission", Fixtures.mission("hera"), Fixtures.atOnce());
        var bundle = Fixtures.rule("all-but-instrument", ALL_BUT_INSTRUMENT, Fixtures.atOnce());
        var camera = Fixtures.rule("camera", Fixtures.instrument("afc"), Fixtures.atOnce());
        var raw = Fixtures.rule("camera-raw", CAMERA_RAW, Fixtures.atOnce());
        var product = Fixtures.product(
                Fixtures.id("1.0"),
                "x",
                Fixtures.STOP,
                "Raw",
                Fixtures.ofMission("HERA"),
                Fixtures.ofInstrument("AFC"));
        var ascending = List.of(ALL, mission, bundle, camera, raw);

        for (int size = 1; size <= ascending.size(); size++) {
            var best = ascending.get(size - 1);
            Fixtures.permutations(ascending.subList(0, size)).forEach(order -> assertThat(
                            Fixtures.policy(1, order, List.of(), Map.of()).rulesFor(product))
                    .containsExactly(best));
        }
    }

    @Test
    void aRuleForACollectionIsMoreSpecificThanOneForTheBundleAroundIt() {
        var bundle = Fixtures.rule("bundle", Fixtures.collection("urn:nasa:pds:insight"), Fixtures.sinceStop("P1Y"));
        var inside =
                Fixtures.rule("inside", Fixtures.collection("urn:nasa:pds:insight:data"), Fixtures.sinceStop("P6M"));
        var both = new Match(
                Set.of(), Set.of(), Set.of(), Set.of(), Set.of("urn:nasa:pds:insight", "urn:nasa:pds:insight:data"));
        var product = Fixtures.product(
                new Lidvid(new Lid("urn:nasa:pds:insight:data:sol_1"), new Vid(1, 0)), "x", Fixtures.STOP);
        var elsewhere = Fixtures.product(
                new Lidvid(new Lid("urn:nasa:pds:insight:doc:sis"), new Vid(1, 0)), "x", Fixtures.STOP);

        for (var rules : List.of(List.of(ALL, bundle, inside), List.of(inside, bundle, ALL))) {
            var policy = Fixtures.policy(1, rules, List.of(), Map.of());
            assertThat(policy.rulesFor(product)).containsExactly(inside);
            assertThat(policy.rulesFor(elsewhere)).containsExactly(bundle);
        }
        assertThat(Policy.ties(List.of(bundle, Fixtures.rule("both", both, Fixtures.atOnce()))))
                .hasSize(1);
    }

    @Test
    void onlyACollectionInWhichTheProductLiesMakesARuleMoreSpecific() {
        var wide = Fixtures.rule(
                "wide",
                Fixtures.collection("urn:nasa:pds:insight", "urn:nasa:pds:another_mission:data_calibrated"),
                Fixtures.sinceStop("P1Y"));
        var inside =
                Fixtures.rule("inside", Fixtures.collection("urn:nasa:pds:insight:data"), Fixtures.sinceStop("P6M"));
        var product = Fixtures.product(
                new Lidvid(new Lid("urn:nasa:pds:insight:data:sol_1"), new Vid(1, 0)), "x", Fixtures.STOP);

        assertThat(Fixtures.policy(1, List.of(ALL, wide, inside), List.of(), Map.of())
                        .rulesFor(product))
                .containsExactly(inside);
    }

    @Test
    void theInstrumentsProviderOwnsTheRule() {
        var camera = new Rule(
                "shadowcam",
                "ASU for NASA",
                Fixtures.instrument("ShadowCam"),
                Fixtures.sinceStop("P6M"),
                false,
                false,
                "https://example.org/kplo",
                Rule.Confidence.READ);
        var mission = Fixtures.rule("kplo", Fixtures.mission("mission.kplo"), Fixtures.sinceStop("P1Y"));
        var one = OneProduct.under(Fixtures.policy(1, ALL, mission, camera));

        one.say(Fixtures.STOP, Fixtures.announce(of("ShadowCam"), Fixtures.byPolicy(), Existence.PUBLIC));

        assertThat(one.product().next()).contains(Instant.parse("2026-07-01T10:01:00Z"));
        assertThat(one.plan().grounds().rule()).contains("shadowcam");
        assertThat(one.plan().grounds().owner()).contains("ASU for NASA");
        assertThat(one.plan().grounds().sentence()).endsWith(" (rule shadowcam of ASU for NASA, policy version 1)");
    }

    @Test
    void oneProductOfTwoInstrumentsObeysBothPolicies() {
        var sooner = Fixtures.rule("sooner", Fixtures.instrument("afc"), Fixtures.sinceStop("P6M"));
        var later = Fixtures.rule("later", Fixtures.instrument("jura"), Fixtures.sinceStop("P1Y"));
        var unknown =
                Fixtures.rule("unknown", Fixtures.instrument("hyper"), Fixtures.since(ClockAnchor.RECEPTION, "P1D"));
        for (var rules : List.of(List.of(ALL, sooner, later, unknown), List.of(unknown, later, sooner, ALL))) {
            var policy = Fixtures.policy(1, rules, List.of(), Map.of());

            assertThat(rule(policy, "afc")).isEqualTo("sooner");
            assertThat(rule(policy, "jura")).isEqualTo("later");
            assertThat(rule(policy, "afc", "jura")).isEqualTo("later");
            assertThat(rule(policy, "afc", "jura", "hyper")).isEqualTo("unknown");
            assertThat(explanation(policy, "afc")).doesNotContain("equally");
            assertThat(explanation(policy, "afc", "jura"))
                    .endsWith("; of 2 rules that fit equally, the last to release it");
        }
    }

    @Test
    void allThatRulesThatFitEquallyMissIsNamed() {
        var received =
                Fixtures.rule("received", Fixtures.instrument("afc"), Fixtures.since(ClockAnchor.RECEPTION, "P1D"));
        var landed = Fixtures.rule(
                "landed", Fixtures.instrument("jura"), Fixtures.since(new ClockAnchor.MissionEvent("landing"), "P1D"));
        var policy = Fixtures.policy(1, List.of(ALL, received, landed), List.of(), Map.of());

        assertThat(explanation(policy, "afc", "jura"))
                .startsWith("held until it is known: the reception on Earth, and the mission event landing; ");
        assertThat(explanation(policy, "afc")).startsWith("held until it is known: the reception on Earth; ");
    }

    @Test
    void equallySpecificRulesThatCanMeetAreAnErrorThatNamesBoth() {
        var mission = Fixtures.rule("m", Fixtures.mission("hera"), Fixtures.atOnce());
        var level = Fixtures.rule("l", Fixtures.level("raw"), Fixtures.atOnce());

        assertThatThrownBy(() -> Fixtures.policy(1, ALL, mission, level))
                .isInstanceOf(InvalidValueException.class)
                .hasMessage("policy: rules m and l are equally specific and can meet the same product: mission hera and"
                        + " processing level raw");
        assertThatThrownBy(() -> Fixtures.policy(1, ALL, Fixtures.rule("b", Match.EVERYTHING, Fixtures.atOnce())))
                .hasMessageContaining("rules all and b", "every product and every product");
        assertThat(Policy.ties(List.of(ALL, mission, Fixtures.rule("x", Fixtures.mission("juice"), Fixtures.atOnce()))))
                .isEmpty();
        assertThat(Policy.ties(List.of(ALL, mission, Fixtures.rule("c", CAMERA_RAW, Fixtures.atOnce()))))
                .isEmpty();
    }

    @Test
    void aPolicySaysEverythingThatIsWrongWithIt() {
        var mission = Fixtures.rule("m", Fixtures.mission("hera"), Fixtures.atOnce());
        var same = Fixtures.rule("m", Fixtures.mission("juice"), Fixtures.atOnce());
        var self = Fixtures.agreement("a", Match.EVERYTHING, Fixtures.atOnce(), Fixtures.NASA.id());
        var other = Fixtures.agreement("a", Match.EVERYTHING, Fixtures.atOnce(), Fixtures.ESA);

        assertThatThrownBy(() -> Fixtures.policy(0, List.of(mission, same), List.of(self, other), Map.of()))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("the number 0 is below 1")
                .hasMessageContaining("no rule is for every product")
                .hasMessageContaining("two rules have the id m")
                .hasMessageContaining("two agreements have the id a")
                .hasMessageContaining("agreement a is with nasa itself");
    }

    @Test
    void rulesAndAgreementsSayWhatAndWhere() {
        assertThatThrownBy(() -> Fixtures.rule("r", Match.EVERYTHING, Fixtures.byPolicy()))
                .hasMessageContaining("rule r: names no terms");
        assertThatThrownBy(() -> Fixtures.rule("x".repeat(101), Match.EVERYTHING, Fixtures.atOnce()))
                .hasMessageContaining("rule id");
        assertThatThrownBy(() -> sourced(" ", "s")).hasMessageContaining("owner");
        assertThatThrownBy(() -> sourced("o".repeat(201), "s")).hasMessageContaining("owner");
        assertThatThrownBy(() -> sourced("o", "")).hasMessageContaining("source");
        assertThatThrownBy(() -> sourced("o", "s".repeat(2_001))).hasMessageContaining("source");
        assertThatThrownBy(() -> Fixtures.agreement("a", Match.EVERYTHING, Fixtures.byPolicy(), Fixtures.ESA))
                .hasMessageContaining("agreement a: names no terms");
        assertThatThrownBy(() -> Fixtures.agreement("a", Match.EVERYTHING, Fixtures.atOnce()))
                .hasMessageContaining("agreement a: names no partner");
        assertThatThrownBy(() -> Fixtures.agreement("", Match.EVERYTHING, Fixtures.atOnce(), Fixtures.ESA))
                .hasMessageContaining("agreement id");
        assertThatThrownBy(() -> new Agreement("a", Match.EVERYTHING, List.of(Fixtures.ESA), Fixtures.atOnce(), ""))
                .hasMessageContaining("source");
        assertThatThrownBy(() -> new ClockAnchor.MissionEvent(" ")).hasMessageContaining("event");
    }

    @Test
    void aRuleAndAnAgreementMayShareTheirId() {
        var agreement = Fixtures.agreement("all", Match.EVERYTHING, Fixtures.atOnce(), Fixtures.ESA);

        assertThat(Fixtures.policy(1, List.of(ALL), List.of(agreement), Map.of())
                        .agreements())
                .containsExactly(agreement);
    }

    @Test
    void eventsAreInstantsLikeAllOthers() {
        var up = Fixtures.policy(
                1, List.of(ALL), List.of(), Map.of("landing", Instant.parse("2026-01-01T00:00:00.0000001Z")));

        assertThat(up.event("landing")).contains(Instant.parse("2026-01-01T00:00:00.001Z"));
        assertThat(up.event("launch")).isEmpty();
        assertThatThrownBy(() -> Fixtures.policy(1, List.of(ALL), List.of(), Map.of("landing", Instant.MAX)))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("event landing");
    }

    private static Rule sourced(String owner, String source) {
        return new Rule("r", owner, Match.EVERYTHING, Fixtures.atOnce(), false, false, source, Rule.Confidence.ASSUMED);
    }

    private static ProductDescription of(String... instruments) {
        var context = new java.util.ArrayList<ContextReference>();
        context.add(Fixtures.ofMission("kplo"));
        for (var instrument : instruments) {
            context.add(Fixtures.ofInstrument(instrument));
        }
        return Fixtures.product(Fixtures.id("1.0"), "x", Fixtures.STOP, null, context.toArray(ContextReference[]::new));
    }

    private static String rule(Policy policy, String... instruments) {
        return grounds(policy, instruments).rule().orElseThrow();
    }

    private static String explanation(Policy policy, String... instruments) {
        return grounds(policy, instruments).explanation();
    }

    private static Grounds grounds(Policy policy, String... instruments) {
        var one = OneProduct.under(policy);
        one.say(Fixtures.STOP, Fixtures.announce(of(instruments), Fixtures.byPolicy(), Existence.PUBLIC));
        return one.plan().grounds();
    }
}
