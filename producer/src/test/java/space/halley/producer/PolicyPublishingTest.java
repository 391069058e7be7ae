package space.halley.producer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import space.halley.audit.LogReader;
import space.halley.domain.ContentHash;
import space.halley.domain.Existence;
import space.halley.domain.Facts;
import space.halley.domain.RefusalReason;
import space.halley.domain.ReleaseTerms;
import space.halley.schemas.Codecs;
import space.halley.schemas.Input;
import space.halley.schemas.Receipt;
import space.halley.schemas.Topics;
import space.halley.testkit.EmbeddedKafka;
import space.halley.testkit.FakeSchemas;
import space.halley.testkit.Samples;
import space.halley.testkit.SimulatedClock;

/** A policy version over the partitions of a real broker, with one lane that answers in all of them. */
@Timeout(120)
final class PolicyPublishingTest {
    private static final int PARTITIONS = 3;
    private static final Topics TOPICS = new Topics(Samples.agencies(), PARTITIONS, (short) 1);
    private static final Mandate MANDATE = new Mandate("release manager", "as agreed");
    private static final Codecs CODECS = Codecs.over(new FakeSchemas());

    private final AtomicInteger ids = new AtomicInteger();
    private EmbeddedKafka kafka;
    private FakeLane lane;

    @BeforeEach
    void start() {
        kafka = EmbeddedKafka.secured(TOPICS).install(TOPICS);
        lane = FakeLane.open(Samples.nasa(), CODECS, kafka.clientConfig("streams"));
    }

    @AfterEach
    void stop() {
        lane.close();
        kafka.close();
    }

    @Test
    void isSaidInEveryPartitionWithoutAKeyAndAnsweredByAll() {
        var document = Policies.holding("nasa", 1, "P6M");
        try (var publisher = connect()) {
            var said = said(publisher, document);

            assertThat(said.number()).isEqualTo(1);
            assertThat(said.hash()).isEqualTo(ContentHash.of(document));
            assertThat(said.inForceEverywhere()).isTrue();
            assertThat(said.replies())
                    .extracting(PolicyOutcome.Reply::partition)
                    .containsExactly(0, 1, 2);
            assertThat(answers(said)).allSatisfy(answer -> assertThat(answer)
                    .isInstanceOfSatisfying(Receipt.Accepted.class, accepted -> {
                        assertThat(accepted.status()).isEqualTo(Receipt.IN_FORCE);
                        assertThat(accepted.repeated()).isFalse();
                    }));
        }
        assertThat(commands()).hasSize(PARTITIONS).allSatisfy(record -> {
            assertThat(record.key()).isNull();
            assertThat(CODECS.commands().decodeOwn(record.value()))
                    .isInstanceOfSatisfying(Input.PolicyVersion.class, version -> {
                        assertThat(version.number()).isEqualTo(1);
                        assertThat(version.document()).isEqualTo(document);
                        assertThat(version.statement().reason()).isEqualTo("as agreed");
                    });
        });
    }

    @Test
    void isSafeToRepeat() {
        var document = Policies.holding("nasa", 1, "P6M");
        try (var publisher = connect()) {
            said(publisher, document);
            var again = said(publisher, document);

            assertThat(again.inForceEverywhere()).isTrue();
            assertThat(repeated(again)).containsExactly(true, true, true);
        }
    }

