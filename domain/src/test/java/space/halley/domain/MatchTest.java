package space.halley.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MatchTest {
    private static final ProductDescription PRODUCT = Fixtures.product(
            Fixtures.id("1.0"),
            "x",
            Fixtures.STOP,
            "Partially Processed",
            Fixtures.ofMission("Hera"),
            Fixtures.ofInstrument("AFC"),
            Fixtures.ofInstrument("TIRI"));
    private static final ProductDescription BARE =
            Fixtures.product(Fixtures.id("1.0"), "x", null, null, new ContextReference[0]);

    @Test
    void everyProductMeetsAMatchWithoutCriteria() {
        assertThat(Match.EVERYTHING.meets(PRODUCT)).isTrue();
        assertThat(Match.EVERYTHING.meets(BARE)).isTrue();
        assertThat(Match.EVERYTHING).hasToString("every product");
    }

    @Test
    void comparesMissionsByTheirReferenceOrTheirName() {
        assertThat(Fixtures.mission("mission.hera").meets(PRODUCT)).isTrue();
        assertThat(Fixtures.mission("HERA").meets(PRODUCT)).isTrue();
        assertThat(Fixtures.mission("juice", "hera").meets(PRODUCT)).isTrue();
        assertThat(Fixtures.mission("mission").meets(PRODUCT)).isFalse();
        assertThat(Fixtures.mission("afc").meets(PRODUCT)).isFalse();
        assertThat(Fixtures.mission("hera").meets(BARE)).isFalse();
    }

    @Test
    void comparesInstrumentsLevelsAndClassesWithoutRegardToCase() {
        assertThat(Fixtures.instrument("afc").meets(PRODUCT)).isTrue();
        assertThat(Fixtures.instrument("tiri").meets(PRODUCT)).isTrue();
        assertThat(Fixtures.instrument("hera").meets(PRODUCT)).isFalse();
        assertThat(Fixtures.level("PARTIALLY PROCESSED").meets(PRODUCT)).isTrue();
        assertThat(Fixtures.level("raw").meets(PRODUCT)).isFalse();
        assertThat(Fixtures.level("raw").meets(BARE)).isFalse();
        var observations = new Match(Set.of(), Set.of(), Set.of(), Set.of("product_OBSERVATIONAL"), Set.of());
        var documents = new Match(Set.of(), Set.of(), Set.of(), Set.of("product_document"), Set.of());
        assertThat(observations.meets(PRODUCT)).isTrue();
        assertThat(documents.meets(PRODUCT)).isFalse();
    }

    @Test
    void aBundlesMembersAreMeantToo() {
        assertThat(Fixtures.collection("urn:nasa:pds:insight").meets(PRODUCT)).isTrue();
        assertThat(Fixtures.collection("urn:nasa:pds:insight:data").meets(PRODUCT))
                .isTrue();
        assertThat(Fixtures.collection(Fixtures.LID.value()).meets(PRODUCT)).isTrue();
        assertThat(Fixtures.collection("urn:nasa:pds:insight:dat").meets(PRODUCT))
                .isFalse();
        assertThat(Fixtures.collection("urn:nasa:pds:insight:data:p1:x").meets(PRODUCT))
                .isFalse();
        assertThat(Fixtures.collection("urn:nasa:pds:INSIGHT").meets(PRODUCT)).isFalse();
        assertThat(Fixtures.collection("urn:x", "urn:nasa:pds:insight").meets(PRODUCT))
                .isTrue();
    }

    @Test
    void everyCriterionMustBeMet() {
        var criteria = List.of(
                new Match(Set.of("hera"), Set.of("afc"), Set.of(), Set.of(), Set.of()),
                new Match(Set.of("juice"), Set.of("afc"), Set.of(), Set.of(), Set.of()),
                new Match(Set.of("hera"), Set.of("jura"), Set.of(), Set.of(), Set.of()));

        assertThat(criteria.stream().map(match -> match.meets(PRODUCT))).containsExactly(true, false, false);
    }

    @Test
    void anInstrumentCountsForMoreThanAllOtherCriteria() {
        var others = new Match(Set.of("a"), Set.of(), Set.of("b"), Set.of("c"), Set.of("d"));

        assertThat(Match.EVERYTHING.specificity()).isZero();
        assertThat(others.specificity()).isEqualTo(4);
        assertThat(Fixtures.instrument("x").specificity()).isGreaterThan(others.specificity());
        assertThat(new Match(Set.of("a"), Set.of("x"), Set.of(), Set.of(), Set.of()).specificity())
                .isGreaterThan(Fixtures.instrument("x").specificity());
    }

    @Test
    void twoMatchesOverlapIfOneProductOfOneMissionAndInstrumentCanMeetBoth() {
        assertThat(Fixtures.mission("a").overlaps(Fixtures.mission("b", "A"))).isTrue();
        assertThat(Fixtures.mission("a").overlaps(Fixtures.mission("b"))).isFalse();
        assertThat(Fixtures.instrument("a").overlaps(Fixtures.instrument("b"))).isFalse();
        assertThat(Fixtures.level("a").overlaps(Fixtures.level("b"))).isFalse();
        assertThat(Fixtures.mission("a").overlaps(Fixtures.instrument("b"))).isTrue();
        assertThat(Match.EVERYTHING.overlaps(Fixtures.mission("a"))).isTrue();
        assertThat(Fixtures.mission("a").overlaps(Match.EVERYTHING)).isTrue();
        var document = new Match(Set.of(), Set.of(), Set.of(), Set.of("document"), Set.of());
        var bundle = new Match(Set.of(), Set.of(), Set.of(), Set.of("bundle"), Set.of());
        assertThat(document.overlaps(bundle)).isFalse();
    }

    @Test
    void collectionsOverlapIfOneLiesInTheOther() {
        var bundle = Fixtures.collection("urn:a:b:c");

        assertThat(bundle.overlaps(Fixtures.collection("urn:a:b:c:d"))).isTrue();
        assertThat(Fixtures.collection("urn:a:b:c:d").overlaps(bundle)).isTrue();
        assertThat(bundle.overlaps(bundle)).isTrue();
        assertThat(bundle.overlaps(Fixtures.collection("urn:a:b:cd"))).isFalse();
    }

    @Test
    void saysWhatItIsAbout() {
        assertThat(new Match(Set.of("B", "a"), Set.of("x"), Set.of("raw"), Set.of("c"), Set.of("urn:a:b:c")))
                .hasToString(
                        "mission a or b, instrument x, processing level raw, product class c, collection urn:a:b:c");
    }
}
