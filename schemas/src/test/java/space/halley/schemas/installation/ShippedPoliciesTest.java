package space.halley.schemas.installation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import space.halley.domain.Agencies;
import space.halley.domain.Agency;
import space.halley.domain.AgencyId;
import space.halley.domain.Agreement;
import space.halley.domain.Cause;
import space.halley.domain.ClockAnchor;
import space.halley.domain.Command;
import space.halley.domain.ContentHash;
import space.halley.domain.ContextReference;
import space.halley.domain.Embargo;
import space.halley.domain.Existence;
import space.halley.domain.Facts;
import space.halley.domain.Lid;
import space.halley.domain.Lidvid;
import space.halley.domain.Match;
import space.halley.domain.Policy;
import space.halley.domain.Product;
import space.halley.domain.ProductDescription;
import space.halley.domain.ReleasePlan;
import space.halley.domain.ReleaseTerms;
import space.halley.domain.Rule;
import space.halley.domain.VersionState;
import space.halley.domain.Vid;

/** The policies in {@code agencies/} against what the archives really did. */
class ShippedPoliciesTest {
    private static final Path ROOT = Path.of(String.valueOf(System.getProperty("halley.root")));
    private static final Agencies AGENCIES = AgencyProfiles.load(ROOT.resolve("agencies"));
    private static final Map<AgencyId, Policy> POLICIES = policies();
    private static final Command.Statement STATEMENT = new Command.Statement("1", "archive", "");
    private static final Duration DAY = Duration.ofDays(1);

    @Test
    void everyAgencyHasAPolicyOfItsOwn() {
        assertThat(POLICIES).hasSize(AGENCIES.all().size()).hasSize(8);
        POLICIES.forEach((agency, policy) -> {
            assertThat(policy.agency()).isEqualTo(agency);
            assertThat(policy.number()).as(agency.value()).isEqualTo(1);
        });
    }

    @Test
    void everyEventThatARuleNamesIsKnownAndEveryKnownEventIsNamed() {
        for (var policy : POLICIES.values()) {
            var terms = Stream.concat(
                    policy.rules().stream().map(Rule::terms),
                    policy.agreements().stream().map(Agreement::terms));
            var named = new HashSet<String>();
            terms.forEach(one -> {
                if (one instanceof ReleaseTerms.ExclusivePeriod period
                        && period.anchor() instanceof ClockAnchor.MissionEvent event) {
                    named.add(event.name());
                }
            });
            assertThat(policy.events().keySet()).as(policy.agency().value()).isEqualTo(named);
        }
    }

    @Test
    void descriptionsAreReleasedAtOnceWhateverMissionAndInstrumentTheyBelongTo() {
        for (var policy : POLICIES.values()) {
            for (var one : criteria(policy)) {
                var mission = one.missions().stream().findFirst().orElse(null);
                var instrument = one.instruments().stream().findFirst().orElse(null);
                for (var productClass : List.of(
                        "Product_Bundle",
                        "Product_Collection",
                        "Product_Context",
                        "Product_Document",
                        "Product_SPICE_Kernel")) {
                    var product = product(policy.agency(), mission, instrument, "Derived", productClass, null);

                    assertThat(policy.rulesFor(product))
                            .as(policy.agency() + ": " + one)
                            .extracting(Rule::id)
                            .containsExactly("descriptions");
                }
            }
        }
    }

    /** A misspelt name would silently leave a mission to the general rule. */
    @Test
    void everyMissionAndInstrumentIsOneThatLabelsName() throws IOException {
        var labels = ROOT.resolveSibling("shared").resolve("labels");
        assumeThat(labels)
                .as("the collection of real labels beside the checkout")
                .isDirectory();
        var known = identifiers(labels);
        known.addAll(identifiers(ROOT.resolve("samples")));
        var catalogue = ROOT.resolveSibling("shared").resolve("facts").resolve("pds3-data-set-releases.tsv");
        for (var word : Files.readString(catalogue).split("[\\t\\n|]", -1)) {
            known.add(word);
        }
        for (var policy : POLICIES.values()) {
            for (var match : criteria(policy)) {
                var names = Stream.concat(match.missions().stream(), match.instruments().stream());
                assertThat(names.filter(name -> name.contains(".")).filter(name -> !known.contains(name)))
                        .as(policy.agency() + ": " + match)
                        .isEmpty();
            }
        }
    }

