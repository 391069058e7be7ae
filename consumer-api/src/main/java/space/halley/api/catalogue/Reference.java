package space.halley.api.catalogue;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import space.halley.domain.ContextReference;
import space.halley.domain.Lid;

/** A mission, spacecraft, instrument or target that a product belongs to. */
@Schema(name = "Reference")
public record Reference(
        @Schema(description = "investigation, host, instrument, target or other")
        String role,

        @Schema(description = "the name in the product's label")
        String name,

        @Schema(description = "the context product's logical identifier, where the label has one") @Nullable
        String lid) {

    static Reference of(ContextReference reference) {
        return new Reference(reference.role().name().toLowerCase(Locale.ROOT), reference.name(), text(reference.lid()));
    }

    private static @Nullable String text(@Nullable Lid lid) {
        return lid == null ? null : lid.value();
    }

    /** The role in the domain's words. */
    public ContextReference.Role domainRole() {
        return ContextReference.Role.valueOf(role.toUpperCase(Locale.ROOT));
    }
}
