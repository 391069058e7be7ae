package space.halley.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;
import static org.awaitility.Awaitility.await;
import static space.halley.api.sample.PublicLogSample.bennuSpectrum;
import static space.halley.api.sample.PublicLogSample.marsImage;

import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import space.halley.api.catalogue.LogRecord;
import space.halley.api.sample.IndexInMemory;
import space.halley.api.sample.PublicLogSample;
import space.halley.audit.NoGapNoDuplicate;
import space.halley.audit.Published;
import space.halley.audit.Recording;
import space.halley.domain.PublicEvent;

/** A subscription that should have ended would be read for ever, hence the limit. */
@Timeout(60)
final class EventStreamTest {
    private static final Pattern BIG = Pattern.compile("urn:nasa:pds:a:b:big\\d+::1\\.0");
    private static final Duration SOON = Duration.ofSeconds(10);

    private final PublicLogSample log = new PublicLogSample(3);
    private ApiFixture api;

    @TempDir
    private Path folder;

    @BeforeEach
    void start() throws Exception {
        api = new ApiFixture(folder, Map.of("halley.stream.heartbeat", "300ms", "halley.stream.max-subscribers", "3"));
    }

    @AfterEach
    void stop() throws Exception {
        api.close();
    }

    @Test
    void tellsWhatHappensFromNowOn() throws Exception {
        log.released(marsImage("urn:nasa:pds:a:b:before::1.0", "Before"));
        api.follow(log);
        try (var subscriber = subscribe("")) {
            subscriber.awaitWelcome();
            log.released(marsImage("urn:nasa:pds:a:b:now::1.0", "Now"));
            log.retracted("urn:nasa:pds:a:b:now::1.0", "a mistake");
            api.follow(log);

            assertThat(subscriber.events(2))
                    .extracting(EventStream.Event::kind)
                    .containsExactly("released", "retracted");
            assertThat(subscriber.events(2).getFirst().data())
                    .contains("\"lidvid\":\"urn:nasa:pds:a:b:now::1.0\"", "\"title\":\"Now\"");
            assertThat(subscriber.events(2).getLast().data()).contains("\"reason\":\"a mistake\"");
        }
    }

    @Test
    void tellsEverythingFromTheBeginningAndEachProductInItsOrder() throws Exception {
        for (int i = 0; i < 250; i++) {
            log.announced("urn:nasa:pds:a:b:p" + i % 50 + "::1." + i / 50, Instant.parse("2030-01-01T00:00:00Z"));
        }
        api.follow(log);

        try (var subscriber = subscribe("?after=beginning")) {
            assertThat(subscriber.events(250))
                    .extracting(EventStream.Event::lidvid)
                    .containsExactlyElementsOf(log.records().stream()
                            .map(logged -> logged.event().id().toString())
                            .toList());
        }
    }

    @Test
    void choosesOnTheServer() throws Exception {
        api.follow(log);
        try (var mars = subscribe("?target=Mars&kind=released&kind=retracted")) {
            mars.awaitWelcome();
            log.announced("urn:nasa:pds:a:b:m::1.0", Instant.parse("2030-01-01T00:00:00Z"));
            log.released(marsImage("urn:nasa:pds:a:b:m::1.0", "Mars"));
            log.released(bennuSpectrum("urn:nasa:pds:a:b:b::1.0", "Bennu"));
            log.retracted("urn:nasa:pds:a:b:b::1.0", "no");
            log.retracted("urn:nasa:pds:a:b:m::1.0", "no");
            api.follow(log);

            assertThat(mars.events(2))
                    .extracting(EventStream.Event::kind, EventStream.Event::lidvid)
                    .containsExactly(
                            tuple("released", "urn:nasa:pds:a:b:m::1.0"),
                            tuple("retracted", "urn:nasa:pds:a:b:m::1.0"));
        }
    }

