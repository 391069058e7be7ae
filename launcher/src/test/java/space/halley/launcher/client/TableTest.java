package space.halley.launcher.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

final class TableTest {
    private static final Table.Row ROW = new Table.Row(
            "2019-05-24",
            "nasa",
            "InSight",
            "Mars",
            "InSight SEIS, Sol 128: the first marsquake",
            "urn:nasa:pds:insight_seis:data_seed:xb.elyse.2019.096::1.0");

    @Test
    void putsEverythingInOneLineWhereThereIsRoom() {
        assertThat(Table.lines(List.of(ROW), 160, true))
                .containsExactly(
                        "released    agency  mission  target  title                                       lidvid",
                        "2019-05-24  nasa    InSight  Mars    InSight SEIS, Sol 128: the first marsquake  "
                                + ROW.lidvid());
    }

    @Test
    void cutsTheTitleBeforeAnythingElse() {
        assertThat(Table.lines(List.of(ROW), 125, false))
                .containsExactly("2019-05-24  nasa    InSight  Mars    InSight SEIS, Sol 128: the…   " + ROW.lidvid());
    }

    @Test
    void putsTheIdentifierInALineOfItsOwnWhereThereIsLittleRoom() {
        assertThat(Table.lines(List.of(ROW), 80, true))
                .containsExactly(
                        "2019-05-24  nasa    InSight  Mars    InSight SEIS, Sol 128: the first marsquake",
                        "            " + ROW.lidvid());
    }

    @Test
    void cutsNothingForPrograms() {
        var row = new Table.Row("", "", "m".repeat(300), "t".repeat(300), "x".repeat(300), ROW.lidvid());

        assertThat(Table.lines(List.of(row), 0, false))
                .singleElement()
                .asString()
                .contains(row.mission(), row.target(), row.title(), row.lidvid());
    }

    @Property
    void neverCutsAnIdentifierAndNeverExceedsTheWidthWithAnythingElse(
            @ForAll("rows") List<Table.Row> rows, @ForAll @IntRange(min = 80, max = 250) int width) {
        var lines = Table.lines(rows, width, true);

        assertThat(rows).allSatisfy(row -> assertThat(lines).anyMatch(line -> line.endsWith(row.lidvid())));
        assertThat(lines)
                .allMatch(line -> line.length() <= width || line.strip().startsWith("urn:"));
    }

    @Provide
    Arbitrary<List<Table.Row>> rows() {
        var text = Arbitraries.strings().alpha().ofMaxLength(60);
        var id = Arbitraries.strings().alpha().ofMinLength(1).ofMaxLength(120).map(part -> "urn:x:y:" + part + "::1.0");
        return Combinators.combine(text, text, text, text, text, id)
                .as(Table.Row::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(5);
    }
}
