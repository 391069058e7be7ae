package space.halley.schemas.installation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import space.halley.domain.Agencies;
import space.halley.domain.Agency;
import space.halley.domain.AgencyId;
import space.halley.domain.Agreement;
import space.halley.domain.ClockAnchor;
import space.halley.domain.ContentHash;
import space.halley.domain.Match;
import space.halley.domain.Namespace;
import space.halley.domain.Policy;
import space.halley.domain.ReleaseTerms;
import space.halley.domain.Rule;

class PolicyDocumentTest {
    private static final AgencyId ISRO = new AgencyId("isro");
    private static final AgencyId NASA = new AgencyId("nasa");

    /** Everything that the grammar has. */
    private static final String WHOLE = """
            agency: isro
            version: 3
            events:
              mission.chandrayaan-3/landing: 2023-08-23T12:32:00Z
              mission.x/orbit: 2020-02-29T23:59:59.999Z
            rules:
              - id: general
                owner: ISRO
                release: {exclusive: P1Y, from: acquisition-stop}
                source: https://example.org/policy
                confidence: read
              - id: documents
                owner: ISRO
                match: {product-class: [Product_Document, product_context]}
                release: {at: once}
                source: "none: documents"
                confidence: assumed
              - id: landing
                owner: ISRO
                match: {mission: mission.chandrayaan-3, product-class: Product_Observational}
                release: {exclusive: P1Y, from: event, event: mission.chandrayaan-3/landing}
                review: required
                source: somewhere
                confidence: observed
              - id: m3
                owner: NASA
                match:
                  mission: mission.chandrayaan-1
                  instrument: M3.ch1-orb
                  processing-level: [Raw, Partially Processed]
                  collection: "urn:isro:isda:ch1:data"
                release: {on: 2010-07-19}
                source: somewhere
                confidence: observed
              - id: at-an-hour
                owner: ISRO
                match: {instrument: a}
                release: {on: "2010-07-19T12:00:00.5Z"}
                source: somewhere
                confidence: observed
              - id: batch
                owner: ISRO
                match: {instrument: b}
                release: {exclusive: P1Y2M3W4D, from: window, window: {since: 2021-08-31, months: 3}}
                source: somewhere
                confidence: observed
              - id: alert
                owner: ISRO
                match: {instrument: c}
                release: {at: once}
                planetary-defence: true
                source: somewhere
                confidence: observed
            agreements:
              - id: payload-countries
                match: {instrument: m3.ch1-orb}
                with: [nasa, esa]
                share: {exclusive: P0D, from: reception}
                source: somewhere
              - id: one
                match: {instrument: d}
                with: nasa
                share: {exclusive: P1M, from: delivery}
                source: somewhere
            """;

    @TempDir
    Path folder;

