package space.halley.launcher.data;

import org.jspecify.annotations.Nullable;

/** Something on this machine keeps Halley from starting. Says what is wrong and what to do about it. */
public final class LauncherException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String remedy;

    public LauncherException(String problem, String remedy) {
        this(problem, remedy, null);
    }

    public LauncherException(String problem, String remedy, @Nullable Throwable cause) {
        super(problem, cause);
        this.remedy = remedy;
    }

    /** What the user can do, as one or two full sentences. */
    public String remedy() {
        return remedy;
    }
}
