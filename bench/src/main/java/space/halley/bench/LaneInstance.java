package space.halley.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import space.halley.testkit.ChildJvm;

/** An instance of the lane that can be killed: its settings, its folder, and the process while there is one. */
final class LaneInstance implements AutoCloseable {
    private static final List<String> OPTIONS = List.of("-Xmx512m", "-XX:TieredStopAtLevel=4");

    private final Site site;
    private final String id;
    private @Nullable ChildJvm process;

    LaneInstance(Site site, String id) {
        this.site = site;
        this.id = id;
    }

    /** @param standbys how many other instances keep a copy of its stores */
    void start(int standbys) throws IOException {
        var settings = new HashMap<>(site.settings());
        settings.put("halley.instance.id", id);
        settings.put("halley.data.dir", Files.createDirectories(folder()).toString());
        settings.put("halley.standbys", Integer.toString(standbys));
        var properties = new Properties();
        properties.putAll(settings);
        var file = site.folder().resolve(id + ".properties");
        try (var writer = Files.newBufferedWriter(file)) {
            properties.store(writer, null);
        }
        process = ChildJvm.start(
                LaneProcess.class.getName(),
                List.of(file.toString()),
                site.folder().resolve(id + ".log"),
                OPTIONS);
    }

    void kill() {
        if (process != null) {
            process.close();
            process = null;
        }
    }

    /** Where its stores are. */
    Path folder() {
        return site.folder().resolve("instance-" + id);
    }

    /** The memory of its process in bytes, mapped files not counted. */
    double residentBytes() {
        return process == null ? 0 : Memory.residentBytes(Long.toString(process.pid()));
    }

    @Override
    public void close() {
        kill();
    }
}
