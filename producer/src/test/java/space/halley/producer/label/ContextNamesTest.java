package space.halley.producer.label;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import space.halley.domain.ContextReference.Role;
import space.halley.domain.Lid;

class ContextNamesTest {

    @ParameterizedTest
    @CsvSource({
        "INVESTIGATION, investigation:mission.apollo_12,           Apollo 12",
        "INVESTIGATION, investigation:mission.2001_mars_odyssey,   2001 Mars Odyssey",
        "INVESTIGATION, investigation:mission.cassini-huygens,     Cassini-Huygens",
        "HOST,          instrument_host:spacecraft.vg1,            VG1",
        "INSTRUMENT,    instrument:sws.a12a,                       SWS A12A",
        "TARGET,        target:satellite.moon,                     Moon",
        "TARGET,        target:satellite.earth.moon,               Moon",
        "TARGET,        target:comet.1p_halley,                    1p Halley",
        "TARGET,        target:star.bd+36_2593,                    Bd+36 2593",
        "OTHER,         facility:observatory.valle_d'aosta,        Valle D'aosta",
        "OTHER,         facility:.,                                .",
    })
    void makesANameOfAnIdentifier(Role role, String end, String name) {
        assertThat(ContextNames.readable(role, new Lid("urn:nasa:pds:context:" + end)))
                .isEqualTo(name);
    }

    @Test
    void hasNoRoleForWhatIsNoContextProduct() {
        assertThat(ContextNames.role(new Lid("urn:nasa:pds:insight_seis:data_seed")))
                .isNull();
        assertThat(ContextNames.role(new Lid("urn:nasa:pds:context:investigation")))
                .isNull();
    }
}
