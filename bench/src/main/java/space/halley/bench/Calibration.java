package space.halley.bench;

import java.time.InstantSource;
import space.halley.schemas.Topics;

/** Lets a lane hold and release a few products, to see how much it writes. */
final class Calibration {
    private static final int PRODUCTS = 2_000;

    private final InstantSource clock;

    Calibration(InstantSource clock) {
        this.clock = clock;
    }

    Shape shape() throws Exception {
        try (var site = Site.open()) {
            var terms = new HeldTerms(clock);
            new Feed(site, Site.AGENCY).announce(0, PRODUCTS, n -> terms.terms(), terms.issuedAt());
            var watch = new CommitWatch(site.kafka().admin());
            try (var lane = Contender.lane().start(site, terms)) {
                watch.commands(PRODUCTS);
                lane.expectUp("lane");
                var journal = content(site, Topics.JOURNAL);
                var catalogue = content(site, Topics.CATALOG);
                var states = content(site, Topics.changelog(Site.AGENCY, Topics.Store.PRODUCTS));
                terms.come();
                watch.releases(PRODUCTS);
                return new Shape(
                        journal.averageValue(),
                        content(site, Topics.receipts(Site.AGENCY)).averageValue(),
                        catalogue.averageValue(),
                        states.averageValue(),
                        content(site, Topics.PUBLIC).averageValue(),
                        content(site, Topics.JOURNAL).minus(journal).averageValue(),
                        content(site, Topics.CATALOG).minus(catalogue).averageValue(),
                        content(site, Topics.changelog(Site.AGENCY, Topics.Store.PRODUCTS))
                                .minus(states)
                                .averageValue());
            }
        }
    }

    private static TopicContent content(Site site, String topic) {
        return TopicContent.of(site.kafka().clientConfig(), topic);
    }
}
