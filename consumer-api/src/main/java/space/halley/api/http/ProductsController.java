package space.halley.api.http;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import space.halley.api.catalogue.ProductDetail;
import space.halley.api.catalogue.ReleaseState;
import space.halley.api.index.IndexSnapshots;
import space.halley.api.index.InvalidCursorException;
import space.halley.api.index.ProductLookup;
import space.halley.api.index.ProductPage;
import space.halley.api.index.ProductQuestion;
import space.halley.api.index.ProductSearch;
import space.halley.api.index.ProductSort;
import space.halley.domain.InvalidValueException;
import space.halley.domain.Lid;
import space.halley.domain.Lidvid;

/** Products: search, and one by its identifier. */
@Controller("/v1/products")
@ExecuteOn(TaskExecutors.BLOCKING)
@Tag(name = "products")
class ProductsController {
    private static final Set<String> PARAMETERS =
            Parameters.facetsAnd("q", "from", "to", "released_from", "released_to", "state", "sort", "limit", "cursor");
    private static final List<ProductSort> SORTS = List.of(
            ProductSort.RELEVANCE,
            ProductSort.NEWEST_RELEASE,
            ProductSort.OLDEST_RELEASE,
            ProductSort.LATEST_OBSERVATION,
            ProductSort.EARLIEST_OBSERVATION,
            ProductSort.TITLE,
            ProductSort.TITLE_REVERSED,
            ProductSort.IDENTIFIER);
    private static final String SEPARATOR = "::";

    private final IndexSnapshots snapshots;
    private final ProductSearch search;

    ProductsController(IndexSnapshots snapshots, ProductSearch search) {
        this.snapshots = snapshots;
        this.search = search;
    }

