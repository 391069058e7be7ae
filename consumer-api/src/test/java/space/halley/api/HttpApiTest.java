package space.halley.api;

import static org.assertj.core.api.Assertions.assertThat;
import static space.halley.api.sample.PublicLogSample.bennuSpectrum;
import static space.halley.api.sample.PublicLogSample.marsImage;
import static space.halley.api.sample.PublicLogSample.reference;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import space.halley.api.sample.PublicLogSample;
import space.halley.domain.ContextReference.Role;

final class HttpApiTest {
    private static final String IMAGE = "urn:nasa:pds:insight_cameras:data:image_1::1.0";
    private static final String SPECTRUM = "urn:nasa:pds:orex.ovirs:data:spectrum_1::1.0";

    private final PublicLogSample log = new PublicLogSample(3);
    private ApiFixture api;

    @BeforeEach
    void start(@TempDir Path folder) throws Exception {
        api = new ApiFixture(folder);
    }

    @AfterEach
    void stop() throws Exception {
        api.close();
    }

    @Test
    void findsAProductByEachOfItsFields() throws Exception {
        log.released(marsImage(IMAGE, "The first image after landing"));
        log.released(bennuSpectrum(SPECTRUM, "A spectrum of a boulder"));
        api.follow(log);

        for (var question : new String[] {
            "q=landing",
            "q=InSight+image",
            "q=%22after+landing%22",
            "q=insight_cameras",
            "mission=insight",
            "mission=InSight",
            "mission=mission.insight",
            "mission=urn:nasa:pds:context:investigation:mission.insight",
            "mission=URN:NASA:PDS:context:investigation:mission.insight::1.3",
            "target=Mars",
            "target=mars",
            "target=planet.mars",
            "host=insight",
            "instrument=IDC",
            "instrument=idc.insight",
            "instrument=Instrument+Deployment+Camera",
            "class=Product_Observational&target=mars",
            "class=observational&target=mars",
            "level=calibrated&target=mars",
            "lid=urn:nasa:pds:insight_cameras:data:image_1",
            "to=2019-01-01",
            "from=2018-12-31T12:00:00Z&to=2019-06-01",
            "agency=nasa&mission=insight",
        }) {
            var page = api.json("/v1/products?" + question, 200);
            assertThat(page.path("total").asInt()).as(question).isEqualTo(1);
            assertThat(page.at("/items/0/lidvid").asText()).as(question).isEqualTo(IMAGE);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"OSIRIS-REx", "osiris-rex", "osirisrex", "Osiris%20Rex", "orex", "mission.orex"})
    void comparesNamesWithoutCaseAndPunctuation(String mission) throws Exception {
        log.released(bennuSpectrum(SPECTRUM, "A spectrum"));
        api.follow(log);

        assertThat(api.json("/v1/products?mission=" + mission, 200)
                        .path("total")
                        .asInt())
                .isEqualTo(1);
        assertThat(api.json("/v1/products?q=" + mission, 200).path("total").asInt())
                .isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"bennu", "101955_bennu", "101955%20Bennu", "(101955)%20Bennu", "asteroid.101955_bennu"})
    void findsANumberedTargetByItsNameOrNumber(String target) throws Exception {
        log.released(bennuSpectrum(SPECTRUM, "A spectrum"));
        api.follow(log);

        assertThat(api.json("/v1/products?target=" + target, 200).path("total").asInt())
                .isEqualTo(1);
    }

    @Test
    void takesSeveralValuesOfOneFacetAsAlternatives() throws Exception {
        log.released(marsImage(IMAGE, "An image"));
        log.released(bennuSpectrum(SPECTRUM, "A spectrum"));
        api.follow(log);

        assertThat(api.json("/v1/products?target=mars&target=bennu", 200)
                        .path("total")
                        .asInt())
                .isEqualTo(2);
        assertThat(api.json("/v1/products?target=mars&mission=orex", 200)
                        .path("total")
                        .asInt())
                .isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "urn:nasa:pds:o'brien:data:star.bd+36_2593",
                "urn:nasa:pds:a[1]:data(x):p%q",
                "urn:nasa:pds:a/b:c?d#e:100%25",
                "urn:nasa:pds:a&b=c;d:e,f:~g@h"
            })
    void givesProductsWithQuirkyIdentifiers(String lid) throws Exception {
        log.released(marsImage(lid + "::1.0", "A quirky one"));
        api.follow(log);

        var byVersion = api.json("/v1/products/" + ApiFixture.encode(lid + "::1.0"), 200);
        assertThat(byVersion.path("lid").asText()).isEqualTo(lid);
        var byLid = api.json("/v1/products/" + ApiFixture.encode(lid), 200);
        assertThat(byLid.path("lidvid").asText()).isEqualTo(lid + "::1.0");
        assertThat(api.json("/v1/products?lid=" + ApiFixture.encode(lid), 200)
                        .path("total")
                        .asInt())
                .isEqualTo(1);
        assertThat(api.json("/v1/products?q=" + ApiFixture.encode(lid), 200)
                        .path("total")
                        .asInt())
                .isEqualTo(1);
    }

    @Test
    void givesTheNewestReleasedVersionForABareIdentifier() throws Exception {
        var lid = "urn:nasa:pds:insight_cameras:data:image_1";
        log.released(marsImage(lid + "::1.9", "Nine"));
        log.released(marsImage(lid + "::1.10", "Ten"));
        log.announced(lid + "::2.0", Instant.parse("2030-01-01T00:00:00Z"));
        api.follow(log);

        var product = api.json("/v1/products/" + lid, 200);

        assertThat(product.path("lidvid").asText()).isEqualTo(lid + "::1.10");
        assertThat(product.path("versions").findValuesAsText("vid")).containsExactly("2.0", "1.10", "1.9");
    }

    @Test
    void answersForARetractedProductWithItsTombstone() throws Exception {
        log.released(marsImage(IMAGE, "The first image"));
        log.retracted(IMAGE, "wrong calibration");
        api.follow(log);

        var product = api.json("/v1/products/" + IMAGE, 200);

        assertThat(product.path("state").asText()).isEqualTo("retracted");
        assertThat(product.path("retraction_reason").asText()).isEqualTo("wrong calibration");
        assertThat(product.path("retracted_at").asText()).isEqualTo("2026-03-01T12:00:01Z");
        assertThat(product.path("files")).isEmpty();
        assertThat(product.has("description")).isFalse();
        assertThat(api.json("/v1/products?mission=insight", 200).path("total").asInt())
                .isZero();
        assertThat(api.json("/v1/products?mission=insight&state=retracted", 200)
                        .path("total")
                        .asInt())
                .isEqualTo(1);
    }

    @Test
    void doesNotTellACancelledProductFromAnAbsentOne() throws Exception {
        var lidvid = "urn:nasa:pds:insight_cameras:data:held::1.0";
        log.announced(lidvid, Instant.parse("2030-01-01T00:00:00Z"));
        log.cancelled(lidvid);
        api.follow(log);

        var cancelled = api.get("/v1/products/" + lidvid);
        var absent = api.get("/v1/products/" + lidvid.replace("held", "none"));
        var impossible = api.get("/v1/products/nothing");

        assertThat(cancelled.statusCode()).isEqualTo(404);
        assertThat(absent.statusCode()).isEqualTo(404);
        assertThat(impossible.statusCode()).isEqualTo(404);
        assertThat(cancelled.body().replace("held", "none")).isEqualTo(absent.body());
    }

    @Test
    void listsUpcomingReleasesByTheirInstantAndPastOnesNewestFirst() throws Exception {
        var mars = reference(Role.TARGET, "Mars", "urn:nasa:pds:context:target:planet.mars");
        log.announced("urn:nasa:pds:a:b:later::1.0", Instant.parse("2031-01-01T00:00:00Z"), mars);
        log.announced("urn:nasa:pds:a:b:soon::1.0", Instant.parse("2030-01-01T00:00:00Z"), mars);
        log.released(marsImage(IMAGE, "First"));
        log.released(bennuSpectrum(SPECTRUM, "Second"), Instant.parse("2021-01-01T00:00:00Z"));
        api.follow(log);

        assertThat(api.json("/v1/releases/upcoming", 200).path("items").findValuesAsText("lid"))
                .containsExactly("urn:nasa:pds:a:b:soon", "urn:nasa:pds:a:b:later");
        assertThat(api.json("/v1/releases", 200).path("items").findValuesAsText("title"))
                .containsExactly("Second", "First");
        var spectrum = api.json("/v1/products/" + SPECTRUM, 200);
        assertThat(spectrum.path("release_date").asText()).isEqualTo("2021-01-01T00:00:00Z");
        assertThat(spectrum.path("released_at").asText()).isEqualTo("2026-03-01T12:00:03Z");
        assertThat(api.json("/v1/products?released_to=2021-01-01", 200)
                        .path("items")
                        .findValuesAsText("title"))
                .containsExactly("Second");
    }

    @Test
    void walksAllPagesWhileProductsAreAdded() throws Exception {
        for (int i = 0; i < 25; i++) {
            log.released(marsImage("urn:nasa:pds:walk:data:p" + i + "::1.0", "Number " + i % 3));
        }
        api.follow(log);
        for (var sort :
                new String[] {"-release_date", "release_date", "title", "-title", "lid", "-start_time", "relevance"}) {
            var seen = new ArrayList<String>();
            var next = "/v1/products?q=number&limit=4&sort=" + sort;
            var added = 0;
            while (next != null) {
                var page = api.json(next, 200);
                seen.addAll(page.path("items").findValuesAsText("lidvid"));
                next = page.hasNonNull("next") ? page.path("next").asText() : null;
                log.released(marsImage("urn:nasa:pds:walk:extra_" + sort + ":e" + added++ + "::1.0", "Number 1"));
                api.follow(log);
            }
            assertThat(seen).as(sort).doesNotHaveDuplicates();
            assertThat(seen.stream().filter(id -> id.contains(":data:")))
                    .as(sort)
                    .hasSize(25);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "colour=red, colour, known are",
        "limit=0, limit, from 1 to 200",
        "limit=201, limit, from 1 to 200",
        "limit=many, limit, from 1 to 200",
        "sort=size, sort, must be one of",
        "sort=relevance, sort, needs a text",
        "state=secret, state, must be one of",
        "from=yesterday, from, must be a day",
        "released_to=2019-13-01, released_to, must be a day",
        "from=%2B999999999-01-01T00:00:00Z, from, must be a day",
        "agency=NA%20SA!, agency, short name",
        "mission=, mission, is empty",
        "q=, q, is empty",
        "q=a&q=b, q, give it once",
        "cursor=garbage, cursor, not a cursor",
        "cursor=MXxhfGI, cursor, not a cursor",
    })
    void namesTheParameterThatIsWrong(String query, String parameter, String hint) throws Exception {
        var problem = api.json("/v1/products?" + query, 400);

        assertThat(problem.path("parameter").asText()).isEqualTo(parameter);
        assertThat(problem.path("detail").asText()).contains(hint);
        assertThat(problem.path("status").asInt()).isEqualTo(400);
        assertThat(problem.path("instance").asText()).isEqualTo("/v1/products");
    }

    @Test
    void refusesACursorOfAnotherQuestion() throws Exception {
        for (int i = 0; i < 3; i++) {
            log.released(marsImage("urn:nasa:pds:walk:data:p" + i + "::1.0", "Number"));
        }
        api.follow(log);
        var cursor = api.json("/v1/products?limit=1&target=mars", 200)
                .path("next_cursor")
                .asText();

        var problem = api.json("/v1/products?limit=1&target=venus&cursor=" + cursor, 400);

        assertThat(problem.path("parameter").asText()).isEqualTo("cursor");
        assertThat(problem.path("detail").asText()).contains("other filters");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"",
                "a AND",
                "title:",
                "*",
                "(",
                "[a TO b]",
                "a~",
                "\\",
                "+ -",
                "a && !b",
                "\u0000",
                "x:/y/",
                "嫦娥"
            })
    void takesAnyTextWithoutAnError(String text) throws Exception {
        log.released(marsImage(IMAGE, "An image"));
        api.follow(log);

        assertThat(api.get("/v1/products?q=" + ApiFixture.encode(text)).statusCode())
                .isEqualTo(200);
    }

    @Test
    void givesErrorsOfTheFrameworkTheSameForm() throws Exception {
        api.follow(log);
        JsonNode absent = api.json("/nowhere", 404);
        assertThat(absent.path("type").asText()).isEqualTo("about:blank");
        assertThat(absent.path("title").asText()).isEqualTo("Not Found");

        var posted = api.post("/v1/products", "text/plain");
        assertThat(posted.statusCode()).isEqualTo(405);
        assertThat(posted.headers().firstValue("content-type")).hasValue("application/problem+json");

        var browser = api.get("/nowhere", "Accept", "text/html");
        assertThat(browser.statusCode()).isEqualTo(404);
        assertThat(browser.headers().firstValue("content-type")).hasValue("application/problem+json");
    }

    @Test
    void answersNotReadyUntilTheIndexHasCaughtUp() throws Exception {
        api.ready(false);

        var response = api.get("/v1/products");

        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(response.headers().firstValue("retry-after")).hasValue("1");
        assertThat(api.json("/v1/releases/stream", 503).path("type").asText())
                .isEqualTo("urn:halley:problem:not-ready");
        assertThat(api.json("/health", 503).path("status").asText()).isEqualTo("not_ready");
        assertThat(api.json("/health/ready", 503).path("caught_up").asBoolean()).isFalse();
        api.json("/health/live", 200);

        api.ready(true);

        assertThat(api.json("/health", 200).path("status").asText()).isEqualTo("ready");
        assertThat(api.get("/v1/products").statusCode()).isEqualTo(200);
    }

    @Test
    void guardsEveryAnswerWithHeaders() throws Exception {
        api.follow(log);
        for (var path :
                new String[] {"/", "/products/urn:nasa:pds:x:y:z::1.0", "/v1/products", "/nowhere", "/health"}) {
            var headers = api.get(path).headers();
            assertThat(headers.firstValue("content-security-policy").orElse(""))
                    .as(path)
                    .contains("default-src 'none'")
                    .contains("script-src 'self'")
                    .doesNotContain("unsafe");
            assertThat(headers.firstValue("x-content-type-options")).as(path).hasValue("nosniff");
        }
    }

    @Test
    void describesEveryRouteInTheOpenApiDocument() throws Exception {
        var document = api.get("/openapi.yml").body();

        assertThat(document)
                .contains("/v1/products:", "/v1/products/{id}:", "/v1/releases:", "/v1/releases/upcoming:")
                .contains("/v1/releases/stream:", "/health:", "released_from", "product_class:")
                .doesNotContain("/assets", "productClass");
    }

    @Test
    void measuresByRouteAndNeverByWhatWasAsked() throws Exception {
        log.released(marsImage(IMAGE, "An image"));
        api.follow(log);
        api.get("/v1/products/" + IMAGE);
        api.get("/v1/products?q=secretive");

        var figures = api.get("/metrics").body();

        assertThat(figures)
                .contains("halley_http_answers_seconds_count{route=\"/v1/products\",status=\"200\"} 1")
                .contains("halley_follower_lag", "halley_stream_subscribers")
                .doesNotContain("insight", "secretive");
    }

    @Test
    void namesTheAgencies() throws Exception {
        assertThat(api.json("/v1/agencies", 200).path("items").findValuesAsText("id"))
                .contains("nasa", "esa");
    }

    @Test
    void refusesALineThatIsTooLong() throws Exception {
        assertThat(api.get("/v1/products?q=" + "x".repeat(9_000)).statusCode()).isBetween(400, 499);
        assertThat(api.json("/v1/products?q=" + "x".repeat(501), 400)
                        .path("parameter")
                        .asText())
                .isEqualTo("q");
    }
}
