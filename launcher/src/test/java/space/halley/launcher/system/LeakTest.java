package space.halley.launcher.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
import space.halley.audit.LogReader;
import space.halley.domain.Existence;
import space.halley.domain.ReleaseTerms;
import space.halley.producer.Announcement;
import space.halley.producer.Mandate;
import space.halley.producer.Outcome;
import space.halley.producer.PolicyOutcome;
import space.halley.schemas.Receipt;
import space.halley.schemas.Topics;
import space.halley.testkit.Samples;

/** A hidden product is held, and its words are looked for at every exit that others than its agency can reach (I6). */
@SuppressWarnings("NullAway.Init")
final class LeakTest {
    private static final String CANARY = "quokkaglade";
    private static final String LID = "urn:nasa:pds:" + CANARY + ":data:image";
    private static final Mandate MANDATE = new Mandate("release pipeline", "kept until " + CANARY);

    @TempDir
    Path folder;

    private final ListAppender<ILoggingEvent> logs = new ListAppender<>();
    private WholeSystem system;

    @BeforeEach
    void open() throws Exception {
        var root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        ((Logger) LoggerFactory.getLogger("space.halley")).setLevel(Level.DEBUG);
        logs.start();
        root.addAppender(logs);
        system = new WholeSystem(folder);
    }

    @AfterEach
    void close() {
        system.close();
        ((Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME)).detachAppender(logs);
    }

    @Test
    void noExitTellsThatAHiddenProductExists() throws Exception {
        var inAYear = new ReleaseTerms.FixedDate(Instant.parse("2099-01-01T00:00:00Z"));
        var product = Samples.aProduct(LID, "1.0", "The " + CANARY + " of Mars");
        try (var nasa = system.publisher("nasa");
                var esa = system.publisher("esa")) {
            assertThat(accepted(nasa.announce(Announcement.of(product, inAYear, Existence.HIDDEN), MANDATE)
                            .join()))
                    .isTrue();
            // Somebody else tries the same identifier, and one that nobody has.
            var foreign = esa.announce(Announcement.of(product, inAYear, Existence.HIDDEN), new Mandate("other", ""))
                    .join();
            var absent = esa.withdraw(
                            Samples.id("urn:nasa:pds:nothing:data:image", "1.0"), new Mandate("other", "a try"))
                    .join();
            assertThat(refusal(foreign)).isEqualTo(refusal(absent));
            // A second product behind it, so that everything before has been processed.
            nasa.announce(
                            Announcement.of(
                                    Samples.aProduct("urn:nasa:pds:open:data:image", "1.0"),
                                    Samples.atOnce(),
                                    Existence.PUBLIC),
                            new Mandate("release pipeline", ""))
                    .join();
        }
        await().atMost(WholeSystem.PATIENCE)
                .until(() -> system.get("/v1/products/" + WholeSystem.encoded("urn:nasa:pds:open:data:image::1.0"))
                                .statusCode()
                        == 200);

        assertThat(bytes(Topics.PUBLIC)).doesNotContain(CANARY);
        for (var agency : system.agencies.all()) {
            assertThat(bytes(Topics.partners(agency.id())))
                    .as("partners " + agency.id())
                    .doesNotContain(CANARY);
            // These two know it, because they said it.
            if (!agency.id().value().equals("nasa") && !agency.id().value().equals("esa")) {
                assertThat(bytes(Topics.receipts(agency.id())) + bytes(Topics.deadLetters(agency.id())))
                        .as("answers to " + agency.id())
                        .doesNotContain(CANARY);
            }
        }
        for (var path : List.of(
                "/",
                "/health",
                "/metrics",
                "/openapi.yml",
                "/v1/products?limit=200",
                "/v1/products?sort=lid",
                "/v1/releases?limit=200",
                "/v1/releases/upcoming",
                "/v1/products?agency=nasa&state=announced")) {
            assertThat(system.get(path).body()).as(path).doesNotContain(CANARY);
        }
        assertThat(system.json("/v1/products?q=" + CANARY).path("total").asInt())
                .isZero();
        assertThat(answer("urn:nasa:pds:" + CANARY + ":data:image::1.0"))
                .as("held and absent give the same answer")
                .isEqualTo(answer("urn:nasa:pds:nothinghere:data:image::1.0"));
        for (var event : logs.list) {
            assertThat(event.getFormattedMessage() + event.getKeyValuePairs())
                    .as("log of " + event.getLoggerName())
                    .doesNotContain(CANARY);
        }
    }