    @Test
    void losesAndRepeatsNothingOverReconnectsAndRestartsAtAnyPoint() throws Exception {
        var seed = System.nanoTime();
        var random = new Random(seed);
        var got = new ArrayList<EventStream.Event>();
        var cursor = "beginning";
        var viaHeader = false;
        for (int round = 0; round < 12; round++) {
            for (int i = random.nextInt(40); i >= 0; i--) {
                var id = "urn:nasa:pds:a:b:r" + round + "_" + i + "::1.0";
                log.released(marsImage(id, "Mars"));
                log.marker(random.nextInt(3));
                if (random.nextInt(5) == 0) {
                    log.retracted(id, "a mistake");
                }
            }
            api.follow(log);
            var left = log.records().size() - got.size();
            var take = round == 11 ? left : random.nextInt(left + 1);
            try (var subscriber = viaHeader
                    ? EventStream.open(api.client(), api.address(), "?mission=insight", "Last-Event-ID", cursor)
                    : subscribe("?mission=insight&after=" + cursor)) {
                var events = subscriber.events(take);
                got.addAll(events.subList(0, take));
                cursor = take == 0
                        ? subscriber.awaitWelcome()
                        : events.get(take - 1).id();
                if (round % 4 == 3) {
                    // Under the subscriber, which has not ended.
                    stop();
                    start();
                }
            }
            viaHeader = !viaHeader;
        }

        var published = log.records().stream()
                .map(logged -> new Published(logged.event(), null))
                .toList();
        var recording = new Recording(List.of(), List.of(), published, published, List.of(), List.of(), List.of());
        assertThat(new NoGapNoDuplicate(seen(got)).violations(recording))
                .as("seed " + seed)
                .isEmpty();
    }

    /** The events that stand in the log under what a subscriber got. */
    private List<PublicEvent> seen(List<EventStream.Event> got) {
        var logged = log.records().stream()
                .map(LogRecord::event)
                .collect(Collectors.toMap(
                        event -> event.news().getClass().getSimpleName().toLowerCase(Locale.ROOT) + " " + event.id(),
                        Function.identity()));
        return got.stream()
                .map(event -> Objects.requireNonNull(logged.get(event.kind() + " " + event.lidvid()), event.data()))
                .toList();
    }

    @Test
    void givesACursorBeforeTheFirstEvent() throws Exception {
        api.follow(log);
        String cursor;
        try (var subscriber = subscribe("")) {
            cursor = subscriber.awaitWelcome();
        }
        log.released(marsImage("urn:nasa:pds:a:b:meanwhile::1.0", "Meanwhile"));
        api.follow(log);

        try (var subscriber = subscribe("?after=" + cursor)) {
            assertThat(subscriber.events(1).getFirst().lidvid()).isEqualTo("urn:nasa:pds:a:b:meanwhile::1.0");
        }
    }

    @Test
    void givesSignsOfLifeWhoseIdMovesOn() throws Exception {
        api.follow(log);
        try (var subscriber = subscribe("?target=venus")) {
            var first = subscriber.awaitWelcome();
            log.released(marsImage("urn:nasa:pds:a:b:m::1.0", "Mars"));
            api.follow(log);
            await().atMost(SOON).untilAsserted(() -> {
                assertThat(subscriber.lastId()).isNotEqualTo(first);
                assertThat(subscriber.comments()).contains("heartbeat");
            });
            assertThat(subscriber.events(0)).isEmpty();
        }
    }

    @Test
    void refusesCursorsThatAreNotOurs() throws Exception {
        log.released(marsImage("urn:nasa:pds:a:b:m::1.0", "Mars"));
        api.follow(log);

        for (var cursor : new String[] {"garbage", "!", encoded("2|x|0:1"), encoded("1|x"), encoded("1|x|0:1,0:2")}) {
            var problem = api.json("/v1/releases/stream?after=" + cursor, 400);
            assertThat(problem.path("parameter").asText()).isEqualTo("after");
            assertThat(problem.path("type").asText()).isEqualTo("urn:halley:problem:invalid-cursor");
        }
        assertThat(api.json("/v1/releases/stream?after=" + encoded("1|another-log|0:1"), 410)
                        .path("detail")
                        .asText())
                .contains("after=beginning");
        assertThat(api.json("/v1/releases/stream?after=" + encoded("1|" + IndexInMemory.LOG_ID + "|0:99"), 400)
                        .path("detail")
                        .asText())
                .contains("behind the end");
        assertThat(api.get("/v1/releases/stream", "Last-Event-ID", "garbage").statusCode())
                .isEqualTo(400);
    }

