package space.halley.api.http;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
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
import java.util.Set;
import space.halley.api.catalogue.ReleaseState;
import space.halley.api.index.IndexSnapshots;
import space.halley.api.index.ProductQuestion;
import space.halley.api.index.ProductSearch;
import space.halley.api.index.ProductSort;

/** What was released, and what will be. */
@Controller("/v1/releases")
@ExecuteOn(TaskExecutors.BLOCKING)
@Tag(name = "releases")
class ReleasesController {
    private static final Set<String> PARAMETERS = Parameters.facetsAnd("limit", "cursor");

    private final IndexSnapshots snapshots;
    private final ProductSearch search;

    ReleasesController(IndexSnapshots snapshots, ProductSearch search) {
        this.snapshots = snapshots;
        this.search = search;
    }

    /** What Halley released last, first. */
    @Get
    @Operation(
            operationId = "listReleases",
            summary = "Releases, newest first",
            description = "In the order in which Halley made them public.",
            parameters = {
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
                        description = "logical identifier, exactly",
                        array = @ArraySchema(schema = @Schema(type = "string"))),
                @Parameter(
                        name = "limit",
                        in = ParameterIn.QUERY,
                        schema = @Schema(type = "integer", minimum = "1", maximum = "200", defaultValue = "25")),
                @Parameter(
                        name = "cursor",
                        in = ParameterIn.QUERY,
                        description = "next_cursor of the page before",
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
    Page newest(@Parameter(hidden = true) HttpRequest<?> request) throws IOException {
        return list(request, ReleaseState.RELEASED, ProductSort.JUST_RELEASED);
    }

    /** What is planned next, first. */
    @Get("/upcoming")
    @Operation(
            operationId = "listUpcomingReleases",
            summary = "Planned releases, next first",
            description = "Only those whose existence is public.",
            parameters = {
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
                        description = "logical identifier, exactly",
                        array = @ArraySchema(schema = @Schema(type = "string"))),
                @Parameter(
                        name = "limit",
                        in = ParameterIn.QUERY,
                        schema = @Schema(type = "integer", minimum = "1", maximum = "200", defaultValue = "25")),
                @Parameter(
                        name = "cursor",
                        in = ParameterIn.QUERY,
                        description = "next_cursor of the page before",
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
    Page upcoming(@Parameter(hidden = true) HttpRequest<?> request) throws IOException {
        return list(request, ReleaseState.ANNOUNCED, ProductSort.NEXT_PLANNED);
    }

    private Page list(HttpRequest<?> request, ReleaseState state, ProductSort sort) throws IOException {
        var parameters = Parameters.of(request, PARAMETERS);
        var question = new ProductQuestion(
                parameters.facetFilter(),
                state,
                null,
                null,
                null,
                null,
                null,
                sort,
                parameters.limit(),
                parameters.cursor());
        return Page.of(ProductsController.page(snapshots, search, question), request);
    }
}
