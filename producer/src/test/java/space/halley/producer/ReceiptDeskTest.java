package space.halley.producer;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import space.halley.domain.RefusalReason;
import space.halley.producer.ReceiptDesk.Place;
import space.halley.schemas.Receipt;
import space.halley.testkit.Samples;

final class ReceiptDeskTest {
    private final ReceiptDesk desk = new ReceiptDesk();

    @Test
    void bringsAReceiptToTheCommandThatStandsAtItsPlace() {
        desk.sending("a");
        desk.sending("b");
        var a = desk.appended("a", new Place(1, 7));
        var b = desk.appended("b", new Place(1, 8));

        desk.received(receipt(1, 8, "b"));

        assertThat(a).isNotDone();
        assertThat(b).isCompletedWithValue(receipt(1, 8, "b"));
    }

    @Test
    void keepsAReceiptThatIsReadBeforeItsCommandsPlaceIsKnown() {
        desk.sending("a");
        desk.received(receipt(0, 3, "a"));

        assertThat(desk.appended("a", new Place(0, 3))).isCompletedWithValue(receipt(0, 3, "a"));
        assertThat(desk.size()).isZero();
    }

    @Test
    void keepsAnEarlyReceiptWithoutIdBecauseTheLaneMayNotHaveBeenAbleToReadTheCommand() {
        desk.sending("a");
        desk.received(receipt(0, 3, null));

        assertThat(desk.appended("a", new Place(0, 3))).isCompletedWithValue(receipt(0, 3, null));
    }

    @Test
    void keepsEarlyReceiptsOfACommandThatIsSentToSeveralPlacesUntilAllOfThemAreKnown() {
        desk.sending("a");
        desk.sending("a");
        var first = desk.appended("a", new Place(0, 3));
        desk.received(receipt(1, 5, "a"));

        assertThat(first).isNotDone();
        assertThat(desk.appended("a", new Place(1, 5))).isCompletedWithValue(receipt(1, 5, "a"));

        desk.received(receipt(1, 6, "a"));
        assertThat(desk.size())
                .as("all are known, so this is of another program")
                .isEqualTo(1);
    }

    @Test
    void keepsNothingOfOtherPrograms() {
        desk.sending("a");
        desk.received(receipt(0, 3, "of another program"));
        assertThat(desk.size()).isZero();

        desk.received(receipt(0, 4, null));
        desk.failed("a");
        assertThat(desk.size()).isZero();
    }

    @Test
    void forgetsThoseWhoWaitNoLonger() {
        desk.sending("a");
        var a = desk.appended("a", new Place(0, 3));
        desk.forget(new Place(0, 3));

        desk.received(receipt(0, 3, "a"));

        assertThat(a).isNotDone();
        assertThat(desk.size()).isZero();
    }

    @Test
    void tellsAllWhoWaitWhenItCloses() {
        desk.sending("a");
        var a = desk.appended("a", new Place(0, 3));

        desk.close(new IllegalStateException("closed"));

        assertThat(a).isCompletedExceptionally();
        desk.sending("b");
        assertThat(desk.appended("b", new Place(0, 4)))
                .as("who comes later hears it at once")
                .isCompletedExceptionally();
        assertThat(desk.size()).isZero();
    }

    private static Receipt receipt(int partition, long offset, @Nullable String commandId) {
        return new Receipt(
                Samples.NASA,
                partition,
                offset,
                commandId,
                null,
                new Receipt.Refused(RefusalReason.UNKNOWN_SCHEMA, "for the test"));
    }
}