    /**
     * Real releases. A policy follows a rule and an archive follows its calendar, so they differ by days; {@code within}
     * is how many.
     */
    @ParameterizedTest(name = "{0} {1} {2}")
    @CsvSource(nullValues = "-", textBlock = """
            # agency, mission,            instrument,   level,      acquired until,           by the policy,            released,  within
            nasa, mission.insight,        -,            Raw,        2019-03-31T23:00:00Z,     2019-07-01T00:00:00Z,     2019-06-26, 5
            nasa, mission.insight,        seis.insight, Calibrated, 2019-06-30T23:59:59Z,     2019-10-01T00:00:00Z,     2019-09-23, 8
            nasa, mission.insight,        seis.insight, Raw,        2019-07-01T00:00:00Z,     2020-01-01T00:00:00Z,     2020-01-02, 1
            nasa, mission.insight,        icc.insight,  Raw,        2019-12-31T23:59:59Z,     2020-04-01T00:00:00Z,     2020-04-01, 0
            nasa, mission.maven,          iuvs.maven,   Raw,        2015-11-14T12:00:00Z,     2016-03-03T00:00:00Z,     2016-03-03, 0
            nasa, mission.maven,          mag.maven,    Calibrated, 2016-02-14T12:00:00Z,     2016-06-01T00:00:00Z,     2016-05-27, 5
            nasa, mission.maven,          -,            Derived,    2016-05-14T12:00:00Z,     2016-09-01T00:00:00Z,     2016-08-19, 13
            nasa, mission.maven,          -,            Derived,    2016-08-14T12:00:00Z,     2016-12-02T00:00:00Z,     2016-11-15, 17
            nasa, mission.cassini-huygens, issna.co,    Raw,        2015-09-11T06:42:43.196Z, 2016-07-01T00:00:00Z,     2016-07-01, 0
            nasa, mission.cassini-huygens, mag.co,      Calibrated, 2014-12-31T23:59:30Z,     2015-10-01T00:00:00Z,     2015-10-13, 12
            nasa, mission.cassini-huygens, disr.hp,     Calibrated, 2005-01-14T12:49:07Z,     2006-07-14T12:49:07Z,     2006-07-15, 1
            nasa, mission.lunar_reconnaissance_orbiter, lro.dlre, Raw, 2016-03-15T23:59:59.897Z, 2016-06-16T00:00:00Z,  2016-06-15, 1
            nasa, mission.lunar_reconnaissance_orbiter, lro.dlre, Derived, 2012-09-15T22:00:00Z, 2013-03-16T00:00:00Z,  2013-03-15, 1
            nasa, mission.lunar_reconnaissance_orbiter, lro.lamp, Derived, 2010-09-14T00:00:00Z, 2011-03-16T00:00:00Z,  2011-03-15, 1
            nasa, mission.chandrayaan-1,  m3.ch1-orb,   Raw,        2009-08-28T00:00:00Z,     2010-07-19T00:00:00Z,     2010-07-19, 0
            nasa, mission.chandrayaan-1,  m3.ch1-orb,   Calibrated, 2009-08-16T04:58:33Z,     2011-10-21T00:00:00Z,     2011-10-21, 0
            isro, mission.chandrayaan-1,  m3.ch1-orb,   Calibrated, 2009-08-16T04:58:33Z,     2011-10-21T00:00:00Z,     2011-10-21, 0
            nasa, mission.chandrayaan-1,  m3.ch1-orb,   Derived,    2009-08-16T05:25:55Z,     2011-11-30T00:00:00Z,     2011-11-30, 0
            isro, mission.chandrayaan-1,  m3.ch1-orb,   Derived,    2009-08-16T05:25:55Z,     2011-11-30T00:00:00Z,     2011-11-30, 0
            esa,  mission.cassini-huygens, disr.hp,     Calibrated, 2005-01-14T12:49:07Z,     2006-07-14T12:49:07Z,     2006-07-15, 1
            jaxa, mission.kaguya,         kaguya.lism,  Derived,    2008-10-30T00:00:00Z,     2009-10-31T15:00:00Z,     2009-11-01, 1
            jaxa, mission.vco,            vco.uvi,      Calibrated, 2023-06-08T12:00:00Z,     2024-06-09T00:00:00Z,     2024-06-01, 8
            isro, mission.chandrayaan-3,  -,            Raw,        2023-09-01T00:00:00Z,     2024-08-23T18:30:00Z,     2024-08-23, 1
            uae,  mission.hope,           -,            Calibrated, 2021-11-30T23:59:59Z,     2022-04-01T00:00:00Z,     2022-04-01, 0
            uae,  mission.hope,           -,            Calibrated, 2022-03-01T00:00:00Z,     2022-10-01T00:00:00Z,     2022-10-01, 0
            """)
    void releasesLikeTheArchivesDid(
            String agency,
            String mission,
            @Nullable String instrument,
            String level,
            Instant stop,
            Instant planned,
            LocalDate released,
            int within) {
        var product = product(new AgencyId(agency), mission, instrument, level, "Product_Observational", stop);

        var plan = plan(product, stop.plus(DAY), null);

        assertThat(plan.releaseAt()).as(plan.grounds().sentence()).contains(planned);
        var real = released.atStartOfDay().toInstant(ZoneOffset.UTC);
        assertThat(Duration.between(planned, real).abs())
                .as("days between the policy and the archive")
                .isLessThanOrEqualTo(Duration.ofDays(within));
    }

