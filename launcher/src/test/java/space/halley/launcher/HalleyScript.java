package space.halley.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The {@code halley} command of this checkout as people run it, on what was built before. */
final class HalleyScript {
    static final Path ROOT = Path.of(System.getProperty("halley.root", ".")).toAbsolutePath();

    private HalleyScript() {}

    /** How a command ended, and what it said on both outputs. */
    record Said(int code, String text) {}

    static Said run(String... arguments) throws IOException, InterruptedException {
        var output = Files.createTempFile("halley-said", ".txt");
        try {
            var process = start(output, List.of(), arguments);
            var code = process.waitFor();
            return new Said(code, Files.readString(output));
        } finally {
            Files.delete(output);
        }
    }

    /**
     * Starts the command and returns.
     *
     * @param output where both outputs go
     * @param prefix a command that runs it
     */
    static Process start(Path output, List<String> prefix, String... arguments) throws IOException {
        var command = new ArrayList<>(prefix);
        command.add(ROOT.resolve("halley").toString());
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().put("HALLEY_BUILD", "never");
        return builder.start();
    }
}
