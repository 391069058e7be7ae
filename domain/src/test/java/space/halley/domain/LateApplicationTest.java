package space.halley.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * A product's history is a function of the log. It makes no difference whether fences and policy versions reach a product
 * at once, or late, or again and again, as long as they do so in the order of the log and before the next command.
 */
class LateApplicationTest {
    private final Embargo embargo = new Embargo(Fixtures.NASA);

    @Property
    void theHistoryIsTheSameHoweverLateAndOftenFencesAndPoliciesAreApplied(
            @ForAll("histories") List<ReferenceModel.Said> history, @ForAll long seed) {
        var eager = new OneProduct();
        var effects = new ArrayList<Effect>();
        history.forEach(said -> effects.addAll(eager.take(said).effects()));

        var lazy = new Lazy(new Random(seed));
        history.forEach(lazy::take);
        lazy.catchUp();

        assertThat(lazy.effects).isEqualTo(effects);
        assertThat(lazy.product).isEqualTo(eager.product());
    }

    /** A lane that is behind: what waits is applied when a command comes, or when chance wants it, and kept for a while. */
    private final class Lazy {
        private final Random random;
        private final List<ReferenceModel.Said> agenda = new ArrayList<>();
        private final List<Effect> effects = new ArrayList<>();
        private Product product = Product.unknown(Fixtures.LID);
        private Optional<Policy> policy = Optional.empty();

        Lazy(Random random) {
            this.random = random;
        }

        void take(ReferenceModel.Said said) {
            if (said.command() == null) {
                agenda.add(said);
                policy = said.policy() == null ? policy : Optional.of(said.policy());
                if (random.nextInt(4) == 0) {
                    catchUp();
                }
                return;
            }
            catchUp();
            keep(embargo.decide(product, said.command(), said.cause(), policy));
        }

        void catchUp() {
            for (var said : agenda) {
                keep(
                        said.policy() == null
                                ? embargo.release(product, said.cause())
                                : embargo.reevaluate(product, said.policy(), said.cause(), null));
            }
            // All of it has been applied; how much is forgotten is another matter.
            agenda.subList(0, random.nextBoolean() ? 0 : random.nextInt(agenda.size() + 1))
                    .clear();
        }

        private void keep(Decision decision) {
            product = decision.after();
            effects.addAll(decision.effects());
        }
    }

    @Provide
    Arbitrary<List<ReferenceModel.Said>> histories() {
        return Histories.all();
    }
}