    @Test
    void readsEverythingThatTheGrammarHas() {
        assertThat(PolicyDocument.read(WHOLE))
                .isEqualTo(new Policy(
                        ISRO,
                        3,
                        ContentHash.of(WHOLE.getBytes(StandardCharsets.UTF_8)),
                        List.of(
                                rule(
                                        "general",
                                        "ISRO",
                                        Match.EVERYTHING,
                                        exclusive("P1Y", ClockAnchor.ACQUISITION_STOP),
                                        "https://example.org/policy",
                                        Rule.Confidence.READ),
                                rule(
                                        "documents",
                                        "ISRO",
                                        match(
                                                Set.of(),
                                                Set.of(),
                                                Set.of(),
                                                Set.of("product_document", "product_context"),
                                                Set.of()),
                                        new ReleaseTerms.AtOnce(),
                                        "none: documents",
                                        Rule.Confidence.ASSUMED),
                                new Rule(
                                        "landing",
                                        "ISRO",
                                        match(
                                                Set.of("mission.chandrayaan-3"),
                                                Set.of(),
                                                Set.of(),
                                                Set.of("product_observational"),
                                                Set.of()),
                                        exclusive("P1Y", new ClockAnchor.MissionEvent("mission.chandrayaan-3/landing")),
                                        true,
                                        false,
                                        "somewhere",
                                        Rule.Confidence.OBSERVED),
                                rule(
                                        "m3",
                                        "NASA",
                                        match(
                                                Set.of("mission.chandrayaan-1"),
                                                Set.of("m3.ch1-orb"),
                                                Set.of("raw", "partially processed"),
                                                Set.of(),
                                                Set.of("urn:isro:isda:ch1:data")),
                                        new ReleaseTerms.FixedDate(Instant.parse("2010-07-19T00:00:00Z")),
                                        "somewhere",
                                        Rule.Confidence.OBSERVED),
                                rule(
                                        "at-an-hour",
                                        "ISRO",
                                        instrument("a"),
                                        new ReleaseTerms.FixedDate(Instant.parse("2010-07-19T12:00:00.5Z")),
                                        "somewhere",
                                        Rule.Confidence.OBSERVED),
                                rule(
                                        "batch",
                                        "ISRO",
                                        instrument("b"),
                                        new ReleaseTerms.ExclusivePeriod(
                                                Period.of(1, 2, 25),
                                                new ClockAnchor.WindowEnd(LocalDate.of(2021, 8, 31), 3)),
                                        "somewhere",
                                        Rule.Confidence.OBSERVED),
                                new Rule(
                                        "alert",
                                        "ISRO",
                                        instrument("c"),
                                        new ReleaseTerms.AtOnce(),
                                        false,
                                        true,
                                        "somewhere",
                                        Rule.Confidence.OBSERVED)),
                        List.of(
                                new Agreement(
                                        "payload-countries",
                                        instrument("m3.ch1-orb"),
                                        List.of(NASA, new AgencyId("esa")),
                                        exclusive("P0D", ClockAnchor.RECEPTION),
                                        "somewhere"),
                                new Agreement(
                                        "one",
                                        instrument("d"),
                                        List.of(NASA),
                                        exclusive("P1M", ClockAnchor.DELIVERY),
                                        "somewhere")),
                        Map.of(
                                "mission.chandrayaan-3/landing", Instant.parse("2023-08-23T12:32:00Z"),
                                "mission.x/orbit", Instant.parse("2020-02-29T23:59:59.999Z"))));
    }

    @Test
    void theExampleInTheDocumentationIsValid() throws IOException {
        var page = Files.readString(Path.of(String.valueOf(System.getProperty("halley.root")), "docs", "policies.md"));
        var begin = page.indexOf("```yaml\n") + "```yaml\n".length();

        var policy = PolicyDocument.read(page.substring(begin, page.indexOf("```", begin)), Set.of(NASA, ISRO));

        assertThat(policy.rules()).hasSize(3);
        assertThat(policy.agreements()).hasSize(1);
    }

    @Test
    void theHashIsThatOfTheBytesAndAnyOtherByteChangesIt() {
        assertThat(PolicyDocument.read(WHOLE).hash().sha256())
                .isEqualTo(PolicyDocument.read(WHOLE).hash().sha256())
                .isNotEqualTo(PolicyDocument.read(WHOLE + "# a remark\n").hash().sha256());
    }

