package space.halley.producer.label;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import space.halley.domain.ContentHash;
import space.halley.domain.ContextReference;
import space.halley.domain.ContextReference.Role;
import space.halley.domain.Lid;
import space.halley.domain.Lidvid;
import space.halley.domain.ProductDescription;
import space.halley.domain.ProductDescription.Label;

class ReleaseHistoryTest {
    private static final String HEADING = "lid\tdata_set_id\ttitle\tstart_time\tstop_time\trelease_date\tarchive_status"
            + "\tmissions\tinstrument_hosts\tinstruments\ttargets\tnode\n";
    private static final String ROW = "urn:nasa:pds:context_pds3:data_set:data_set.vg2-n-pls\tVG2-N-PLS-1\t"
            + "VOYAGER 2 NEPTUNE PLASMA\t1989-235T20:00:00Z\t1989-08-27\t1992-04\tARCHIVED\tmission.voyager\t"
            + "spacecraft.vg2\tpls.vg2\tplanet.neptune|satellite.triton|unk.unk\tnode.ppi-ucla";

    @Test
    void readsALineOfTheTable() {
        var releases = ReleaseHistory.read("history.tsv", HEADING + ROW + "\r\n");

        assertThat(releases)
                .containsExactly(new HistoricalRelease(
                        new LabelReading.Read(
                                "history.tsv",
                                new ProductDescription(
                                        Lidvid.parse("urn:nasa:pds:context_pds3:data_set:data_set.vg2-n-pls::1.0"),
                                        "Product_Data_Set_PDS3",
                                        "VOYAGER 2 NEPTUNE PLASMA",
                                        null,
                                        null,
                                        null,
                                        Instant.parse("1989-08-23T20:00:00Z"),
                                        Instant.parse("1989-08-27T23:59:59.999Z"),
                                        List.of(
                                                reference(
                                                        Role.INVESTIGATION, "Voyager", "investigation:mission.voyager"),
                                                reference(Role.HOST, "VG2", "instrument_host:spacecraft.vg2"),
                                                reference(Role.INSTRUMENT, "PLS VG2", "instrument:pls.vg2"),
                                                reference(Role.TARGET, "Neptune", "target:planet.neptune"),
                                                reference(Role.TARGET, "Triton", "target:satellite.triton")),
                                        List.of(),
                                        null,
                                        new Label(
                                                "VG2-N-PLS-1",
                                                ROW.getBytes(StandardCharsets.UTF_8).length,
                                                ContentHash.of(ROW)),
                                        List.of())),
                        Instant.parse("1992-04-01T00:00:00Z"),
                        "ARCHIVED"));
    }

    @ParameterizedTest
    @CsvSource({
        "2007-06-29, 2007-06-29T00:00:00Z",
        "2007, 2007-01-01T00:00:00Z",
        "Unknown,",
        "not applicable,",
        "'',",
    })
    void knowsTheReleaseDateWhereTheTableHasOne(String date, Instant instant) {
        var releases = ReleaseHistory.read("history.tsv", HEADING + ROW.replace("1992-04", date));

        assertThat(releases).singleElement().satisfies(release -> {
            assertThat(release.reading()).isInstanceOf(LabelReading.Read.class);
            assertThat(release.releasedAt()).isEqualTo(instant);
        });
    }

    @ParameterizedTest
    @CsvSource({
        "urn:nasa:pds:context_pds3:data_set, data set, BAD_LID",
        "data_set.vg2-n-pls, data_set.VG2-N-PLS, BAD_LID",
        "VOYAGER 2 NEPTUNE PLASMA, '', NO_TITLE",
        "1992-04, 1992-4-31, BAD_TIME",
        "1989-08-27, late in August, BAD_TIME",
        "VG2-N-PLS-1, '', BAD_ROW",
        "mission.voyager, mission voyager, BAD_ROW",
        "ARCHIVED, 'ARCHIVED\t', BAD_ROW",
    })
    void refusesALineThatCannotBeUsedAndReadsTheNext(String good, String bad, LabelRefusal reason) {
        var releases = ReleaseHistory.read("history.tsv", HEADING + "\n" + ROW.replace(good, bad) + "\n" + ROW + "\n");

        assertThat(releases).hasSize(2);
        assertThat(releases.getFirst().reading()).isInstanceOfSatisfying(LabelReading.Refused.class, refused -> {
            assertThat(refused.reason()).isEqualTo(reason);
            assertThat(refused.line()).isEqualTo(3);
        });
        assertThat(releases.getLast().reading()).isInstanceOf(LabelReading.Read.class);
    }

    @Test
    void findsColumnsByTheirNames() {
        var heading = HEADING.replace("archive_status\tmissions", "missions\tarchive_status");
        var row = ROW.replace("ARCHIVED\tmission.voyager", "mission.voyager\tARCHIVED");

        assertThat(ReleaseHistory.read("history.tsv", heading + row).getFirst().archiveStatus())
                .isEqualTo("ARCHIVED");
    }

    @ParameterizedTest
    @CsvSource({"''", "lid;title", "urn:nasa:pds:a"})
    void refusesATableWithoutTheColumns(String table) {
        assertThat(ReleaseHistory.read("history.tsv", table)).singleElement().satisfies(release -> assertThat(
                        release.reading())
                .isInstanceOfSatisfying(LabelReading.Refused.class, refused -> assertThat(refused.reason())
                        .isEqualTo(LabelRefusal.BAD_ROW)));
    }

    private static ContextReference reference(Role role, String name, String end) {
        return new ContextReference(role, name, new Lid("urn:nasa:pds:context:" + end));
    }
}
