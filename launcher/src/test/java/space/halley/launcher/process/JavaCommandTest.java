package space.halley.launcher.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

final class JavaCommandTest {
    @Test
    void onlyHarmlessVariablesReachAChild() {
        var environment = JavaCommand.environment(Map.of(
                "PATH",
                "/bin",
                "LC_ALL",
                "C",
                "QUARKUS_HTTP_PORT",
                "1",
                "JAVA_TOOL_OPTIONS",
                "-x",
                "KAFKA_OPTS",
                "-y"));

        assertThat(environment).containsOnlyKeys("PATH", "LC_ALL");
    }

    @Test
    void foldersWithSpacesAndQuotesSurviveAnArgumentFile() {
        assertThat(JavaCommand.quoted("/a b/\"c\"\\d")).isEqualTo("\"/a b/\\\"c\\\"\\\\d\"");
    }
}