    @Test
    void namesEveryProblemWithItsLine() {
        var document = """
                agency: ISRO
                version: 1.5
                verison: 2
                events:
                  mission.x/landing: 2023-08-23
                  a blank: 2023-08-23T12:32:00Z
                  mission.y/landing: 2023-02-30T12:32:00Z
                rules:
                  - id: a b
                    match: {mision: x, processing-level: [], mission: [x, X]}
                    release: {exclusive: 6M, from: acquisition-stop}
                    owner: ISRO
                    source:
                    confidence: sure
                  - id: two
                    owner: ISRO
                    match: {}
                    release: {at: twice}
                    review: true
                    planetary-defence: "yes"
                    source: s
                    confidence: read
                  - id: two
                    owner: ISRO
                    owner: NASA
                    match: {collection: no urn}
                    release: {at: once, from: delivery}
                    source: s
                    confidence: read
                  - just a text
                  - id: four
                    owner: ISRO
                    match: {mission: x}
                    release: {exclusive: P6M, from: window, event: y}
                    planetary-defence: true
                    source: s
                    confidence: read
                  - id: five
                    owner: ISRO
                    match: {mission: z}
                    release: {exclusive: P6M, from: window, window: {since: 2021-02-30, months: 0}}
                    source: s
                    confidence: read
                  - id: six
                    owner: ISRO
                    match: {mission: w}
                    release: {exclusive: P6M, from: event, event: [a, b]}
                    source: s
                    confidence: read
                  - id: seven
                    owner: ISRO
                    match: {mission: v}
                    release: {exclusive: P500Y, from: landing}
                    source: s
                    confidence: read
                  - id: eight
                    owner: ISRO
                    match: {mission: u}
                    release: {on: 2024-8-1}
                    source: "two\\nlines"
                    confidence: read
                agreements:
                  - id: nobody
                    match: {mission: x}
                    share: {at: once, on: 2024-08-01}
                    source: s
                  - id: all
                    with: [NASA, nasa]
                    share: {}
                    source: s
                """;

        assertThat(problems(document))
                .contains(
                        "line 1: agency: 'ISRO' is not 2 to 31 lower-case letters, digits or dashes",
                        "line 2: version: must be a whole number from 1",
                        "line 3: the document has the unknown key 'verison'; known are agency, agreements, events, rules,"
                                + " version",
                        "line 5: event: '2023-08-23' is not an instant such as 2023-08-23T12:32:00Z",
                        "line 6: event: 'a blank' is not 1 to 100 letters, digits and . _ / -, such as mission.x/landing",
                        "line 9: no rule is for every product; add one without a match",
                        "line 9: id: 'a b' is not 1 to 100 letters, digits and . _ / -",
                        "line 10: match has the unknown key 'mision'; known are collection, instrument, mission,"
                                + " processing-level, product-class",
                        "line 10: processing-level names nothing; leave it out instead",
                        "line 10: mission names x twice",
                        "line 11: exclusive: '6M' is not a period such as P6M, P1Y or P1Y6M15D",
                        "line 13: source is empty",
                        "line 14: confidence: must be read, observed or assumed",
                        "line 17: match names nothing; a rule without it is for every product",
                        "line 18: at: must be: once; a date is written as on: 2024-08-23",
                        "line 19: review: must be: required",
                        "line 20: planetary-defence: must be: true",
                        "line 23: the rule on line 15 has the id two too",
                        "line 25: the rule has the key owner twice, first on line 24",
                        "line 27: from goes with exclusive only",
                        "line 30: the rule must be a mapping",
                        "line 34: event goes with from: event only",
                        "line 34: window is missing",
                        "line 41: since: Text '2021-02-30' could not be parsed: Invalid date 'FEBRUARY 30'",
                        "line 41: months: must be a whole number from 1",
                        "line 47: event must be a single value",
                        "line 53: from: must be acquisition-stop, reception, delivery, window or event",
                        "line 59: on: '2024-8-1' is neither a date such as 2024-08-23 nor an instant in UTC",
                        "line 60: text: 'two?lines' must stand on one line",
                        "line 63: with is missing",
                        "line 65: share must have exactly one of at, on and exclusive",
                        "line 67: match is missing",
                        "line 68: agency: 'NASA' is not 2 to 31 lower-case letters, digits or dashes",
                        "line 69: share must have exactly one of at, on and exclusive")
                .anyMatch(problem -> problem.startsWith("line 7: ") && problem.contains("2023-02-30"))
                .anyMatch(problem -> problem.startsWith("line 26: logical_identifier: 'no urn'"))
                .hasSize(36);
    }

    @Test
    void namesBothRulesOfATieWithTheirLines() {
        var document = """
                agency: isro
                version: 1
                rules:
                  - {id: all, owner: x, release: {at: once}, source: x, confidence: read}
                  - {id: a, owner: x, match: {mission: [M, n]}, release: {at: once}, source: x, confidence: read}
                  - {id: b, owner: x, match: {product-class: p}, release: {at: once}, source: x, confidence: read}
                  - {id: c, owner: x, match: {product-class: q, mission: n}, release: {at: once}, source: x, confidence: read}
                  - {id: also-all, owner: x, release: {at: once}, source: x, confidence: read}
                """;

        assertThat(problems(document))
                .containsExactly(
                        "line 6: rule b and rule a on line 5 are equally specific and can meet the same product: product class"
                                + " p; and mission m or n",
                        "line 8: rule also-all and rule all on line 4 are equally specific and can meet the same product: every"
                                + " product; and every product");
    }

    @Test
    void anEventThatHasNotHappenedIsNoProblem() {
        var document =
                rules("{id: a, owner: x, release: {exclusive: P1Y, from: event, event: mission.x/landing}, source: x,"
                        + " confidence: read}");

        assertThat(PolicyDocument.read(document).event("mission.x/landing")).isEmpty();
    }

