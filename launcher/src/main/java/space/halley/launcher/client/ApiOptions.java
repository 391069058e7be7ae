package space.halley.launcher.client;

import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import space.halley.launcher.data.RunState;
import space.halley.producer.cli.Complaint;
import space.halley.producer.cli.Installation;

/** Which API to ask. */
final class ApiOptions {
    @Option(
            names = "--url",
            paramLabel = "URL",
            description = "The API's address. Default: HALLEY_URL, or that of the local installation.")
    @Nullable
    String url;

    @Option(
            names = "--data",
            paramLabel = "FOLDER",
            description = "Data folder of the local installation. Default: HALLEY_DATA, or .halley beside the command.")
    @Nullable
    Path data;

    HalleyApi connect() {
        var named = url != null ? url : System.getenv("HALLEY_URL");
        if (named != null && !named.isBlank()) {
            return new HalleyApi(address(named));
        }
        var installation = Installation.of(data);
        var run = RunState.read(installation.data())
                .filter(state -> state.supervisor().running().isPresent())
                .orElseThrow(installation::notRunning);
        return new HalleyApi(address(run.api()));
    }

    private static URI address(String text) {
        try {
            var address = URI.create(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
            if (address.getHost() != null && String.valueOf(address.getScheme()).startsWith("http")) {
                return address;
            }
        } catch (IllegalArgumentException e) {
            throw new Complaint("'" + text + "' is not an address such as http://127.0.0.1:8080", e);
        }
        throw new Complaint("'" + text + "' is not an address such as http://127.0.0.1:8080");
    }
}