    /** Even of what everyone knows to exist, who waits for which fact by which agreement is nobody else's business. */
    @Test
    void noExitTellsWhichPartnerWaitsForWhat() throws Exception {
        var policy = """
                agency: nasa
                version: 1
                rules:
                  - id: general
                    owner: NASA
                    release: {at: once}
                    source: a test
                    confidence: assumed
                agreements:
                  - id: %1$s-hand-over
                    match: {mission: mission.mars2020}
                    with: [jaxa]
                    share: {exclusive: P1M, from: event, event: %1$s-landing}
                    source: a test
                """.formatted(CANARY);
        var lid = "urn:nasa:pds:open:data:image";
        var mandate = new Mandate("release pipeline", "as agreed");
        try (var nasa = system.publisher("nasa")) {
            assertThat(nasa.publishPolicy(policy, mandate).join())
                    .isInstanceOfSatisfying(PolicyOutcome.Said.class, said -> assertThat(said.inForceEverywhere())
                            .isTrue());
            for (var version : List.of("1.0", "2.0")) {
                nasa.announce(
                                Announcement.of(
                                        Samples.aProduct(lid, version),
                                        Samples.at("2099-01-01T00:00:00Z"),
                                        Existence.PUBLIC),
                                mandate)
                        .join();
            }
            assertThat(bytes(Topics.JOURNAL))
                    .contains(CANARY + "-hand-over", "the mission event " + CANARY + "-landing");
            // What is public is no secret, but who waited for it stays one.
            assertThat(accepted(nasa.waive(Samples.id(lid, "2.0"), mandate).join()))
                    .isTrue();
        }
        await().atMost(WholeSystem.PATIENCE)
                .until(() -> system.get("/v1/products/" + WholeSystem.encoded(lid + "::2.0"))
                                .statusCode()
                        == 200);

        assertThat(bytes(Topics.PUBLIC) + bytes(Topics.CATALOG)).doesNotContain(CANARY);
        for (var agency : system.agencies.all()) {
            assertThat(bytes(Topics.partners(agency.id()))
                            + bytes(Topics.receipts(agency.id()))
                            + bytes(Topics.deadLetters(agency.id())))
                    .as(agency.id().value())
                    .doesNotContain(CANARY);
        }
        for (var path : List.of(
                "/",
                "/health",
                "/metrics",
                "/v1/products?limit=200",
                "/v1/releases?limit=200",
                "/v1/releases/upcoming")) {
            assertThat(system.get(path).body()).as(path).doesNotContain(CANARY);
        }
        for (var event : logs.list) {
            assertThat(event.getFormattedMessage() + event.getKeyValuePairs())
                    .as("log of " + event.getLoggerName())
                    .doesNotContain(CANARY);
        }
    }

    /** Status, headers that matter and body, with the identifier that was asked for taken out. */
    private String answer(String id) throws Exception {
        var answer = system.get("/v1/products/" + WholeSystem.encoded(id));
        return answer.statusCode() + " " + answer.headers().map().keySet() + " "
                + answer.body().replace(id, "ID").replace(WholeSystem.encoded(id), "ID");
    }

    private String bytes(String topic) {
        var all = new ArrayList<String>();
        for (var entry : LogReader.physical(system.kafka.clientConfig(), topic)) {
            for (var part : new byte[][] {entry.key(), entry.value()}) {
                all.add(part == null ? "" : new String(part, StandardCharsets.ISO_8859_1));
            }
        }
        return String.join("\n", all);
    }

    private static boolean accepted(Outcome outcome) {
        return outcome instanceof Outcome.Answered answered
                && answered.receipt().answer() instanceof Receipt.Accepted;
    }

    private static Receipt.Answer refusal(Outcome outcome) {
        return ((Outcome.Answered) outcome).receipt().answer();
    }
}