    /** What the JDK would take, and another version of it perhaps otherwise. */
    @Test
    void refusesDatesAndPeriodsInOtherForms() {
        for (var date : List.of(
                "2024-01-01T24:00:00Z",
                "2016-12-31T23:59:60Z",
                "2024-01-01T00:00:00+02:00",
                "2024-01-01T00:00Z",
                "2024-01-01T00:00:00.0001Z",
                "2024-01-01 00:00:00Z",
                "0000-01-01",
                "+12024-01-01",
                "2024-W01-1",
                "2023-02-29")) {
            assertThat(problems(rules("{id: a, owner: x, release: {on: '" + date + "'}, source: x, confidence: read}")))
                    .as(date)
                    .hasSize(1);
        }
        for (var period : List.of("p6m", "P", "P-6M", "-P6M", "+P6M", "PT5H", "P6", "P1M1Y", "P1Y T", "P101Y")) {
            assertThat(problems(rules("{id: a, owner: x, release: {exclusive: '" + period
                            + "', from: delivery}, source: x, confidence: read}")))
                    .as(period)
                    .hasSize(1);
        }
    }

    @Test
    void refusesEventsThatAreNoInstantsOfOurCalendar() {
        for (var instant : List.of("0000-01-01T00:00:00Z", "2023-08-23", "2023-08-23T12:32:60Z", "[]", "~", "''")) {
            assertThat(problems("events: {mission.x/landing: " + instant + "}\n"
                            + rules("{id: a, owner: x, release: {at: once}, source: x, confidence: read}")))
                    .as(instant)
                    .hasSize(1)
                    .first()
                    .asString()
                    .startsWith("line 1: ");
        }
    }

    /** Otherwise a mistake in one rule's match would look like a tie with another rule. */
    @Test
    void halfAMatchIsNotComparedWithOthers() {
        assertThat(problems(rules("{id: a, owner: x, release: {at: once}, source: x, confidence: read}\n"
                        + "  - {id: b, owner: x, match: {mission: m}, release: {at: once}, source: x, confidence: read}\n"
                        + "  - {id: c, owner: x, match: {mission: m, instrumint: i}, release: {at: once}, source: x,"
                        + " confidence: read}")))
                .hasSize(1)
                .first()
                .asString()
                .startsWith("line 6: match has the unknown key");
    }

    @Test
    void aPlanetaryDefenceRuleHoldsNothing() {
        assertThat(problems(rules("{id: a, owner: x, release: {on: 2024-01-01}, planetary-defence: true, source: x,"
                        + " confidence: read}")))
                .containsExactly(
                        "line 4: a planetary-defence product is never held; its rule must say release: {at: once}");
        assertThat(problems(rules("{id: a, owner: x, release: {at: once}, review: required, planetary-defence: true,"
                        + " source: x, confidence: read}")))
                .hasSize(1);
    }

    @Test
    void partnersAreLookedUpOnlyWhereTheAgenciesAreKnown() {
        assertThat(PolicyDocument.read(WHOLE, Set.of(NASA, new AgencyId("esa"), ISRO))
                        .agency())
                .isEqualTo(ISRO);
        assertThatThrownBy(() -> PolicyDocument.read(WHOLE, Set.of(NASA, ISRO)))
                .hasMessage(
                        "the policy cannot be used: line 55: agreement payload-countries is with esa, which is no agency"
                                + " here; known are [isro, nasa]");
        assertThatThrownBy(() -> PolicyDocument.read(WHOLE.replace("with: nasa", "with: isro")))
                .hasMessageContaining("line 60: agreement one is with isro itself");
    }

    @Test
    void loadsAFileAndSaysWhatIsWrongWithIt() throws IOException {
        var agencies = new Agencies(List.of(
                new Agency(ISRO, "ISRO", List.of(new Namespace("urn:isro:"))),
                new Agency(NASA, "NASA", List.of(new Namespace("urn:nasa:"))),
                new Agency(new AgencyId("esa"), "ESA", List.of(new Namespace("urn:esa:")))));
        var file = folder.resolve("policy.yaml");

        Files.writeString(file, WHOLE);
        assertThat(PolicyDocument.load(file, agencies))
                .isEqualTo(new PolicyDocument(WHOLE, PolicyDocument.read(WHOLE)));

        Files.write(file, new byte[] {'a', (byte) 0xff});
        assertThatThrownBy(() -> PolicyDocument.load(file, agencies))
                .isInstanceOf(InvalidConfigurationException.class)
                .hasMessageContaining("cannot be read as UTF-8");
        Files.writeString(file, "#".repeat(5 * PolicyDocument.MAX_LENGTH));
        assertThatThrownBy(() -> PolicyDocument.load(file, agencies))
                .isInstanceOf(InvalidConfigurationException.class)
                .hasMessageContaining("more than 131072 characters");
        assertThatThrownBy(() -> PolicyDocument.load(folder.resolve("none"), agencies))
                .isInstanceOf(InvalidConfigurationException.class);
    }

