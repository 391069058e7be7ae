package space.halley.producer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import space.halley.audit.LogReader;
import space.halley.domain.AgencyId;
import space.halley.domain.Existence;
import space.halley.domain.ProductDescription;
import space.halley.domain.RefusalReason;
import space.halley.domain.ReleaseTerms;
import space.halley.producer.PublishingException.Kind;
import space.halley.schemas.Codecs;
import space.halley.schemas.Input;
import space.halley.schemas.Receipt;
import space.halley.schemas.Topics;
import space.halley.testkit.EmbeddedKafka;
import space.halley.testkit.FakeSchemas;
import space.halley.testkit.Samples;
import space.halley.testkit.SimulatedClock;

@Timeout(120)
final class PublisherTest {
    private static final Mandate MANDATE = new Mandate("pipeline", "for the test");
    private static final ReleaseTerms LATER = new ReleaseTerms.FixedDate(Instant.parse("2099-01-01T00:00:00Z"));
    private static final Codecs CODECS = Codecs.over(new FakeSchemas());
    private static final AtomicInteger COMMANDS = new AtomicInteger();
    private static final AtomicInteger PRODUCTS = new AtomicInteger();

    private static EmbeddedKafka kafka;
    private static FakeLane lane;

    @BeforeAll
    static void start() {
        kafka = EmbeddedKafka.secured(Samples.topics()).install(Samples.topics());
        lane = FakeLane.open(Samples.nasa(), CODECS, kafka.clientConfig("streams"));
    }

    @AfterAll
    static void stop() {
        lane.close();
        kafka.close();
    }

    @Test
    void completesWithTheLanesReceipt() throws Exception {
        var product = aProduct();
        try (var publisher = connect(nasa())) {
            var outcome = (Outcome.Answered) announce(publisher, product).get();

            assertThat(outcome.id()).isEqualTo(product.id());
            assertThat(outcome.receipt().commandId()).isEqualTo(outcome.commandId());
            assertThat(outcome.receipt().lidvid()).isEqualTo(product.id().toString());
            assertThat(outcome.receipt().answer()).isInstanceOfSatisfying(Receipt.Accepted.class, accepted -> {
                assertThat(accepted.status()).isEqualTo("HELD");
                assertThat(accepted.releaseAt()).isEqualTo("2099-01-01T00:00:00Z");
                assertThat(accepted.repeated()).isFalse();
            });
        }
    }

    @Test
    void completesWithTheRefusalOfTheLane() throws Exception {
        try (var publisher = connect(nasa())) {
            var outcome = publisher.withdraw(Samples.id("urn:nasa:pds:never:said", "1.0"), MANDATE);

            assertThat(outcome.get()).isInstanceOfSatisfying(Outcome.Answered.class, answered -> assertThat(
                            answered.receipt().answer())
                    .isInstanceOfSatisfying(Receipt.Refused.class, refused -> assertThat(refused.reason())
                            .isEqualTo(RefusalReason.UNKNOWN_PRODUCT)));
        }
    }

    @Test
    void givesTheSameReceiptForTheSameAnnouncementAgain() throws Exception {
        var product = aProduct();
        try (var publisher = connect(nasa())) {
            var first = accepted(announce(publisher, product).get());
            var again = accepted(announce(publisher, product).get());

            assertThat(again.receiptId()).isEqualTo(first.receiptId());
            assertThat(again.repeated()).isTrue();
        }
    }

    @Test
    void carriesRescheduleAndWithdrawal() throws Exception {
        var product = aProduct();
        var earlier = new ReleaseTerms.FixedDate(Instant.parse("2098-01-01T00:00:00Z"));
        try (var publisher = connect(nasa())) {
            var announced = announce(publisher, product);
            var rescheduled = publisher.reschedule(product.id(), earlier, MANDATE);
            var withdrawn = publisher.withdraw(product.id(), MANDATE);

            assertThat(accepted(announced.get()).status()).isEqualTo("HELD");
            assertThat(accepted(rescheduled.get()).releaseAt()).isEqualTo("2098-01-01T00:00:00Z");
            assertThat(accepted(withdrawn.get()).status()).isEqualTo("WITHDRAWN");
        }
    }

    @Test
    void answersManyFromTwoProgramsAtOnceEachWithItsOwnReceipts() throws Exception {
        try (var one = connect(nasa().waiting(Duration.ofSeconds(60)));
                var other = connect(nasa())) {
            var outcomes = new ArrayList<CompletableFuture<Outcome>>();
            var products = IntStream.range(0, 3_000).mapToObj(i -> aProduct()).toList();
            for (int i = 0; i < products.size(); i++) {
                outcomes.add(announce(i % 2 == 0 ? one : other, products.get(i)));
            }
            for (int i = 0; i < products.size(); i++) {
                var outcome = (Outcome.Answered) outcomes.get(i).get();
                assertThat(outcome.receipt().lidvid())
                        .isEqualTo(products.get(i).id().toString());
                assertThat(outcome.receipt().commandId()).isEqualTo(outcome.commandId());
            }
        }
    }

