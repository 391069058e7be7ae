package space.halley.launcher.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import space.halley.producer.cli.ExitCode;

@Timeout(30)
final class WatchCommandTest {
    private static final Subscription.Pace FAST = new Subscription.Pace(Duration.ofMillis(300), Duration.ofMillis(1));

    private final FakeApi api = new FakeApi();

    @AfterEach
    void stop() {
        api.close();
    }

    @Test
    void printsALinePerEvent() {
        api.events(event("c1", "released", 1) + event("c2", "retracted", 2));

        var said = watch("--count", "2");

        assertThat(said.exitCode()).isEqualTo(ExitCode.DONE);
        assertThat(said.outLines())
                .containsExactly(
                        "12:00:01  released   urn:nasa:pds:a:b:p1::1.0  A title",
                        "12:00:02  retracted  urn:nasa:pds:a:b:p2::1.0  wrong files  A title");
    }

    @Test
    void printsTheCursorBehindEachEventForPrograms() {
        api.events(event("c1", "released", 1));

        assertThat(watch("--count", "1", "--json").outLines())
                .singleElement()
                .asString()
                .startsWith("{\"kind\":\"released\"")
                .endsWith("\"cursor\":\"c1\"}");
    }

    @Test
    void passesTheChoiceAndTheBeginningOn() {
        api.events(event("c1", "released", 1));

        watch("--count", "1", "--target", "Mars", "--kind", "RELEASED", "--after", "beginning");

        assertThat(api.requests()).singleElement().satisfies(request -> {
            assertThat(request.path()).isEqualTo("/v1/releases/stream");
            assertThat(request.query()).isEqualTo("target=Mars&kind=released&after=beginning");
            assertThat(request.lastEventId()).isNull();
        });
    }

    @Test
    void goesOnBehindTheLastEventWhenTheConnectionBreaks() {
        api.events(event("c1", "released", 1) + "id: c2\ndata: {\"kind\":\"relea");
        api.events(event("c2", "released", 2));

        var said = watch("--count", "2");

        assertThat(said.outLines()).hasSize(2).last().asString().contains("p2");
        assertThat(api.requests()).map(FakeApi.Request::lastEventId).containsExactly(null, "c1");
        assertThat(said.err()).contains("trying again").contains("connected again");
    }

    @Test
    void goesOnBehindTheLastSignOfLife() {
        api.events(": welcome\nretry: 2000\nid: c0\n\n");
        api.events(event("c1", "released", 1));

        watch("--count", "1");

        assertThat(api.requests()).map(FakeApi.Request::lastEventId).containsExactly(null, "c0");
    }

    @Test
    void takesASilentConnectionForDead() {
        api.eventsThenSilence(event("c1", "released", 1));
        api.events(event("c2", "released", 2));

        assertThat(watch("--count", "2").outLines()).hasSize(2);
        assertThat(api.requests()).map(FakeApi.Request::lastEventId).containsExactly(null, "c1");
    }

    @Test
    void waitsForAServerThatIsNotReady() {
        api.answer(503, "application/problem+json", "{\"status\":503,\"detail\":\"the index is not yet up\"}");
        api.answer(503, "application/problem+json", "{\"status\":503,\"detail\":\"the index is not yet up\"}");
        api.events(event("c1", "released", 1));

        var said = watch("--count", "1");

        assertThat(said.exitCode()).isEqualTo(ExitCode.DONE);
        assertThat(said.errLines())
                .filteredOn(line -> line.contains("not yet up"))
                .hasSize(1);
    }

    @Test
    void endsWhenTheCursorIsRefused() {
        api.answer(410, "application/problem+json", """
                {"status":410,"detail":"the log was replaced; begin again","parameter":"after"}""");

        var said = watch("--after", "old");

        assertThat(said.exitCode()).isEqualTo(ExitCode.UNABLE);
        assertThat(said.errLines()).containsExactly("watch: --after: the log was replaced; begin again");
    }

    @Test
    void endsWhenThereIsNoServerAtFirst() {
        var said = Shell.run(new WatchCommand(FAST), "--url", "http://127.0.0.1:1");

        assertThat(said.exitCode()).isEqualTo(ExitCode.UNABLE);
        assertThat(said.errLines()).singleElement().asString().contains("nothing answers at");
    }

    private Shell.Said watch(String... arguments) {
        var all = new java.util.ArrayList<>(java.util.List.of("--url", api.url()));
        all.addAll(java.util.List.of(arguments));
        return Shell.run(new WatchCommand(FAST), all.toArray(String[]::new));
    }

    private static String event(String cursor, String kind, int number) {
        return "event: " + kind + "\nid: " + cursor + "\ndata: {\"kind\":\"" + kind
                + "\",\"lidvid\":\"urn:nasa:pds:a:b:p"
                + number + "::1.0\",\"published_at\":\"2026-11-23T12:00:0" + number
                + ".5Z\",\"reason\":\"wrong files\",\"product\":{\"title\":\"A title\"}}\n\n";
    }
}
