package space.halley.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdentifiersTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "urn:nasa:pds:insight",
                "urn:nasa:pds:insight:data",
                "urn:nasa:pds:insight:data:p1",
                "urn:nasa:pds:a:b:c:d:e",
                "urn:esa:psa:star.bd+36_2593",
                "urn:nasa:pds:o'neill",
                "urn:nasa:pds:Up[1]{2}|~!#$%&()*,-./;=?@^_"
            })
    void takesIdentifiersOfRealArchives(String lid) {
        assertThat(new Lid(lid)).hasToString(lid);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "urn",
                "urn:nasa:pds",
                "urn:nasa:pds:",
                "urn:nasa::pds:x",
                "urn::nasa:pds:x",
                "URN:nasa:pds:x",
                "urn:nasa:pds:a b",
                "urn:nasa:pds:a\"b",
                "urn:nasa:pds:a<b",
                "urn:nasa:pds:a\\b",
                "urn:nasa:pds:a`b",
                "urn:nasa:pds:a\n",
                "urn:nasa:pds:\u0000",
                "urn:nasa:pds:a\u007f",
                "urn:nasa:pds:ä",
                "urn:1:2:3:4:5:6:7:8",
                "urn:nasa:pds:x::1.0"
            })
    void refusesWhatIsNoIdentifier(String lid) {
        assertThatThrownBy(() -> new Lid(lid))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageStartingWith("logical_identifier: ")
                .message()
                .doesNotContain("\n", "\u0000");
    }

    @Test
    void takesIdentifiersOf255CharactersAndNotMore() {
        var longest = "urn:nasa:pds:" + "x".repeat(Lid.MAX_LENGTH - "urn:nasa:pds:".length());

        assertThat(new Lid(longest).value()).hasSize(255);
        assertThatThrownBy(() -> new Lid(longest + "x"))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("256");
    }

    @Test
    void refusesAnEnormousIdentifierQuicklyAndBriefly() {
        assertThatThrownBy(() -> new Lid("urn:" + "a:".repeat(5_000_000)))
                .isInstanceOf(InvalidValueException.class)
                .message()
                .hasSizeLessThan(200);
    }

    @Test
    void readsAVersionAfterTheLastDoubleColon() {
        var id = Lidvid.parse("urn:nasa:pds:insight:data:p1::1.10");

        assertThat(id.lid()).isEqualTo(Fixtures.LID);
        assertThat(id.vid()).isEqualTo(new Vid(1, 10));
        assertThat(id).hasToString("urn:nasa:pds:insight:data:p1::1.10");
        assertThatThrownBy(() -> Lidvid.parse("::1.0"))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageStartingWith("logical_identifier: ");
        assertThatThrownBy(() -> Lidvid.parse("urn:nasa:pds:insight"))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("version");
        assertThatThrownBy(() -> Lidvid.parse("::1.0")).isInstanceOf(InvalidValueException.class);
    }

    @Test
    void ordersVersionsByNumberAndNotAsFractions() {
        assertThat(List.of(Vid.parse("1.10"), Vid.parse("1.9"), Vid.parse("10.0"), Vid.parse("2.0")).stream()
                        .sorted()
                        .map(Vid::toString))
                .containsExactly("1.9", "1.10", "2.0", "10.0");
        assertThat(Lidvid.parse("urn:a:b:c::1.10")).isGreaterThan(Lidvid.parse("urn:a:b:c::1.9"));
        assertThat(Lidvid.parse("urn:a:b:d::1.0")).isGreaterThan(Lidvid.parse("urn:a:b:c::2.0"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1",
                "1.",
                ".1",
                "1.0.0",
                "01.0",
                "1.00",
                "-1.0",
                "1.-1",
                " 1.0",
                "1.0 ",
                "1,0",
                "1234567890.0",
                "١.٠"
            })
    void refusesWhatIsNoVersion(String vid) {
        assertThatThrownBy(() -> Vid.parse(vid)).isInstanceOf(InvalidValueException.class);
    }

    @Test
    void takesTheLargestVersionNumbers() {
        assertThat(Vid.parse("0.0")).isEqualTo(new Vid(0, 0));
        assertThat(Vid.parse("999999999.0")).isEqualTo(new Vid(999_999_999, 0));
        assertThatThrownBy(() -> new Vid(-1, 0)).isInstanceOf(InvalidValueException.class);
        assertThatThrownBy(() -> new Vid(0, -1)).isInstanceOf(InvalidValueException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "a", "NASA", "1nasa", "na_sa", "na.sa", "na sa", "nasa\n", "a234567890123456789012345678901x"
            })
    void refusesWhatIsNoAgency(String agency) {
        assertThatThrownBy(() -> new AgencyId(agency)).isInstanceOf(InvalidValueException.class);
    }

    @Test
    void takesAgenciesOf2To31Characters() {
        assertThat(new AgencyId("na")).hasToString("na");
        assertThat(new AgencyId("a" + "b".repeat(30)).value()).hasSize(31);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "urn:", "urn:nasa", "nasa:pds:", "urn:nasa:pds", "urn:NASA:", "urn::", "urn:a:b:c:d:e:f:"})
    void refusesWhatIsNoNamespace(String prefix) {
        assertThatThrownBy(() -> new Namespace(prefix)).isInstanceOf(InvalidValueException.class);
    }

    @Test
    void namespacesEndAtAColon() {
        var namespace = new Namespace("urn:nasa:pds:");

        assertThat(namespace.contains(new Lid("urn:nasa:pds:x"))).isTrue();
        assertThat(namespace.contains(new Lid("urn:nasa:pdsx:x"))).isFalse();
        assertThat(namespace.overlaps(new Namespace("urn:nasa:"))).isTrue();
        assertThat(namespace.overlaps(new Namespace("urn:nasa:pds:insight:"))).isTrue();
        assertThat(namespace.overlaps(new Namespace("urn:nasa:pds-geo:"))).isFalse();
    }

    @Test
    void noTwoAgenciesOwnTheSame() {
        var other = new Agency(
                new AgencyId("esa"),
                "ESA",
                List.of(new Namespace("urn:nasa:pds:insight:"), new Namespace("urn:nasa:")));

        assertThatThrownBy(() -> new Agencies(List.of(Fixtures.NASA, other, Fixtures.NASA)))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("nasa is described twice")
                .hasMessageContaining("urn:nasa:pds: of nasa overlaps urn:nasa:pds:insight: of esa")
                .hasMessageContaining("urn:nasa:pds: of nasa overlaps urn:nasa: of esa");
    }

    @Test
    void findsAnAgencyByItsName() {
        var agencies = new Agencies(List.of(Fixtures.NASA));

        assertThat(agencies.find(new AgencyId("nasa"))).contains(Fixtures.NASA);
        assertThat(agencies.find(new AgencyId("esa"))).isEmpty();
    }

    @Test
    void anAgencyOwnsAtLeastOneNamespace() {
        assertThatThrownBy(() -> new Agency(new AgencyId("esa"), "ESA", List.of()))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("owns none");
        assertThatThrownBy(() -> new Agency(new AgencyId("esa"), " ", Fixtures.NASA.namespaces()))
                .isInstanceOf(InvalidValueException.class);
    }
}