    @Test
    void keepsOneProductsCommandsInOrderAndInThePartitionOfItsIdentifier() throws Exception {
        var lid = "urn:nasa:pds:order:p" + PRODUCTS.incrementAndGet();
        try (var publisher = connect(nasa())) {
            var outcomes = IntStream.range(1, 60)
                    .mapToObj(minor -> announce(publisher, Samples.aProduct(lid, "1." + minor)))
                    .toList();
            for (var outcome : outcomes) {
                assertThat(accepted(outcome.get()).status()).isEqualTo("HELD");
            }
        }
        var records = LogReader.committed(kafka.clientConfig("streams"), Topics.commands(Samples.NASA)).stream()
                .filter(record -> new String(record.key(), java.nio.charset.StandardCharsets.UTF_8).equals(lid))
                .toList();
        var partition = Topics.partition(records.getFirst().key(), 2);
        assertThat(records).hasSize(59).allMatch(record -> record.partition() == partition);
        assertThat(records)
                .map(record -> ((Input.Said) CODECS.commands().decodeOwn(record.value()))
                        .command()
                        .id()
                        .vid()
                        .minor())
                .isSorted();
    }

    @Test
    void carriesTheClockItWasGiven() throws Exception {
        var product = aProduct();
        try (var publisher = connect(nasa())) {
            announce(publisher, product).get();
        }
        assertThat(LogReader.committed(kafka.clientConfig("streams"), Topics.commands(Samples.NASA)))
                .map(record -> (Input.Said) CODECS.commands().decodeOwn(record.value()))
                .filteredOn(said -> said.command().id().equals(product.id()))
                .singleElement()
                .satisfies(said -> assertThat(said.carriedClock()).isEqualTo("2026-03-01T00:00:00Z"));
    }

    @Test
    void saysWhereACommandStandsThatIsNotAnsweredInTime() throws Exception {
        var esa = settings("esa").waiting(Duration.ofMillis(300));
        try (var publisher = connect(esa)) {
            var outcome = (Outcome.Unanswered)
                    announce(publisher, Samples.aProduct("urn:esa:psa:no_lane:" + PRODUCTS.incrementAndGet(), "1.0"))
                            .get();

            var records = LogReader.committed(kafka.clientConfig("streams"), Topics.commands(Samples.ESA));
            assertThat(records)
                    .anyMatch(
                            record -> record.partition() == outcome.partition() && record.offset() == outcome.offset());
            assertThat(outcome.why()).contains("no receipt");
        }
    }

    @Test
    void needsNoReceiptsIfItDoesNotWait() throws Exception {
        try (var publisher = connect(nasa().waiting(Duration.ZERO))) {
            assertThat(announce(publisher, aProduct()).get()).isInstanceOf(Outcome.Unanswered.class);
        }
    }

    @Test
    void completesWhatIsOpenWhenItCloses() throws Exception {
        var publisher = connect(settings("esa"));
        var outcome = announce(publisher, Samples.aProduct("urn:esa:psa:no_lane:" + PRODUCTS.incrementAndGet(), "1.0"));
        publisher.close();

        assertThat(outcome.get()).isInstanceOfSatisfying(Outcome.Unanswered.class, open -> assertThat(open.why())
                .contains("closed"));
        assertThatThrownBy(() -> announce(publisher, aProduct()).get()).hasCauseInstanceOf(PublishingException.class);
    }

    @Test
    void sendsNothingThatIsTooLargeEvenIfItWouldShrinkInCompression() throws Exception {
        try (var publisher = connect(nasa())) {
            assertThat(announce(publisher, large("x".repeat(500))).get())
                    .isInstanceOfSatisfying(Outcome.NotSent.class, refused -> {
                        assertThat(refused.reason()).isEqualTo(RefusalReason.TOO_LARGE);
                        assertThat(refused.explanation()).contains("1048576");
                    });
            assertThat(announce(publisher, aProduct()).get()).isInstanceOf(Outcome.Answered.class);
        }
    }

    @Test
    void refusesAWrongPasswordWithinSeconds() {
        var wrong = new TreeMap<>(kafka.clientConfig("nasa"));
        wrong.compute(
                "sasl.jaas.config", (key, login) -> String.valueOf(login).replaceAll("password=\"", "password=\"not-"));

        assertTrouble(new PublisherSettings(Samples.NASA, wrong, Duration.ofSeconds(6), Duration.ofSeconds(5), 10))
                .hasMessageContaining("does not accept the credentials")
                .hasMessageContaining(kafka.bootstrapServers())
                .hasMessageNotContaining("not-")
                .extracting("kind")
                .isEqualTo(Kind.DENIED);
    }

