package space.halley.api.http;

import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.io.IOException;
import java.util.Locale;
import space.halley.api.follow.FollowerMonitor;
import space.halley.api.follow.FollowerStatus;
import space.halley.api.index.IndexCounts;
import space.halley.api.index.IndexSnapshots;

/** Whether the service is well, for people, balancers and alarms. */
@Controller("/health")
@ExecuteOn(TaskExecutors.BLOCKING)
@Tag(name = "health")
@ApiResponse(
        responseCode = "200",
        description = "yes",
        content = @Content(mediaType = "application/json", schema = @Schema(implementation = Health.class)))
@ApiResponse(
        responseCode = "503",
        description = "no, and why",
        content = @Content(mediaType = "application/json", schema = @Schema(implementation = Health.class)))
class HealthController {
    private final FollowerMonitor follower;
    private final IndexSnapshots snapshots;

    HealthController(FollowerMonitor follower, IndexSnapshots snapshots) {
        this.follower = follower;
        this.snapshots = snapshots;
    }

    /** For alarms: also 503 when the index was complete once but gets nothing new. */
    @Get
    @Operation(
            operationId = "health",
            summary = "Whether all is well",
            description = "503 until the index has caught up, and whenever the follower is stalled.")
    HttpResponse<Health> health() throws IOException {
        var health = describe();
        return answer(health, health.status().equals("ready"));
    }

    /** For balancers: an index that has caught up once is better than no answer. */
    @Get("/ready")
    @Operation(
            operationId = "ready",
            summary = "Whether questions are answered",
            description = "503 until the index has caught up.")
    HttpResponse<Health> ready() throws IOException {
        var health = describe();
        return answer(health, health.caughtUp());
    }

    /** For supervisors: 503 means start me again. */
    @Get("/live")
    @Operation(
            operationId = "live",
            summary = "Whether the process works",
            description = "503 when the follower has ended.")
    HttpResponse<Health> live() throws IOException {
        return answer(describe(), follower.status().phase() != FollowerStatus.Phase.STOPPED);
    }

    private static HttpResponse<Health> answer(Health health, boolean good) {
        return HttpResponse.<Health>status(good ? HttpStatus.OK : HttpStatus.SERVICE_UNAVAILABLE)
                .body(health);
    }

    private Health describe() throws IOException {
        var status = follower.status();
        var counts = status.caughtUp() ? snapshots.read(IndexCounts::of) : null;
        return new Health(
                word(status),
                status.caughtUp(),
                status.lag(),
                status.phase().name().toLowerCase(Locale.ROOT),
                status.since(),
                status.why(),
                counts == null ? null : new Health.Documents(counts.products(), counts.events()),
                snapshots.position().toString());
    }

    private static String word(FollowerStatus status) {
        if (!status.caughtUp()) {
            return "not_ready";
        }
        return status.phase() == FollowerStatus.Phase.FOLLOWING ? "ready" : "stalled";
    }
}
