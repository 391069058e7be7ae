package space.halley.launcher.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import space.halley.launcher.data.Ports.Use;

final class PortsTest {
    private final AtomicInteger free = new AtomicInteger(50_000);

    @Test
    void aFirstStartTakesTheUsualPorts() {
        var ports = choose(Map.of(), Map.of(), Set.of());

        for (var use : Use.values()) {
            assertThat(ports.of(use)).isEqualTo(use.firstChoice());
        }
    }

    @Test
    void aLaterStartTakesThePortsOfTheLastOne() {
        var ports = choose(Map.of(), Map.of(Use.KAFKA, 21_000), Set.of());

        assertThat(ports.of(Use.KAFKA)).isEqualTo(21_000);
    }

    @Test
    void aTakenPortThatNobodyAskedForIsReplacedByAFreeOne() {
        var taken = Set.of(Use.KAFKA.firstChoice());

        assertThat(choose(Map.of(), Map.of(), taken).of(Use.KAFKA)).isEqualTo(50_000);
    }

    @Test
    void whenThePortOfTheLastRunIsTakenTheUsualOneIsTried() {
        var ports = choose(Map.of(), Map.of(Use.REGISTRY, 21_000), Set.of(21_000));

        assertThat(ports.of(Use.REGISTRY)).isEqualTo(Use.REGISTRY.firstChoice());
    }

    @Test
    void refusesATakenPortThatWasAskedForAndNamesTheOption() {
        assertThatThrownBy(() -> choose(Map.of(Use.KAFKA, 9092), Map.of(), Set.of(9092)))
                .hasMessageContaining("9092")
                .asInstanceOf(InstanceOfAssertFactories.type(LauncherException.class))
                .extracting(LauncherException::remedy, InstanceOfAssertFactories.STRING)
                .contains("--kafka-port N");
    }

    @Test
    void neverMovesTheApiByItself() {
        assertThatThrownBy(() -> choose(Map.of(), Map.of(), Set.of(8080)))
                .hasMessageContaining("8080")
                .asInstanceOf(InstanceOfAssertFactories.type(LauncherException.class))
                .extracting(LauncherException::remedy, InstanceOfAssertFactories.STRING)
                .contains("--port N");
    }

    @Test
    void refusesOnePortForTwoUses() {
        assertThatThrownBy(() -> choose(Map.of(Use.API, 9000, Use.KAFKA, 9000), Map.of(), Set.of()))
                .hasMessageContaining("given twice");
    }

    @Test
    void noPortIsChosenTwice() {
        var ports = choose(Map.of(Use.API, Use.KAFKA.firstChoice()), Map.of(), Set.of());

        assertThat(new HashSet<>(ports.numbers().values())).hasSize(Use.values().length);
    }

    @Test
    void aPortOnWhichAServerListensIsNotFree() throws IOException {
        try (var server = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            assertThat(Ports.isFree(server.getLocalPort())).isFalse();
        }
    }

    private Ports choose(Map<Use, Integer> asked, Map<Use, Integer> before, Set<Integer> taken) {
        return Ports.choose(asked, before, port -> !taken.contains(port), free::getAndIncrement);
    }
}