    /** Rules whose result is known although no product's dates are. */
    @ParameterizedTest(name = "{0} {1} {2}")
    @CsvSource(nullValues = "-", textBlock = """
            # agency, mission,       instrument,   level, acquired until,       by the policy
            nasa, mission.juno,      junocam.jno,  Raw,   2021-08-31T12:00:00Z, 2022-04-01T00:00:00Z
            nasa, mission.kplo,      kplo.shc,     Raw,   2023-03-01T00:00:00Z, 2023-10-01T00:00:00Z
            nasa, mission.lunar_reconnaissance_orbiter, lro.lroc, Raw, 2019-01-20T00:00:00Z, 2019-05-16T00:00:00Z
            nasa, mission.lunar_reconnaissance_orbiter, lro.lroc, Derived, 2019-01-20T00:00:00Z, 2019-09-16T00:00:00Z
            nasa, mission.cassini-huygens, issna.co, Raw, 2000-12-30T00:00:00Z, 2001-10-01T00:00:00Z
            nasa, mission.insight,   -,            Raw,   2018-05-09T00:00:00Z, 2018-10-01T00:00:00Z
            nasa, mission.maven,     -,            Raw,   2014-09-22T00:00:00Z, 2015-03-04T00:00:00Z
            jaxa, mission.vco,       vco.uvi,      Raw,   2015-12-07T00:00:00Z, 2016-12-09T00:00:00Z
            esa,  mission.mars_express, mex.hrsc,  Raw,   2023-08-31T00:00:00Z, 2024-02-29T00:00:00Z
            esa,  mission.em16,      tgo.cassis,   Raw,   2018-11-26T00:00:00Z, 2019-05-26T00:00:00Z
            jaxa, mission.hyb2,      hyb2.onc,     Raw,   2020-02-29T00:00:00Z, 2021-02-28T00:00:00Z
            isro, mission.chandrayaan-1, -,        Raw,   2009-08-28T00:00:00Z, 2010-08-28T00:00:00Z
            isro, mission.mangalyaan, -,           Raw,   2014-12-01T00:00:00Z, 2015-09-24T18:30:00Z
            kari, mission.kplo,      kplo.polcam,  Raw,   2023-03-01T00:00:00Z, 2024-02-28T15:00:00Z
            cnsa, mission.tianwen_1, -,            Raw,   2021-11-30T00:00:00Z, 2022-06-01T00:00:00Z
            cnsa, mission.tianwen_1, instrument.zhurong.romag, Raw, 2021-11-30T00:00:00Z, 2022-11-01T00:00:00Z
            roscosmos, mission.em16, -,            Raw,   2018-11-26T00:00:00Z, 2019-05-26T00:00:00Z
            """)
    void releasesByTheRule(
            String agency, String mission, @Nullable String instrument, String level, Instant stop, Instant planned) {
        var product = product(new AgencyId(agency), mission, instrument, level, "Product_Observational", stop);

        var plan = plan(product, stop.plus(DAY), null);

        assertThat(plan.releaseAt()).as(plan.grounds().sentence()).contains(planned);
    }

    @Test
    void rawImagesOfRoversAreNotHeldAndWhatMayBeAWarningWaitsForItsReviewAlone() {
        var stop = Instant.parse("2024-01-01T00:00:00Z");
        var nasa = new AgencyId("nasa");

        assertThat(isPublic(
                        product(nasa, "mission.mars2020", "mars2020.mastcamz", "Raw", "Product_Observational", stop)))
                .isTrue();
        assertThat(isPublic(product(
                        nasa, "mission.mars2020", "mars2020.mastcamz", "Calibrated", "Product_Observational", stop)))
                .isFalse();

        var observed = product(nasa, "individual.spacewatch", null, "Raw", "Product_Observational", stop);
        assertThat(isPublic(observed)).isFalse();
        assertThat(plan(observed, stop.plus(DAY), null).grounds().missing())
                .hasValueSatisfying(missing -> assertThat(missing).contains("review"));
    }

