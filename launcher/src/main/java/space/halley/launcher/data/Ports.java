package space.halley.launcher.data;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntPredicate;

/**
 * The loopback ports of an installation.
 *
 * @param numbers one number for each use
 */
public record Ports(Map<Use, Integer> numbers) {

    /** What a port is for. The numbers are those of a first start, if nothing else listens there. */
    public enum Use {
        API("port", 8080),
        KAFKA("kafka-port", 19_092),
        REGISTRY("registry-port", 18_081),
        CONTROLLER("controller-port", 19_093),
        REGISTRY_MANAGEMENT("registry-management-port", 18_082),
        STREAMS("streams-port", 18_083);

        private final String option;
        private final int firstChoice;

        Use(String option, int firstChoice) {
            this.option = option;
            this.firstChoice = firstChoice;
        }

        /** The name of the command-line option and of the marker's entry. */
        public String option() {
            return option;
        }

        public int firstChoice() {
            return firstChoice;
        }
    }

    /** Asks the operating system for a port that nobody uses. */
    @FunctionalInterface
    public interface FreePort {
        int next();
    }

    public Ports {
        numbers = Map.copyOf(numbers);
    }

    public int of(Use use) {
        var number = numbers.get(use);
        if (number == null) {
            throw new IllegalStateException("no port was chosen for " + use);
        }
        return number;
    }

    /**
     * Chooses the ports of a run. What the user asked for is taken or refused; what was used before, and after that the
     * usual number, is taken if it is free; otherwise any free one. The API's port is never moved without being asked,
     * because people and scripts know it.
     *
     * @param asked ports given on the command line
     * @param before ports of the last run on the same data
     * @throws LauncherException if a port that must not move is taken
     */
    public static Ports choose(
            Map<Use, Integer> asked, Map<Use, Integer> before, IntPredicate isFree, FreePort freePort) {
        var chosen = new EnumMap<Use, Integer>(Use.class);
        for (var use : Use.values()) {
            var must = Optional.ofNullable(asked.get(use)).or(() -> alwaysTheSame(use));
            var number = must.map(port -> demand(use, port, isFree, chosen))
                    .orElseGet(() -> prefer(use, before, isFree, freePort, chosen));
            chosen.put(use, number);
        }
        return new Ports(chosen);
    }

    /** Whether a server could listen on this loopback port now. */
    public static boolean isFree(int port) {
        try (var socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** A loopback port that was free a moment ago. */
    public static int anyFree() {
        try (var socket = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new LauncherException(
                    "No free port was found on 127.0.0.1: " + e.getMessage(),
                    "Check that the loopback network device is up.",
                    e);
        }
    }

    private static Optional<Integer> alwaysTheSame(Use use) {
        return use == Use.API ? Optional.of(use.firstChoice()) : Optional.empty();
    }

    private static int demand(Use use, int port, IntPredicate isFree, Map<Use, Integer> chosen) {
        if (chosen.containsValue(port)) {
            throw new LauncherException(
                    "Port " + port + " was given twice.", "Give --" + use.option() + " another number.");
        }
        if (!isFree.test(port)) {
            throw new LauncherException(
                    "Port " + port + " on 127.0.0.1 is taken by another program.",
                    "Stop that program, or choose another port with --" + use.option() + " N.");
        }
        return port;
    }

    private static int prefer(
            Use use, Map<Use, Integer> before, IntPredicate isFree, FreePort freePort, Map<Use, Integer> chosen) {
        var taken = Set.copyOf(chosen.values());
        for (var port : new int[] {before.getOrDefault(use, use.firstChoice()), use.firstChoice()}) {
            if (!taken.contains(port) && isFree.test(port)) {
                return port;
            }
        }
        var port = freePort.next();
        while (taken.contains(port)) {
            port = freePort.next();
        }
        return port;
    }
}