    /** Products that fit all of what is asked; several values of one parameter are alternatives. */
    @Get
    @Operation(
            operationId = "searchProducts",
            summary = "Search the public catalogue",
            description = "All parameters must fit; several values of one facet are alternatives. Names are compared"
                    + " without case and punctuation; context identifiers are accepted whole or by their last part"
                    + " (planet.mars, mars).",
            parameters = {
                @Parameter(
                        name = "q",
                        in = ParameterIn.QUERY,
                        description =
                                "words that must be found in title, description, keywords, names or identifier; words in double quotes must stand side by side",
                        schema = @Schema(type = "string", maxLength = 500)),
                @Parameter(
                        name = "agency",
                        in = ParameterIn.QUERY,
                        description = "short name of the agency",
                        array = @ArraySchema(schema = @Schema(type = "string"))),
                @Parameter(
                        name = "mission",
                        in = ParameterIn.QUERY,
                        description = "mission or campaign",
                        array = @ArraySchema(schema = @Schema(type = "string"))),
                @Parameter(
                        name = "host",
                        in = ParameterIn.QUERY,
                        description = "spacecraft, lander or rover",
                        array = @ArraySchema(schema = @Schema(type = "string"))),
                @Parameter(
                        name = "instrument",
                        in = ParameterIn.QUERY,
                        description = "instrument",
                        array = @ArraySchema(schema = @Schema(type = "string"))),
                @Parameter(
                        name = "target",
                        in = ParameterIn.QUERY,
                        description = "target body",
                        array = @ArraySchema(schema = @Schema(type = "string"))),
                @Parameter(
                        name = "class",
                        in = ParameterIn.QUERY,
                        description = "PDS4 class, with or without Product_",
                        array = @ArraySchema(schema = @Schema(type = "string"))),
                @Parameter(
                        name = "level",
                        in = ParameterIn.QUERY,
                        description = "processing level, such as Calibrated",
                        array = @ArraySchema(schema = @Schema(type = "string"))),
                @Parameter(
                        name = "lid",
                        in = ParameterIn.QUERY,
                        description = "logical identifier, exactly: all its versions",
                        array = @ArraySchema(schema = @Schema(type = "string"))),
                @Parameter(
                        name = "from",
                        in = ParameterIn.QUERY,
                        description = "the observation ends at or after this day or instant",
                        schema = @Schema(type = "string")),
                @Parameter(
                        name = "to",
                        in = ParameterIn.QUERY,
                        description = "the observation begins at or before this day or instant",
                        schema = @Schema(type = "string")),
                @Parameter(
                        name = "released_from",
                        in = ParameterIn.QUERY,
                        description = "public since this day or instant or later",
                        schema = @Schema(type = "string")),
                @Parameter(
                        name = "released_to",
                        in = ParameterIn.QUERY,
                        description = "public since this day or instant or earlier",
                        schema = @Schema(type = "string")),
                @Parameter(
                        name = "state",
                        in = ParameterIn.QUERY,
                        schema =
                                @Schema(
                                        type = "string",
                                        allowableValues = {"released", "announced", "retracted"},
                                        defaultValue = "released")),
                @Parameter(
                        name = "sort",
                        in = ParameterIn.QUERY,
                        description =
                                "a leading minus means descending; relevance needs q and is the default with it, -release_date without",
                        schema =
                                @Schema(
                                        type = "string",
                                        allowableValues = {
                                            "relevance",
                                            "-release_date",
                                            "release_date",
                                            "-start_time",
                                            "start_time",
                                            "title",
                                            "-title",
                                            "lid"
                                        })),
                @Parameter(
                        name = "limit",
                        in = ParameterIn.QUERY,
                        schema = @Schema(type = "integer", minimum = "1", maximum = "200", defaultValue = "25")),
                @Parameter(
                        name = "cursor",
                        in = ParameterIn.QUERY,
                        description = "next_cursor of the page before, with the same question",
                        schema = @Schema(type = "string"))
            })
    @ApiResponse(
            responseCode = "200",
            description = "a page of products",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = Page.class)))
    @ApiResponse(
            responseCode = "400",
            description = "a parameter is wrong",
            content =
                    @Content(mediaType = "application/problem+json", schema = @Schema(implementation = Problem.class)))
    @ApiResponse(
            responseCode = "503",
            description = "not ready",
            content =
                    @Content(mediaType = "application/problem+json", schema = @Schema(implementation = Problem.class)))
    Page search(@Parameter(hidden = true) HttpRequest<?> request) throws IOException {
        return Page.of(page(snapshots, search, question(Parameters.of(request, PARAMETERS))), request);
    }

    /** The product with this identifier; without a version, its newest released one. */
    @Get("/{id:.+}")
    @Operation(
            operationId = "getProduct",
            summary = "One product",
            description = "By identifier with version, or without for the newest released version. The identifier is"
                    + " percent-encoded as one path segment. A retracted product answers with status 200, state retracted,"
                    + " when and why. Whatever is not public has the same 404.")
    @ApiResponse(
            responseCode = "200",
            description = "the product",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = ProductDetail.class)))
    @ApiResponse(
            responseCode = "404",
            description = "nothing public has this identifier",
            content =
                    @Content(mediaType = "application/problem+json", schema = @Schema(implementation = Problem.class)))
    @ApiResponse(
            responseCode = "503",
            description = "not ready",
            content =
                    @Content(mediaType = "application/problem+json", schema = @Schema(implementation = Problem.class)))
    ProductDetail product(
            @Parameter(hidden = true) HttpRequest<?> request,
            @Parameter(name = "id", in = ParameterIn.PATH, description = "identifier with or without version")
                    @PathVariable("id")
                    String id)
            throws IOException {
        Parameters.of(request, Set.of());
        var asked = PathIdentifiers.after("/v1/products/", request);
        return snapshots.read(snapshot -> {
            var lookup = ProductLookup.in(snapshot);
            var versions = lookup.versions(lid(asked));
            var lidvid = asked.contains(SEPARATOR)
                    ? asked
                    : ProductLookup.current(versions)
                            .orElseThrow(ProblemException::notFound)
                            .lidvid();
            return lookup.byLidvid(lidvid)
                    .orElseThrow(ProblemException::notFound)
                    .withVersions(versions);
        });
    }

    static ProductPage page(IndexSnapshots snapshots, ProductSearch search, ProductQuestion question)
            throws IOException {
        var page = snapshots.read(snapshot -> {
            try {
                return search.page(snapshot, question);
            } catch (InvalidCursorException e) {
                throw ProblemException.cursor("cursor", String.valueOf(e.getMessage()));
            }
        });
        return page;
    }

    private static ProductQuestion question(Parameters parameters) {
        var text = parameters.text("q", ProductQuestion.MAX_TEXT);
        var sort = parameters.oneOf("sort", SORTS, ProductSort::parameter);
        if (sort == ProductSort.RELEVANCE && text == null) {
            throw ProblemException.parameter("sort", "relevance needs a text in q");
        }
        var state = parameters.oneOf("state", List.of(ReleaseState.values()), ReleaseState::word);
        var standard = text == null ? ProductSort.NEWEST_RELEASE : ProductSort.RELEVANCE;
        return new ProductQuestion(
                parameters.facetFilter(),
                state == null ? ReleaseState.RELEASED : state,
                text,
                parameters.from("from"),
                parameters.to("to"),
                parameters.from("released_from"),
                parameters.to("released_to"),
                sort == null ? standard : sort,
                parameters.limit(),
                parameters.cursor());
    }

    /** An identifier that cannot exist is answered as one that does not. */
    private static Lid lid(String asked) {
        try {
            return asked.contains(SEPARATOR) ? Lidvid.parse(asked).lid() : new Lid(asked);
        } catch (InvalidValueException e) {
            throw ProblemException.notFound();
        }
    }
}