    @Test
    void rosettaIsHeldUntilItsReceptionIsKnown() {
        var stop = Instant.parse("2014-08-06T00:00:00Z");
        var product = product(
                new AgencyId("esa"),
                "mission.international_rosetta_mission",
                "osinac.ro",
                "Raw",
                "Product_Observational",
                stop);

        assertThat(plan(product, stop.plus(DAY), null).releaseAt()).isEmpty();
        assertThat(plan(product, stop.plus(DAY), null).grounds().missing()).contains("the reception on Earth");
        assertThat(plan(product, stop.plus(DAY), stop.plus(Duration.ofHours(3))).releaseAt())
                .contains(Instant.parse("2015-02-06T03:00:00Z"));
    }

    @Test
    void chandrayaan2IsHeldUntilItsReviewIsPassed() {
        var stop = Instant.parse("2019-10-01T00:00:00Z");
        var isro = new AgencyId("isro");
        var product = product(isro, "investigation.chandrayaan-2", null, "Calibrated", "Product_Observational", stop);
        var embargo = embargo(isro);
        var held = embargo.decide(
                        Product.unknown(product.id().lid()),
                        announce(product, null),
                        cause(1, stop.plus(DAY)),
                        Optional.of(policy(isro)))
                .after();
        assertThat(held(held).plan().grounds().missing()).contains("the review");

        var early = new Command.StateFact(
                STATEMENT, product.id(), Facts.Kind.REVIEW, Instant.parse("2020-03-01T00:00:00Z"));
        var late = new Command.StateFact(
                STATEMENT, product.id(), Facts.Kind.REVIEW, Instant.parse("2020-12-24T00:00:00Z"));
        var cause = cause(2, stop.plus(DAY).plus(DAY));

        assertThat(held(embargo.decide(held, early, cause, Optional.of(policy(isro)))
                                .after())
                        .plan()
                        .releaseAt())
                .contains(Instant.parse("2020-10-01T00:00:00Z"));
        assertThat(held(embargo.decide(held, late, cause, Optional.of(policy(isro)))
                                .after())
                        .plan()
                        .releaseAt())
                .contains(Instant.parse("2020-12-24T00:00:00Z"));
    }

    @Test
    void whatIsOlderThanItsPeriodIsPublicTheMomentItIsDelivered() {
        var product = product(
                new AgencyId("esa"),
                "mission.em16",
                "tgo.cassis",
                "Raw",
                "Product_Observational",
                Instant.parse("2018-11-26T00:00:00Z"));

        var after = announced(product, Instant.parse("2019-05-26T00:00:00Z"), null);

        assertThat(after.versions().getFirst().state())
                .isEqualTo(new VersionState.Public(Instant.parse("2019-05-26T00:00:00Z")));
    }

    @Test
    void theRuleIsTheInstrumentProvidersAndItsPartnersReceiveTheDataEarlier() {
        var esa = new AgencyId("esa");
        var stop = Instant.parse("2018-11-26T00:00:00Z");
        var acs = product(
                "urn:esa:psa:em16_tgo_acs:data_partially_processed:x",
                "mission.em16",
                null,
                "Partially Processed",
                "Product_Observational",
                stop);
        var delivered = stop.plus(DAY);

        var plan = plan(acs, delivered, null);

        assertThat(plan.grounds().owner()).contains("Roscosmos / IKI");
        assertThat(policy(esa).agreementsFor(acs)).extracting(Agreement::id).containsExactly("acs-provider");
        var opened = (VersionState.Held)
                announced(acs, delivered, null).versions().getFirst().state();
        assertThat(opened.opened()).containsExactly(new AgencyId("roscosmos"));

        var m3 = product(
                new AgencyId("nasa"), "mission.chandrayaan-1", "m3.ch1-orb", "Raw", "Product_Observational", stop);
        assertThat(policy(new AgencyId("nasa")).agreementsFor(m3))
                .flatExtracting(Agreement::partners)
                .containsExactly(new AgencyId("isro"));
        var shadowcam = product(new AgencyId("nasa"), "mission.kplo", "kplo.shc", "Raw", "Product_Observational", stop);
        assertThat(policy(new AgencyId("nasa")).rulesFor(shadowcam))
                .extracting(Rule::owner)
                .containsExactly("NASA");
    }

