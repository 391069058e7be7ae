package space.halley.api.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

final class PositionTest {

    @Property
    void isReadBackFromItsText(@ForAll("positions") Position position) throws InvalidCursorException {
        assertThat(Position.parse(position.toString())).isEqualTo(position);
        var cursor = new StreamCursor("a-log", position);
        assertThat(StreamCursor.parse(cursor.text())).isEqualTo(cursor);
    }

    @Property
    void takesNoForeignTextForACursor(@ForAll String text) {
        try {
            var read = StreamCursor.parse(text);
            assertThat(StreamCursor.parse(read.text())).isEqualTo(read);
        } catch (InvalidCursorException e) {
            assertThat(e).hasMessageContaining("leave it out");
        }
    }

    @Property
    void reachesWhatItIsLaterThan(@ForAll("positions") Position one, @ForAll("positions") Position other) {
        var later = one.later(other);
        assertThat(later.reaches(one)).isTrue();
        assertThat(later.reaches(other)).isTrue();
        assertThat(one.reaches(other)).isEqualTo(later.equals(one));
        assertThat(one.reaches(Position.BEGINNING)).isTrue();
        assertThat(one.distanceTo(later) == 0).isEqualTo(one.reaches(other));
    }

    @Property
    void neverMovesBack(
            @ForAll("positions") Position position,
            @ForAll @IntRange(max = 5) int partition,
            @ForAll @LongRange(max = 20) long offset) {
        var moved = position.after(partition, offset);
        assertThat(moved.reaches(position)).isTrue();
        assertThat(moved.next(partition)).isGreaterThan(offset);
    }

    @Property
    void refusesWhatIsNotAPosition(@ForAll("damaged") String text) {
        assertThatThrownBy(() -> Position.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Provide
    Arbitrary<Position> positions() {
        return Arbitraries.maps(
                        Arbitraries.integers().between(0, 5),
                        Arbitraries.longs().between(0, 20))
                .map((Map<Integer, Long> next) -> Position.of(next));
    }

    @Provide
    Arbitrary<String> damaged() {
        return Arbitraries.of(
                "0", "0:", ":1", "0:1,", ",0:1", "0:1,0:2", "a:1", "0:-1", "00:1", "0:01", "0:1 ", "0:1;1:1");
    }
}
