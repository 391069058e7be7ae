package space.halley.launcher.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import space.halley.producer.cli.ExitCode;

final class SearchCommandTest {
    private final FakeApi api = new FakeApi();

    @AfterEach
    void stop() {
        api.close();
    }

    @Test
    void showsWhatIsFoundAndHowMuchThereIs() {
        api.answer(page(1, 2, 57, "next"));

        var said = search("--limit", "2", "marsquake");

        assertThat(said.exitCode()).isEqualTo(ExitCode.DONE);
        assertThat(said.outLines()).hasSize(3);
        assertThat(said.outLines().get(1)).startsWith("2019-05-24  nasa").endsWith("urn:nasa:pds:a:b:p1::1.0");
        assertThat(said.err()).contains("2 of 57").contains("--all-pages");
    }

    @Test
    void passesEverythingOnAsTheApiHasIt() {
        api.answer(page(1, 1, 1, null));

        search(
                "mars",
                "& quake",
                "--mission",
                "insight",
                "--target",
                "Mars",
                "--target",
                "Moon",
                "--instrument",
                "seis",
                "--agency",
                "nasa",
                "--class",
                "observational",
                "--level",
                "raw",
                "--host",
                "insight lander",
                "--lid",
                "urn:a:b:bd+36_2593",
                "--from",
                "2019-01-01",
                "--to",
                "2020-01-01T00:00:00+01:00",
                "--released-from",
                "2019-05-01",
                "--released-to",
                "2020",
                "--state",
                "RELEASED",
                "--sort",
                "-start_time");

        assertThat(api.requests()).singleElement().satisfies(request -> {
            assertThat(request.path()).isEqualTo("/v1/products");
            assertThat(String.valueOf(request.query()).split("&"))
                    .containsExactlyInAnyOrder(
                            "q=mars%20%26%20quake",
                            "mission=insight",
                            "target=Mars",
                            "target=Moon",
                            "instrument=seis",
                            "agency=nasa",
                            "class=observational",
                            "level=raw",
                            "host=insight%20lander",
                            "lid=urn%3Aa%3Ab%3Abd%2B36_2593",
                            "from=2019-01-01",
                            "to=2020-01-01T00%3A00%3A00%2B01%3A00",
                            "released_from=2019-05-01",
                            "released_to=2020",
                            "state=released",
                            "sort=-start_time",
                            "limit=25");
        });
    }

    @Test
    void goesThroughAllPages() {
        api.answer(page(1, 200, 450, "one"));
        api.answer(page(201, 400, 450, "two"));
        api.answer(page(401, 450, 450, null));

        var said = search("--all-pages", "--json");

        assertThat(said.outLines()).hasSize(451);
        assertThat(said.outLines().getFirst()).contains("\"lidvid\":\"urn:nasa:pds:a:b:p1::1.0\"");
        assertThat(said.outLines().getLast()).isEqualTo("{\"summary\":{\"shown\":450,\"total\":450}}");
        assertThat(api.requests())
                .map(FakeApi.Request::query)
                .containsExactly("limit=200", "limit=200&cursor=one", "limit=200&cursor=two");
    }

    @Test
    void asksForNoMoreThanTheLimit() {
        api.answer(page(1, 200, 450, "one"));
        api.answer(page(201, 250, 450, "two"));

        assertThat(search("--limit", "250").err()).contains("250 of 450");
        assertThat(api.requests()).map(FakeApi.Request::query).containsExactly("limit=200", "limit=50&cursor=one");
    }

    @Test
    void saysThatNothingFits() {
        api.answer(page(1, 0, 0, null));

        var said = search("nothing");

        assertThat(said.exitCode()).isEqualTo(ExitCode.REFUSED);
        assertThat(said.out()).isEmpty();
        assertThat(said.err()).contains("Nothing public fits");
    }

    @Test
    void showsAProblemInOneLineInTheWordsOfTheCommand() {
        api.answer(400, "application/problem+json", """
                {"type":"urn:halley:problem:invalid-parameter","title":"Bad Request","status":400,
                 "detail":"must be a day such as 2019-05-24","parameter":"released_from"}""");

        var said = search("--released-from", "yesterday");

        assertThat(said.exitCode()).isEqualTo(ExitCode.UNABLE);
        assertThat(said.errLines()).containsExactly("search: --released-from: must be a day such as 2019-05-24");
    }

    @Test
    void saysThatSomethingElseAnswers() {
        api.answer(200, "text/html", "<html>hello</html>");
        api.answer(404, "text/html", "<html>no</html>");

        assertThat(search().err()).contains("does not answer as Halley's API does");
        assertThat(search().err()).contains("answered with status 404").contains("is the address right?");
    }

    @Test
    void saysThatNothingAnswers(@TempDir Path empty) {
        var nowhere = Shell.run(new SearchCommand(), "--url", "http://127.0.0.1:1", "mars");
        var notRunning = Shell.run(new SearchCommand(), "--data", empty.toString(), "mars");

        assertThat(nowhere.exitCode()).isEqualTo(ExitCode.UNABLE);
        assertThat(nowhere.errLines()).singleElement().asString().contains("nothing answers at http://127.0.0.1:1");
        assertThat(notRunning.exitCode()).isEqualTo(ExitCode.UNABLE);
        assertThat(notRunning.errLines()).singleElement().asString().contains("./halley up");
        assertThat(Shell.run(new SearchCommand(), "--url", "not an address").err())
                .contains("is not an address");
    }

    private Shell.Said search(String... arguments) {
        var all = new java.util.ArrayList<>(java.util.List.of("--url", api.url() + "/"));
        all.addAll(java.util.List.of(arguments));
        return Shell.run(new SearchCommand(), all.toArray(String[]::new));
    }

    private static String page(int first, int last, int total, @Nullable String cursor) {
        var items = IntStream.rangeClosed(first, last)
                .mapToObj(number -> """
                        {"lidvid":"urn:nasa:pds:a:b:p%d::1.0","agency":"nasa","title":"A title","mission_name":["InSight"],
                         "target_name":["Mars","Phobos"],"release_date":"2019-05-24T00:00:00Z"}""".formatted(number))
                .collect(Collectors.joining(","));
        return "{\"total\":" + total + ",\"items\":[" + items + "]"
                + (cursor == null ? "" : ",\"next_cursor\":\"" + cursor + "\"") + "}";
    }
}