    /** The program ends when so many of three partitions have it, and nobody has answered; the same said again resumes it. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void isResumedBySayingTheSameAgainAfterAnInterruption(int reached) throws Exception {
        var document = Policies.holding("nasa", 1, "P6M");
        lane.close();
        interruptAfter(reached, document);
        lane = FakeLane.open(Samples.nasa(), CODECS, kafka.clientConfig("streams"));

        try (var publisher = connect()) {
            var resumed = said(publisher, document);

            assertThat(resumed.inForceEverywhere()).isTrue();
            assertThat(repeated(resumed).filter(before -> before)).hasSize(reached);
            assertThat(repeated(said(publisher, document))).containsExactly(true, true, true);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void isNotInForceEverywhereWhereAnInterruptedBroadcastLeftAGap(int reached) throws Exception {
        var first = Policies.holding("nasa", 1, "P6M");
        var second = Policies.holding("nasa", 2, "P1Y");
        lane.close();
        interruptAfter(reached, first);
        lane = FakeLane.open(Samples.nasa(), CODECS, kafka.clientConfig("streams"));

        try (var publisher = connect()) {
            var tooEarly = said(publisher, second);
            assertThat(tooEarly.inForceEverywhere()).isFalse();
            assertThat(tooEarly.replies().stream().filter(PolicyOutcome.Reply::isInForce))
                    .hasSize(reached);
            assertThat(refusals(tooEarly)).hasSize(PARTITIONS - reached).containsOnly(RefusalReason.POLICY_GAP);

            var resumed = said(publisher, first);
            assertThat(resumed.replies()).allMatch(reply -> reply.isInForce() || reply.isReplaced());
            assertThat(resumed.replies().stream().filter(PolicyOutcome.Reply::isReplaced))
                    .as("where the second is in force already")
                    .hasSize(reached);
            assertThat(said(publisher, second).inForceEverywhere()).isTrue();
        }
    }

    @Test
    void isRefusedEverywhereUnderANumberThatWasUsedForAnotherDocument() {
        try (var publisher = connect()) {
            said(publisher, Policies.holding("nasa", 1, "P6M"));
            var other = said(publisher, Policies.holding("nasa", 1, "P1Y"));

            assertThat(other.inForceEverywhere()).isFalse();
            assertThat(refusals(other)).hasSize(PARTITIONS).containsOnly(RefusalReason.POLICY_CONFLICT);
        }
    }

    @Test
    void isNotSentIfItIsNoPolicyOrAnotherAgencys() {
        try (var publisher = connect()) {
            assertThat(publisher.publishPolicy("agency: nasa", MANDATE).join())
                    .isInstanceOfSatisfying(PolicyOutcome.NotSent.class, no -> assertThat(no.reason())
                            .isEqualTo(RefusalReason.POLICY_INVALID));
            assertThat(publisher
                            .publishPolicy(Policies.holding("esa", 1, "P6M"), MANDATE)
                            .join())
                    .isInstanceOfSatisfying(PolicyOutcome.NotSent.class, no -> assertThat(no.explanation())
                            .contains("the policy of esa"));
        }
        assertThat(commands()).isEmpty();
    }

    @Test
    void saysWhereTheVersionStandsIfNobodyAnswers() {
        lane.close();
        try (var publisher = connect(settings().waiting(Duration.ofMillis(300)))) {
            var said = said(publisher, Policies.holding("nasa", 1, "P6M"));

            assertThat(said.inForceEverywhere()).isFalse();
            assertThat(said.replies()).hasSize(PARTITIONS).allSatisfy(reply -> assertThat(reply)
                    .isInstanceOfSatisfying(PolicyOutcome.Unanswered.class, open -> assertThat(open.why())
                            .contains("no receipt")));
        }
    }

    @Test
    void holdsWhatIsAnnouncedWithoutTermsAndReleasesItByFactsAndWaivers() {
        var received = Instant.parse("2026-02-20T00:00:00Z");
        var product = Samples.aProduct("urn:nasa:pds:policy:data:one", "1.0");
        var other = Samples.aProduct("urn:nasa:pds:policy:data:other", "1.0");
        try (var publisher = connect()) {
            said(publisher, Policies.reviewing("nasa", 1));
            var held = accepted(publisher.announce(byPolicy(product).received(received), MANDATE));
            assertThat(held.releaseAt()).isNull();
            assertThat(held.explanation()).contains("the review").contains("policy version 1");

            var reviewed = accepted(publisher.stateFact(
                    product.id(), Facts.Kind.REVIEW, Instant.parse("2026-02-28T00:00:00Z"), MANDATE));
            assertThat(reviewed.releaseAt()).isEqualTo("2026-03-20T00:00:00Z");

            assertThat(accepted(publisher.announce(byPolicy(other), MANDATE)).status())
                    .isEqualTo("HELD");
            assertThat(accepted(publisher.waive(other.id(), MANDATE)).status()).isEqualTo("PUBLIC");
        }
    }

    @Test
    void neverHoldsAMatterOfPlanetaryDefence() {
        try (var publisher = connect()) {
            said(publisher, Policies.reviewing("nasa", 1));
            var product = Samples.aProduct("urn:nasa:pds:policy:data:asteroid", "1.0");

            assertThat(accepted(publisher.announce(byPolicy(product).planetaryDefence(true), MANDATE))
                            .status())
                    .isEqualTo("PUBLIC");
        }
    }

    /** With so many places in flight and no lane, a publisher waits behind as many partitions until it is interrupted. */
    private void interruptAfter(int partitions, String document) throws InterruptedException {
        var settings = new PublisherSettings(
                Samples.NASA, kafka.clientConfig("nasa"), Duration.ofSeconds(6), Duration.ofSeconds(60), partitions);
        var publisher = connect(settings);
        var program = Thread.ofPlatform().start(() -> {
            var unusedAsTheProgramEnds = publisher.publishPolicy(document, MANDATE);
        });
        try {
            await().until(() -> commands().size() >= partitions);
        } finally {
            program.interrupt();
            program.join();
            publisher.close();
        }
        assertThat(commands()).as("partitions that have it").hasSize(partitions);
    }

    private List<ConsumerRecord<byte[], byte[]>> commands() {
        return LogReader.committed(kafka.clientConfig(), Topics.commands(Samples.NASA));
    }

    private static Announcement byPolicy(space.halley.domain.ProductDescription product) {
        return Announcement.of(product, new ReleaseTerms.ByPolicy(), Existence.HIDDEN);
    }

    private static Receipt.Accepted accepted(java.util.concurrent.CompletableFuture<Outcome> outcome) {
        return (Receipt.Accepted) ((Outcome.Answered) outcome.join()).receipt().answer();
    }

    private static PolicyOutcome.Said said(Publisher publisher, String document) {
        return (PolicyOutcome.Said) publisher.publishPolicy(document, MANDATE).join();
    }

    private static List<Receipt.Answer> answers(PolicyOutcome.Said said) {
        return said.replies().stream()
                .map(reply -> ((PolicyOutcome.Answered) reply).receipt().answer())
                .toList();
    }

    private static Stream<Boolean> repeated(PolicyOutcome.Said said) {
        return answers(said).stream().map(answer -> ((Receipt.Accepted) answer).repeated());
    }

    private static Stream<RefusalReason> refusals(PolicyOutcome.Said said) {
        return answers(said).stream().filter(Receipt.Refused.class::isInstance).map(answer -> ((Receipt.Refused) answer)
                .reason());
    }

    private PublisherSettings settings() {
        return PublisherSettings.of(Samples.NASA, kafka.clientConfig("nasa"));
    }

    private Publisher connect() {
        return connect(settings());
    }

    private Publisher connect(PublisherSettings settings) {
        return Publisher.connect(
                settings, CODECS, () -> "command-" + ids.incrementAndGet(), SimulatedClock.at("2026-03-01T00:00:00Z"));
    }
}