    @Test
    void refusesWhatIsNoPolicyAtAll() {
        assertThat(problems("")).containsExactly("line 1: the document is empty");
        assertThat(problems("# nothing\n")).containsExactly("line 1: the document is empty");
        assertThat(problems("[]")).containsExactly("line 1: the document must be a mapping");
        assertThat(problems("a: b\n---\na: b\n")).hasSize(1);
        assertThat(problems("a: b\n: : :\n  - x")).hasSize(1).first().asString().startsWith("line 2: ");
        assertThat(problems("a: b\nc: \u0000\n")).containsExactly("line 2: the character U+0000 is not allowed");
        assertThat(problems("a: b\n\nc: \ud800\n")).containsExactly("line 3: the character U+D800 is not allowed");
        assertThat(problems("agency: isro\nversion: 1\nrules: []\n"))
                .containsExactly("line 3: no rule is for every product; add one without a match");
        assertThat(problems("agency: isro\nversion: 1\nrules: x\n")).containsExactly("line 3: rules must be a list");
        assertThat(problems("agency: isro\nversion: 1\n")).containsExactly("line 1: rules is missing");
    }

    @Test
    void refusesAnchorsTagsAndMerges() {
        assertThat(problems("agency: &a isro\nversion: 1\nrules: *a\n"))
                .contains("line 1: anchors and aliases are not allowed; write the value out");
        assertThat(problems(
                        rules("&r {id: a, owner: x, release: {at: once}, source: x, confidence: read}") + "  - *r\n"))
                .contains("line 4: anchors and aliases are not allowed; write the value out");
        assertThat(problems("agency: !!javax.script.ScriptEngineManager []\n"))
                .contains("line 1: Global tag is not allowed: tag:yaml.org,2002:javax.script.ScriptEngineManager");
        assertThat(problems("agency: !mine isro\n")).contains("line 1: the tag !mine is not allowed");
        assertThat(problems("x: &x {version: 1}\n<<: *x\nagency: isro\n"))
                .anyMatch(problem -> problem.contains("unknown key '<<'"));
        assertThat(problems("agency: isro\nversion: 1\nrules: &r [*r]\n")).isNotEmpty();
        assertThat(problems("? [a]\n: b\n")).contains("line 1: the document has a key that is no text");
    }