    private static Map<AgencyId, Policy> policies() {
        var policies = new TreeMap<AgencyId, Policy>();
        for (var agency : AGENCIES.all()) {
            var file = ROOT.resolve("agencies").resolve(agency.id().value()).resolve("policy.yaml");
            policies.put(agency.id(), PolicyDocument.load(file, AGENCIES).policy());
        }
        return policies;
    }

    private static Policy policy(AgencyId agency) {
        return Optional.ofNullable(POLICIES.get(agency)).orElseThrow();
    }

    private static Embargo embargo(AgencyId agency) {
        return new Embargo(AGENCIES.find(agency).orElseThrow());
    }

    private static List<Match> criteria(Policy policy) {
        var criteria = new ArrayList<Match>();
        policy.rules().forEach(rule -> criteria.add(rule.match()));
        policy.agreements().forEach(agreement -> criteria.add(agreement.match()));
        return criteria;
    }

    /** The last parts of all context identifiers in the labels below a folder. */
    private static Set<String> identifiers(Path folder) throws IOException {
        var form = Pattern.compile("urn:[a-z]+:[a-z]+:[^<\\s,]*?context:([^<\\s,]*?)(::[0-9.]+)?[<\\s,]");
        var found = new HashSet<String>();
        try (var files = Files.walk(folder)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                var matcher = form.matcher(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
                while (matcher.find()) {
                    var id = matcher.group(1).toLowerCase(Locale.ROOT);
                    found.add(id.substring(id.lastIndexOf(':') + 1));
                }
            }
        }
        return found;
    }

    private static boolean isPublic(ProductDescription product) {
        var stop = Optional.ofNullable(product.stopTime()).orElseThrow();
        return announced(product, stop.plus(DAY), null).versions().getFirst().state() instanceof VersionState.Public;
    }

    private static ReleasePlan plan(ProductDescription product, Instant delivered, @Nullable Instant reception) {
        return held(announced(product, delivered, reception)).plan();
    }

    private static VersionState.Held held(Product product) {
        return (VersionState.Held) product.versions().getFirst().state();
    }

    /** The product after its announcement, which leaves the terms to the policy. */
    private static Product announced(ProductDescription product, Instant delivered, @Nullable Instant reception) {
        var lid = product.id().lid();
        var agency = AGENCIES.all().stream()
                .filter(one -> one.owns(lid))
                .map(Agency::id)
                .findFirst()
                .orElseThrow();
        return embargo(agency)
                .decide(
                        Product.unknown(lid),
                        announce(product, reception),
                        cause(1, delivered),
                        Optional.of(policy(agency)))
                .after();
    }

    private static Command.Announce announce(ProductDescription product, @Nullable Instant reception) {
        return new Command.Announce(
                STATEMENT, product, new ReleaseTerms.ByPolicy(), Existence.PUBLIC, null, reception, false);
    }

    private static Cause cause(long offset, Instant at) {
        return new Cause(0, offset, at, at);
    }

    private static ProductDescription product(
            AgencyId agency,
            @Nullable String mission,
            @Nullable String instrument,
            String level,
            String productClass,
            @Nullable Instant stop) {
        var namespace = AGENCIES.find(agency).orElseThrow().namespaces().getFirst();
        return product(namespace + "bundle:data:x", mission, instrument, level, productClass, stop);
    }

    private static ProductDescription product(
            String lid,
            @Nullable String mission,
            @Nullable String instrument,
            String level,
            String productClass,
            @Nullable Instant stop) {
        var context = new ArrayList<ContextReference>();
        if (mission != null) {
            context.add(context(ContextReference.Role.INVESTIGATION, "investigation", mission));
        }
        if (instrument != null) {
            context.add(context(ContextReference.Role.INSTRUMENT, "instrument", instrument));
        }
        return new ProductDescription(
                new Lidvid(new Lid(lid), new Vid(1, 0)),
                productClass,
                "x",
                null,
                null,
                level,
                null,
                stop,
                context,
                List.of(),
                null,
                new ProductDescription.Label("x.xml", 1, ContentHash.of("x")),
                List.of());
    }

    /** Names that are no identifiers are looked up by the name that a label has. */
    private static ContextReference context(ContextReference.Role role, String kind, String id) {
        var lid = id.contains(".") ? new Lid("urn:nasa:pds:context:" + kind + ":" + id) : null;
        return new ContextReference(role, lid == null ? id : "as the label has it", lid);
    }
}
