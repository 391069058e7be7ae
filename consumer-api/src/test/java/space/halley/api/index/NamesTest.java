package space.halley.api.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import space.halley.api.catalogue.Reference;
import space.halley.domain.ContextReference.Role;

final class NamesTest {

    @ParameterizedTest
    @CsvSource({
        "OSIRIS-REx, osirisrex",
        "'67P/Churyumov–Gerasimenko 1 (1969 R1)', 67pchuryumovgerasimenko11969r1",
        "Lutétia, lutetia",
        "嫦娥五号, 嫦娥五号",
        "'  ', ''",
        "star.bd+36_2593, starbd362593",
    })
    void compactsANameToItsLettersAndDigits(String name, String compact) {
        assertThat(Names.compact(name)).isEqualTo(compact);
    }

    @Property
    void compactsTheSameWithAndWithoutTheShortWay(@ForAll String text) {
        assertThat(Names.compact(text)).isEqualTo(Names.compact(Names.compact(text)));
        assertThat(Names.compact(text + "é")).isEqualTo(Names.compact(text) + "e");
    }

    @Test
    void takesAMoonForNoPlanet() {
        assertThat(forms(Role.TARGET, "Moon", "urn:nasa:pds:context:target:satellite.earth.moon"))
                .contains("moon", "earthmoon", "satelliteearthmoon")
                .doesNotContain("earth");
    }

    @Test
    void takesNoSpacecraftForAnInstrument() {
        var references = List.of(
                new Reference("host", "New Horizons", "urn:nasa:pds:context:instrument_host:spacecraft.nh"),
                new Reference("instrument", "MVIC", "urn:nasa:pds:context:instrument:nh.mvic"));

        assertThat(Names.of(references).get(Role.INSTRUMENT))
                .contains("mvic", "nhmvic")
                .doesNotContain("nh");
    }

    @Test
    void findsAnAbbreviationInBrackets() {
        assertThat(forms(Role.INSTRUMENT, "Mars Descent Imager (MARDI)", null))
                .containsExactlyInAnyOrder("marsdescentimagermardi", "marsdescentimager", "mardi");
    }

    private static Set<String> forms(Role role, String name, @Nullable String lid) {
        var references = List.of(new Reference(role.name().toLowerCase(Locale.ROOT), name, lid));
        return Names.of(references).getOrDefault(role, Set.of());
    }
}
