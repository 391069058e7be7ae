package space.halley.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import space.halley.domain.Agency;
import space.halley.domain.Cause;
import space.halley.domain.Embargo;
import space.halley.domain.Namespace;
import space.halley.domain.Product;
import space.halley.schemas.Codecs;
import space.halley.schemas.Input;
import space.halley.testkit.FakeSchemas;

final class AnnouncementsTest {
    private static final Codecs CODECS = Codecs.over(new FakeSchemas());
    private static final Instant NOW = Instant.parse("2026-11-23T00:00:00Z");

    private final HeldTerms terms = new HeldTerms(() -> NOW);
    private final Announcements announcements = new Announcements(CODECS.commands());

    @Test
    void everyAnnouncementHasOneKilobyteAndAProductOfItsOwn() {
        var held = IntStream.of(0, 1, 9_999, 10_000_000).mapToObj(this::held).toList();

        assertThat(held).allSatisfy(bytes -> assertThat(bytes).hasSize(Announcements.BYTES));
        assertThat(held.stream().map(bytes -> said(bytes).lid())).doesNotHaveDuplicates();
    }

    @Test
    void aHeldProductIsHeldAlthoughItsInstantHasPassedAndDueWhenTheTrueTimeComes() {
        var rules = new Embargo(
                new Agency(Site.AGENCY, "The benchmarks", java.util.List.of(new Namespace(Site.NAMESPACE))));
        var said = said(held(1));

        var product = rules.decide(
                        Product.unknown(said.lid()),
                        said.command(),
                        new Cause(0, 0, NOW, said.carriedClock()),
                        java.util.Optional.empty())
                .after();
        var early =
                rules.release(product, new Cause(0, 1, NOW, terms.instant())).after();
        terms.come();
        var due = rules.release(product, new Cause(0, 2, NOW, terms.instant())).after();

        assertThat(product.next()).contains(terms.releaseAt());
        assertThat(early).isEqualTo(product);
        assertThat(due.held()).isEmpty();
    }

    private byte[] held(int n) {
        return announcements.encoded(n, terms.terms(), terms.issuedAt());
    }

    private static Input.Said said(byte[] bytes) {
        return (Input.Said) CODECS.commands().decodeOwn(bytes);
    }
}
