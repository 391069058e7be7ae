package space.halley.launcher;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import space.halley.launcher.data.Ports;

/**
 * What the user asked {@code up} to do.
 *
 * @param folder the data folder
 * @param ports those that were named
 * @param fresh delete what is there first
 * @param samples publish the shipped samples if that was not done yet
 * @param training stop as soon as everything is ready, and let each program keep a cache of its classes
 */
record UpOrder(Path folder, Map<Ports.Use, Integer> ports, boolean fresh, boolean samples, boolean training) {
    UpOrder {
        ports = Map.copyOf(ports);
    }

    /** The same without deleting anything. */
    UpOrder keepingData() {
        return new UpOrder(folder, ports, false, samples, training);
    }

    /** As arguments of the command line. */
    List<String> arguments() {
        var arguments = new ArrayList<>(List.of("up", "--data", folder.toString()));
        ports.forEach((use, port) -> arguments.addAll(List.of("--" + use.option(), port.toString())));
        if (fresh) {
            arguments.add("--fresh");
        }
        if (!samples) {
            arguments.add("--no-samples");
        }
        return arguments;
    }
}
