package space.halley.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ShippedPoliciesTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @Test
    void everyAgencyThatHasOnePublishesItsOwn() throws IOException {
        var policy = Files.createDirectories(folder.resolve("agencies/uae")).resolve("policy.yaml");
        Files.writeString(policy, "");
        Files.createDirectories(folder.resolve("agencies/nasa"));

        var policies = new ShippedPolicies(folder.resolve("agencies"), folder.resolve("data"));

        assertThat(policies.agencies()).containsExactly("uae");
        assertThat(policies.command("uae"))
                .startsWith("policy", "publish")
                .containsSequence("--agency", "uae")
                .containsSequence("--data", folder.resolve("data").toString())
                .endsWith(policy.toString());
    }
}