    @Test
    void refusesAnotherAgencysCredentials() {
        assertTrouble(PublisherSettings.of(Samples.NASA, kafka.clientConfig("esa")))
                .hasMessageContaining("halley.receipts.nasa")
                .extracting("kind")
                .isEqualTo(Kind.DENIED);
        assertTrouble(PublisherSettings.of(Samples.NASA, kafka.clientConfig("esa"))
                        .waiting(Duration.ZERO))
                .hasMessageContaining("halley.commands.nasa");
    }

    @Test
    void refusesAnAgencyThatTheInstallationDoesNotHave() {
        assertTrouble(PublisherSettings.of(new AgencyId("nosuch"), kafka.clientConfig("nasa")))
                .hasMessageContaining("halley.receipts.nosuch");
        assertTrouble(PublisherSettings.of(new AgencyId("nosuch"), kafka.clientConfig()))
                .hasMessageContaining("nosuch");
    }

    @Test
    void saysWithinSecondsThatNoBrokerAnswers() throws IOException {
        var settings = new PublisherSettings(
                Samples.NASA,
                Map.of("bootstrap.servers", "127.0.0.1:" + freePort()),
                Duration.ofSeconds(2),
                Duration.ofSeconds(5),
                10);
        var started = System.nanoTime();

        assertTrouble(settings)
                .hasMessageContaining("127.0.0.1")
                .extracting("kind")
                .isEqualTo(Kind.UNREACHABLE);
        assertThat(TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - started)).isLessThan(10);
    }

    @Test
    void saysThatTheSettingsAreWrong() {
        assertTrouble(PublisherSettings.of(Samples.NASA, Map.of("bootstrap.servers", "no port")))
                .extracting("kind")
                .isEqualTo(Kind.MISCONFIGURED);
        assertTrouble(PublisherSettings.of(Samples.NASA, Map.of())).isInstanceOf(PublishingException.class);
    }

    @Test
    void reportsARegistryThatIsDownAsTroubleAndNotAsRefusal() {
        var schemas = new FakeSchemas().unavailable(true);
        try (var publisher = Publisher.connect(
                nasa(), Codecs.over(schemas), PublisherTest::commandId, SimulatedClock.at("2026-03-01T00:00:00Z"))) {
            assertThatThrownBy(() -> announce(publisher, aProduct()).get())
                    .cause()
                    .isInstanceOf(PublishingException.class)
                    .extracting("kind")
                    .isEqualTo(Kind.UNREACHABLE);
        }
    }

    @Test
    void showsNoSecretInItsSettings() {
        assertThat(nasa().toString()).doesNotContain("password").contains(kafka.bootstrapServers());
    }

    private static org.assertj.core.api.AbstractThrowableAssert<?, ? extends Throwable> assertTrouble(
            PublisherSettings settings) {
        return assertThatThrownBy(() -> connect(settings).close()).isInstanceOf(PublishingException.class);
    }

    private static CompletableFuture<Outcome> announce(Publisher publisher, ProductDescription product) {
        return publisher.announce(Announcement.of(product, LATER, Existence.HIDDEN), MANDATE);
    }

    private static Receipt.Accepted accepted(Outcome outcome) {
        return (Receipt.Accepted) ((Outcome.Answered) outcome).receipt().answer();
    }

    private static Publisher connect(PublisherSettings settings) {
        return Publisher.connect(settings, CODECS, PublisherTest::commandId, SimulatedClock.at("2026-03-01T00:00:00Z"));
    }

    private static PublisherSettings nasa() {
        return settings("nasa");
    }

    private static PublisherSettings settings(String agency) {
        return PublisherSettings.of(new AgencyId(agency), kafka.clientConfig(agency));
    }

    private static String commandId() {
        return "command-" + COMMANDS.incrementAndGet();
    }

    private static ProductDescription aProduct() {
        return Samples.aProduct("urn:nasa:pds:bundle:collection:p" + PRODUCTS.incrementAndGet(), "1.0");
    }

    /** More than a mebibyte of file names. */
    private static ProductDescription large(String name) {
        var product = aProduct();
        var files = new ArrayList<space.halley.domain.DataFile>();
        for (int i = 0; i < 3_000; i++) {
            files.add(new space.halley.domain.DataFile(name.substring(0, 490) + i, 1L, null));
        }
        return new ProductDescription(
                product.id(),
                product.productClass(),
                product.title(),
                product.modelVersion(),
                product.description(),
                product.processingLevel(),
                product.startTime(),
                product.stopTime(),
                product.context(),
                product.keywords(),
                product.doi(),
                product.label(),
                List.copyOf(files));
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
