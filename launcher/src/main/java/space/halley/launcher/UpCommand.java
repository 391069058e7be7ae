package space.halley.launcher;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;
import space.halley.launcher.data.Ports;

/** Starts everything on this machine. */
@Command(
        name = "up",
        mixinStandardHelpOptions = true,
        header = "Start everything on this machine.",
        description = {
            "",
            "Starts a Kafka broker, a schema registry, the streams and the API with its pages, all on loopback,"
                    + " and stays until it is stopped with Ctrl-C or 'halley down'. The first start publishes the"
                    + " shipped samples; later ones go on with the same data.",
            ""
        },
        optionListHeading = "Options%n",
        footerHeading = "%nExamples%n",
        footer = {
            "  halley up",
            "  halley up --detach --data /srv/halley --port 8090",
            "  halley up --fresh --no-samples"
        },
        sortOptions = false)
final class UpCommand implements Callable<Integer> {
    @Mixin
    private DataOption data = new DataOption();

    @Option(
            names = "--port",
            converter = OfPort.class,
            paramLabel = "N",
            description = "The port of the API and the pages; 8080 without it.")
    private @Nullable Integer port;

    @Option(
            names = "--kafka-port",
            converter = OfPort.class,
            paramLabel = "N",
            description = "The broker's port. Without it: the one of the last run, 19092, or a free one.")
    private @Nullable Integer kafkaPort;

    @Option(
            names = "--registry-port",
            converter = OfPort.class,
            paramLabel = "N",
            description = "The schema registry's port. Without it: the one of the last run, 18081, or a free one.")
    private @Nullable Integer registryPort;

    @Option(
            names = "--fresh",
            description = "Delete the data folder's contents first. Done only to a folder that carries Halley's marker"
                    + " file.")
    private boolean fresh;

    @Option(names = "--detach", description = "Return when everything is ready, and leave it running.")
    private boolean detach;

    @Option(names = "--no-samples", description = "Do not publish the shipped samples.")
    private boolean noSamples;

    @Option(names = "--training", hidden = true, description = "Record which classes are loaded, then stop.")
    private boolean training;

    /** A number that can be a port. */
    static final class OfPort implements ITypeConverter<Integer> {
        private static final int HIGHEST = 65_535;

        @Override
        public Integer convert(String text) {
            try {
                var port = Integer.parseInt(text);
                if (port > 0 && port <= HIGHEST) {
                    return port;
                }
            } catch (NumberFormatException e) {
                throw new TypeConversionException("'" + text + "' is not a number");
            }
            throw new TypeConversionException(text + " is not a port; ports are 1 to " + HIGHEST);
        }
    }

    @Override
    public Integer call() throws Exception {
        var home = Home.of(System.getProperties());
        Path folder = data.folder();
        var order = new UpOrder(folder, asked(), fresh, !noSamples, training);
        return detach
                ? new DetachedRun(home, order, System.out).start()
                : Run.untilStopped(home, order, System.out, InstantSource.system());
    }

    private Map<Ports.Use, Integer> asked() {
        var asked = new EnumMap<Ports.Use, Integer>(Ports.Use.class);
        put(asked, Ports.Use.API, port);
        put(asked, Ports.Use.KAFKA, kafkaPort);
        put(asked, Ports.Use.REGISTRY, registryPort);
        if (training && port == null) {
            asked.put(Ports.Use.API, Ports.anyFree());
        }
        return asked;
    }

    private static void put(Map<Ports.Use, Integer> asked, Ports.Use use, @Nullable Integer port) {
        if (port != null) {
            asked.put(use, port);
        }
    }
}
