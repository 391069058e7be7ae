package space.halley.streams;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Names of stores and topics are for ever: what is stored under another name is lost. */
final class LaneTopologyTest {
    private static final Pattern LIST = Pattern.compile("\\[([^]]*)]");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @Test
    void isTheTopologyThatInstallationsHave() throws IOException {
        try (var lane = new LaneHarness(folder);
                var golden = LaneTopologyTest.class.getResourceAsStream("/lane-topology.txt")) {
            var expected = new String(Objects.requireNonNull(golden).readAllBytes(), StandardCharsets.UTF_8);

            assertThat(normal(lane.describe())).isEqualTo(expected.lines().toList());
        }
    }

    /** Without indentation, and with the names of each list in their order, which Kafka leaves to chance. */
    private static List<String> normal(String description) {
        return description
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .map(line -> LIST.matcher(line)
                        .replaceAll(list -> "["
                                + Stream.of(list.group(1).split(", ", -1))
                                        .sorted()
                                        .collect(Collectors.joining(", "))
                                + "]"))
                .toList();
    }
}