    @Test
    void takesACursorThatAnotherReplicaGaveALittleEarlier() throws Exception {
        log.released(marsImage("urn:nasa:pds:a:b:m::1.0", "Mars"));
        var ahead = encoded("1|" + IndexInMemory.LOG_ID + "|" + log.end());
        var later = Thread.ofVirtual().start(() -> {
            try {
                api.follow(log);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        try (var subscriber = subscribe("?after=" + ahead)) {
            assertThat(subscriber.awaitWelcome()).isEqualTo(ahead);
        }
        later.join();
    }

    @Test
    void takesNoMoreSubscribersThanItsLimitAndFreesTheirPlaces() throws Exception {
        api.follow(log);
        var subscribers = new ArrayList<EventStream>();
        for (int i = 0; i < 3; i++) {
            subscribers.add(subscribe(""));
            subscribers.getLast().awaitWelcome();
        }

        var refused = api.get("/v1/releases/stream");
        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.headers().firstValue("retry-after")).isPresent();

        for (var subscriber : subscribers) {
            subscriber.close();
        }
        await().atMost(SOON).untilAsserted(() -> {
            try (var subscriber = subscribe("")) {
                subscriber.awaitWelcome();
            }
        });
    }

    @Test
    void keepsNothingForASubscriberThatDoesNotReadAndLosesNothingForIt() throws Exception {
        var title = "x".repeat(1_900);
        for (int i = 0; i < 4_000; i++) {
            log.released(marsImage("urn:nasa:pds:a:b:big" + i + "::1.0", title));
        }
        api.follow(log);
        try (var socket = new Socket()) {
            socket.setReceiveBufferSize(1 << 14);
            socket.connect(new InetSocketAddress(
                    InetAddress.getLoopbackAddress(), api.address().getPort()));
            socket.getOutputStream()
                    .write("GET /v1/releases/stream?after=beginning HTTP/1.1\r\nHost: x\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            var input = new BufferedInputStream(socket.getInputStream(), 1024);
            assertThat(new String(input.readNBytes(12), StandardCharsets.US_ASCII))
                    .isEqualTo("HTTP/1.1 200");

            // The server has written what the sockets' buffers hold, and then asks for no more.
            var before = new AtomicLong(-1);
            await().atMost(SOON).pollInterval(Duration.ofSeconds(1)).until(() -> {
                var now = (long) api.framesSent();
                return now > 0 && before.getAndSet(now) == now;
            });
            assertThat(before.get()).isBetween(1L, 3_500L);

            // When it reads on, it gets all of them.
            var lids = new BufferedReader(new InputStreamReader(input, StandardCharsets.UTF_8))
                    .lines()
                    .map(BIG::matcher)
                    .filter(Matcher::find)
                    .map(Matcher::group)
                    .limit(4_000)
                    .toList();
            assertThat(lids)
                    .containsExactlyElementsOf(log.records().stream()
                            .map(logged -> logged.event().id().toString())
                            .toList());
        }
    }

    @Test
    void endsCleanlyWhenTheServiceStops() throws Exception {
        api.follow(log);
        try (var subscriber = subscribe("")) {
            subscriber.awaitWelcome();
            api.close();
            subscriber.awaitEnd();
        }
    }

    private EventStream subscribe(String query) throws Exception {
        return EventStream.open(api.client(), api.address(), query);
    }

    private static String encoded(String cursor) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(cursor.getBytes(StandardCharsets.UTF_8));
    }
}
