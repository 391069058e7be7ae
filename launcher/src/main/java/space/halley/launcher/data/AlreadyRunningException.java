package space.halley.launcher.data;

import java.nio.file.Path;

/** Another process holds the lock of a data folder. */
public final class AlreadyRunningException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Path folder;

    AlreadyRunningException(Path folder) {
        super("another process runs Halley on " + folder);
        this.folder = folder;
    }

    public Path folder() {
        return folder;
    }
}
