package space.halley.launcher.client;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import space.halley.producer.cli.ExitCode;

final class ShowCommandTest {
    private static final String PRODUCT = """
            {"lidvid":"urn:nasa:pds:a:b:bd+36_2593::1.0","agency":"nasa","state":"released","title":"A star",
             "product_class":"Product_Observational","released_at":"2026-11-23T00:00:00Z",
             "explanation":"public as soon as delivered","description":"What was seen.",
             "references":[{"role":"target","name":"BD+36 2593"},
                           {"role":"investigation","name":"InSight","lid":"urn:nasa:pds:context:investigation:mission.insight"}],
             "keywords":["star","light"],
             "files":[{"name":"a.dat","size":17,"md5":"0123456789abcdef0123456789abcdef"},{"name":"b.dat"}],
             "versions":[{"vid":"1.0","state":"released","release_date":"2026-11-23T00:00:00Z"},
                         {"vid":"0.9","state":"retracted"}]}""";

    private final FakeApi api = new FakeApi();

    @AfterEach
    void stop() {
        api.close();
    }

    @Test
    void showsEverythingThatAPersonWantsToKnow() {
        api.answer(PRODUCT);

        var said = show("urn:nasa:pds:a:b:bd+36_2593::1.0");

        assertThat(said.exitCode()).isEqualTo(ExitCode.DONE);
        assertThat(said.outLines())
                .contains(
                        "A star",
                        "lidvid        urn:nasa:pds:a:b:bd+36_2593::1.0",
                        "held by       public as soon as delivered",
                        "mission       InSight  (urn:nasa:pds:context:investigation:mission.insight)",
                        "target        BD+36 2593",
                        "keywords      star, light",
                        "What was seen.",
                        "2 files",
                        "  a.dat  17 bytes  md5 0123456789abcdef0123456789abcdef",
                        "  b.dat",
                        "  1.0         released 2026-11-23T00:00:00Z");
    }

    @Test
    void escapesTheIdentifierInThePath() {
        api.answer(PRODUCT);

        show("urn:nasa:pds:a:b:bd+36/2593%20?x::1.0");

        assertThat(api.requests())
                .singleElement()
                .extracting(FakeApi.Request::path)
                .isEqualTo("/v1/products/urn%3Anasa%3Apds%3Aa%3Ab%3Abd%2B36%2F2593%2520%3Fx%3A%3A1.0");
    }

    @Test
    void printsTheApisAnswerForPrograms() {
        api.answer(PRODUCT);

        assertThat(show("--json", "urn:nasa:pds:a:b:bd+36_2593::1.0").outLines())
                .singleElement()
                .asString()
                .startsWith("{\"lidvid\":\"urn:nasa:pds:a:b:bd+36_2593::1.0\"");
    }

    @Test
    void doesNotTellWhetherAProductIsHeldOrAbsent() {
        api.answer(404, "application/problem+json", "{\"status\":404,\"detail\":\"no such product is public\"}");

        var said = show("urn:nasa:pds:a:b:c::1.0");

        assertThat(said.exitCode()).isEqualTo(ExitCode.REFUSED);
        assertThat(said.errLines())
                .containsExactly("urn:nasa:pds:a:b:c::1.0 is not public: it does not exist, or it is held.");
    }

    @Test
    void doesNotTakeTheAnswerOfAnotherServerForAnAnswerAboutTheProduct() {
        api.answer(404, "text/html", "<html>no</html>");

        var said = show("urn:nasa:pds:a:b:c::1.0");

        assertThat(said.exitCode()).isEqualTo(ExitCode.UNABLE);
        assertThat(said.err()).contains("is the address right?").doesNotContain("held");
    }

    @Test
    void breaksLongTextsBetweenWords() {
        assertThat(ShowCommand.wrapped("one two three four", 9)).containsExactly("one two", "three", "four");
        assertThat(ShowCommand.wrapped("incomprehensibilities", 9)).containsExactly("incomprehensibilities");
    }

    private Shell.Said show(String... arguments) {
        var all = new java.util.ArrayList<>(java.util.List.of("--url", api.url()));
        all.addAll(java.util.List.of(arguments));
        return Shell.run(new ShowCommand(), all.toArray(String[]::new));
    }
}
