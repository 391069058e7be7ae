package space.halley.api.http;

import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;

/** The agencies. */
@Controller("/v1/agencies")
@Tag(name = "agencies")
class AgenciesController {
    private final AgencyNames agencies;

    AgenciesController(AgencyNames agencies) {
        this.agencies = agencies;
    }

    /** All of them. */
    @Get
    @Operation(operationId = "listAgencies", summary = "The agencies that publish here")
    AgencyNames all() {
        return agencies;
    }
}
