package space.halley.api.catalogue;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static space.halley.api.sample.PublicLogSample.marsImage;
import static space.halley.api.sample.PublicLogSample.reference;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import space.halley.api.sample.PublicLogSample;
import space.halley.domain.ContextReference.Role;

final class CatalogueFoldTest {
    private static final String ID = "urn:nasa:pds:a:b:image::1.0";

    private final PublicLogSample log = new PublicLogSample(1);

    @Test
    void takesTheArchivesDateWhereItIsEarlier() {
        var archived = Instant.parse("2019-05-24T00:00:00Z");

        var step = CatalogueFold.apply(Optional.empty(), log.released(marsImage(ID, "Image"), archived));

        var product = step.after().orElseThrow();
        assertThat(product.releaseDate()).isEqualTo(archived);
        assertThat(product.releasedAt()).isEqualTo(PublicLogSample.FIRST_APPEND);
        assertThat(step.event().kind()).isEqualTo(EventKind.RELEASED);
    }

    /** A lane that was behind, and a broker whose clock is. */
    @Test
    void isReleasedWhenItsRecordWasAppendedAndNotWhenThatWasDecidedBy() {
        var released = log.released(marsImage(ID, "Image"));
        var decided = PublicLogSample.FIRST_APPEND;

        assertThat(releasedAt(released, decided.plusSeconds(45))).isEqualTo(decided.plusSeconds(45));
        assertThat(releasedAt(released, decided.minusMillis(3))).isEqualTo(decided);
    }

    private static Instant releasedAt(LogRecord record, Instant appended) {
        return requireNonNull(CatalogueFold.apply(
                        Optional.empty(), new LogRecord(record.partition(), record.offset(), appended, record.event()))
                .after()
                .orElseThrow()
                .releasedAt());
    }

    @Test
    void leavesNothingOfACancelledProductButTellsWhatItWas() {
        var mars = reference(Role.TARGET, "Mars", null);
        var announced = CatalogueFold.apply(
                        Optional.empty(), log.announced(ID, Instant.parse("2030-01-01T00:00:00Z"), mars))
                .after();

        var step = CatalogueFold.apply(announced, log.cancelled(ID));

        assertThat(step.after()).isEmpty();
        assertThat(step.event().product()).isNotNull();
        assertThat(step.subject()).isEqualTo(announced);
    }

    @Test
    void keepsOfARetractedProductOnlyWhatNamesIt() {
        var released = CatalogueFold.apply(Optional.empty(), log.released(marsImage(ID, "Image")))
                .after();

        var tombstone = CatalogueFold.apply(released, log.retracted(ID, "wrong"))
                .after()
                .orElseThrow();

        assertThat(tombstone.state()).isEqualTo(ReleaseState.RETRACTED);
        assertThat(tombstone.title()).isEqualTo("Image");
        assertThat(tombstone.retractionReason()).isEqualTo("wrong");
        assertThat(tombstone.description()).isNull();
        assertThat(tombstone.files()).isEmpty();
        assertThat(tombstone.keywords()).isEmpty();
        assertThat(tombstone.label()).isNull();
        assertThat(tombstone.references()).isNotEmpty();
    }

    @Test
    void takesARetractionOfWhatItNeverSaw() {
        var step = CatalogueFold.apply(Optional.empty(), log.retracted(ID, "wrong"));

        assertThat(step.after().orElseThrow().lidvid()).isEqualTo(ID);
        assertThat(step.after().orElseThrow().title()).isNull();
    }

    @Test
    void isReadBackFromItsJson() {
        var product = CatalogueFold.apply(Optional.empty(), log.released(marsImage(ID, "Image")))
                .after()
                .orElseThrow();

        assertThat(Json.read(Json.write(product), ProductDetail.class)).isEqualTo(product);
        assertThat(new String(Json.write(product.summary()), StandardCharsets.UTF_8))
                .contains(
                        "\"target_name\":[\"Mars\"]",
                        "\"start_time\":\"2019-01-01T00:00:00Z\"",
                        "\"state\":\"released\"")
                .doesNotContain("null");
    }
}