    @Test
    void boundsWhatADocumentCanAskFor() {
        var bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 500; i++) {
            bomb.append("a%d: &a%d [*a%d, *a%d, *a%d]\n".formatted(i, i, i - 1, i - 1, i - 1));
        }
        var manyRules = rules("{id: a}\n" + "  - {id: a}\n".repeat(5_000));
        var longList = rules("{id: a, match: {mission: [" + "a, ".repeat(30_000) + "b]}}");
        for (var document : List.of(
                bomb.toString(),
                "[".repeat(100_000),
                "{a: ".repeat(30_000),
                "- ".repeat(60_000),
                "? ".repeat(60_000),
                "a".repeat(130_000),
                "a: ".repeat(40_000),
                "\"\\UFFFFFFFF\"",
                "\"\\UD8000000\"",
                "%YAML 99999999999.1\n---\na",
                "a: !%ff b",
                "&a *a",
                "a: |99999999999\n b",
                "x: y\n".repeat(26_000),
                " ".repeat(1_000_000),
                manyRules,
                longList)) {
            var found = Assertions.assertTimeout(Duration.ofSeconds(20), () -> problems(document));
            assertThat(found).isNotEmpty().hasSizeLessThanOrEqualTo(51).allMatch(text -> text.length() < 1_000);
        }
        assertThat(problems(manyRules)).contains("line 4: rules has 5001 entries; at most 200 are allowed");
        assertThat(problems(longList)).contains("line 4: mission has 30001 values; at most 50 are allowed");
        var many = rules("{id: a}") + "agreements:\n" + agreements(21, 50);
        assertThat(problems(many)).as("what is in force stays so").noneMatch(text -> text.contains("partners"));
        assertThat(problems(many, partners(50)))
                .contains(
                        "line 6: the agreements have 1050 partners in all, a partner of two counting twice; at most 1000"
                                + " are allowed");
        assertThat(problems(rules("{id: a}") + "agreements:\n" + agreements(20, 50), partners(50)))
                .noneMatch(text -> text.contains("partners"));
        assertThat(problems("x: y\n".repeat(26_000))).last().asString().startsWith("and ");
    }

    @Test
    void theLargestPolicyIsReadInReasonableTime() {
        var rules = new StringBuilder();
        for (int i = 0; i < 200; i++) {
            var values = new StringBuilder();
            for (int j = 0; j < 50; j++) {
                values.append(Integer.toString(i * 50 + j, 36)).append(',');
            }
            rules.append(
                    "  - {id: r%d, owner: x, match: {mission: [%s]}, release: {at: once}, source: x, confidence: read}\n"
                            .formatted(i, values.deleteCharAt(values.length() - 1)));
        }
        // Without the rule for every product, which is one too many.
        var document = "agency: isro\nversion: 1\nrules:\n" + rules;

        var found = Assertions.assertTimeout(Duration.ofSeconds(30), () -> problems(document));

        assertThat(found).containsExactly("line 4: no rule is for every product; add one without a match");
    }

    /** Whatever is done to a document, the answer is a policy or a list of problems. */
    @Test
    void damagedDocumentsAreReadOrRefused() {
        var seed = System.nanoTime();
        var random = new Random(seed);
        var odd = "{}[]:,-#&*!|>'\"%@`\n\t \\?~0Pé\u0000\u2028\ufeff\ud83d";
        int read = 0;
        for (int i = 0; i < 3_000; i++) {
            var document = new StringBuilder(WHOLE);
            for (int changes = random.nextInt(4); changes >= 0; changes--) {
                int at = random.nextInt(document.length());
                switch (random.nextInt(3)) {
                    case 0 -> document.deleteCharAt(at);
                    case 1 -> document.insert(at, odd.charAt(random.nextInt(odd.length())));
                    default -> document.setCharAt(at, odd.charAt(random.nextInt(odd.length())));
                }
            }
            try {
                assertThat(PolicyDocument.read(document.toString()).agency().value())
                        .isNotEmpty();
                read++;
            } catch (InvalidConfigurationException e) {
                assertThat(e.problems()).isNotEmpty();
            } catch (RuntimeException | StackOverflowError e) {
                throw new AssertionError("seed " + seed + ", document " + i + ":\n" + document, e);
            }
        }
        assertThat(read).as("read, seed " + seed).isBetween(50, 2_900);
    }

    private static List<String> problems(String document) {
        var refused = catchThrowableOfType(InvalidConfigurationException.class, () -> PolicyDocument.read(document));
        assertThat(refused).as("refused").isNotNull();
        return refused.problems();
    }

    private static List<String> problems(String document, Set<AgencyId> agencies) {
        var refused = Assertions.assertThrows(
                InvalidConfigurationException.class, () -> PolicyDocument.read(document, agencies));
        return refused.problems();
    }

    private static Set<AgencyId> partners(int count) {
        return IntStream.range(0, count).mapToObj(i -> new AgencyId("p" + i)).collect(Collectors.toUnmodifiableSet());
    }

    private static String agreements(int count, int partners) {
        var with = IntStream.range(0, partners).mapToObj(i -> "p" + i).toList();
        return IntStream.range(0, count).mapToObj(i -> """
                          - {id: a%d, match: {mission: m}, with: %s, share: {at: once}, source: a test}
                        """.formatted(i, with)).collect(Collectors.joining());
    }

    private static String rules(String rule) {
        return "agency: isro\nversion: 1\nrules:\n  - " + rule + "\n";
    }

    private static Rule rule(
            String id, String owner, Match match, ReleaseTerms terms, String source, Rule.Confidence confidence) {
        return new Rule(id, owner, match, terms, false, false, source, confidence);
    }

    private static ReleaseTerms exclusive(String period, ClockAnchor anchor) {
        return new ReleaseTerms.ExclusivePeriod(Period.parse(period), anchor);
    }

    private static Match instrument(String name) {
        return match(Set.of(), Set.of(name), Set.of(), Set.of(), Set.of());
    }

    private static Match match(
            Set<String> missions,
            Set<String> instruments,
            Set<String> levels,
            Set<String> classes,
            Set<String> collections) {
        return new Match(missions, instruments, levels, classes, collections);
    }
}
