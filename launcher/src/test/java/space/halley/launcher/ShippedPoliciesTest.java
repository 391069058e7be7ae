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

    @Test
    void aPolicyThatTheAgencyHasReplacedNeedNotBePublishedAgain() {
        var summary = "{\"summary\":{\"agency\":\"nasa\"}}\n";

        assertThat(ShippedPolicies.isKnownByAll(
                        "{\"result\":\"replaced\"}\n{\"result\":\"repeated\"}\n{\"result\":\"in_force\"}\n" + summary))
                .isTrue();
        assertThat(ShippedPolicies.isKnownByAll("{\"result\":\"replaced\"}\n{\"result\":\"refused\"}\n" + summary))
                .isFalse();
        assertThat(ShippedPolicies.isKnownByAll("{\"result\":\"unanswered\"}\n" + summary))
                .isFalse();
        assertThat(ShippedPolicies.isKnownByAll("")).as("nobody was reached").isFalse();
        assertThat(ShippedPolicies.isKnownByAll("{")).isFalse();
    }
}
