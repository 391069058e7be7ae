package space.halley.api.http;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
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
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import space.halley.api.catalogue.CatalogueEvent;
import space.halley.api.catalogue.EventKind;
import space.halley.api.index.EventFilter;
import space.halley.api.index.IndexSnapshot;
import space.halley.api.index.IndexSnapshots;
import space.halley.api.index.InvalidCursorException;
import space.halley.api.index.Position;
import space.halley.api.index.StreamCursor;

/** The live stream of what happens in public. */
@Controller("/v1/releases/stream")
@ExecuteOn(TaskExecutors.BLOCKING)
@Tag(name = "releases")
class ReleaseStreamController {
    private static final String LAST_EVENT_ID = "Last-Event-ID";
    private static final String AFTER = "after";
    private static final String BEGINNING = "beginning";
    private static final int MAX_CURSOR = 4_000;
    private static final Set<String> PARAMETERS = Parameters.facetsAnd("kind", AFTER);
    /** A cursor of another replica may lie ahead of this one; it has that long to follow. */
    private static final Duration REPLICA_LAG = Duration.ofSeconds(3);

    private final IndexSnapshots snapshots;
    private final Subscribers subscribers;

    ReleaseStreamController(IndexSnapshots snapshots, Subscribers subscribers) {
        this.snapshots = snapshots;
        this.subscribers = subscribers;
    }

    /** Events behind a cursor and then those that come, as server-sent events. */
    @Get(produces = MediaType.TEXT_EVENT_STREAM, headRoute = false)
    @Operation(
            operationId = "streamReleases",
            summary = "Live stream of announcements, cancellations, releases and retractions",
            description =
                    "Server-sent events. The event's name is its kind, its data a CatalogueEvent, its id the cursor"
                            + " behind it, which every replica understands. After a break, give the last id as Last-Event-ID or"
                            + " after: nothing is lost or repeated. Comments with an id come every 15 seconds when nothing else"
                            + " does. Events of one product come in their order.",
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
                        name = "after",
                        in = ParameterIn.QUERY,
                        description =
                                "a cursor, or beginning for all events; without it, and without Last-Event-ID, events from now on",
                        schema = @Schema(type = "string")),
                @Parameter(
                        name = "Last-Event-ID",
                        in = ParameterIn.HEADER,
                        description = "a cursor; wins over after",
                        schema = @Schema(type = "string")),
                @Parameter(
                        name = "kind",
                        in = ParameterIn.QUERY,
                        description = "announced, cancelled, released or retracted; several are alternatives",
                        schema = @Schema(type = "string"))
            })
    @ApiResponse(
            responseCode = "200",
            description = "an endless stream of CatalogueEvent",
            content =
                    @Content(mediaType = "text/event-stream", schema = @Schema(implementation = CatalogueEvent.class)))
    @ApiResponse(
            responseCode = "400",
            description = "a parameter or the cursor is wrong",
            content =
                    @Content(mediaType = "application/problem+json", schema = @Schema(implementation = Problem.class)))
    @ApiResponse(
            responseCode = "410",
            description = "the cursor belongs to a log that was replaced",
            content =
                    @Content(mediaType = "application/problem+json", schema = @Schema(implementation = Problem.class)))
    @ApiResponse(
            responseCode = "503",
            description = "not ready, or too many subscribers",
            content =
                    @Content(mediaType = "application/problem+json", schema = @Schema(implementation = Problem.class)))
    HttpResponse<Publisher<Frame>> stream(@Parameter(hidden = true) HttpRequest<?> request)
            throws IOException, InterruptedException {
        var parameters = Parameters.of(request, PARAMETERS);
        var filter = new EventFilter(
                parameters.facetFilter(), parameters.someOf("kind", List.of(EventKind.values()), EventKind::word));
        var start = start(request, parameters);
        var frames = subscribers.frames(new EventSubscription(snapshots, filter, start, subscribers.heartbeat()));
        return HttpResponse.<Publisher<Frame>>ok(frames)
                .contentType(MediaType.TEXT_EVENT_STREAM_TYPE)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .header("X-Accel-Buffering", "no");
    }

    private StreamCursor start(HttpRequest<?> request, Parameters parameters) throws IOException, InterruptedException {
        var header = request.getHeaders().get(LAST_EVENT_ID);
        var fromHeader = header != null && !header.isBlank();
        var name = fromHeader ? LAST_EVENT_ID : AFTER;
        @Nullable String given = fromHeader ? header.strip() : parameters.text(AFTER, MAX_CURSOR);
        var now = snapshots.read(ReleaseStreamController::end);
        if (given == null) {
            return now;
        }
        if (given.equals(BEGINNING)) {
            return new StreamCursor(now.logId(), Position.BEGINNING);
        }
        try {
            var cursor = StreamCursor.parse(given);
            if (!cursor.logId().equals(now.logId())) {
                throw ProblemException.logReplaced(name);
            }
            if (!snapshots.await(position -> position.reaches(cursor.position()), REPLICA_LAG)) {
                throw ProblemException.cursor(
                        name,
                        "it lies behind the end of the log as this server knows it; use the id of the last event you have");
            }
            return cursor;
        } catch (InvalidCursorException e) {
            throw ProblemException.cursor(name, String.valueOf(e.getMessage()));
        }
    }

    private static StreamCursor end(IndexSnapshot snapshot) {
        return new StreamCursor(snapshot.logId(), snapshot.position());
    }
}
