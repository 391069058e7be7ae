package space.halley.launcher.process;

/** Hears what happens to the children. Called by the supervisor's own thread, one call at a time. */
public interface SupervisorListener {
    /** The list of running processes is another one. */
    void changed();

    /** A child died and was started again. */
    void restarted(String name, String cause);

    /** A child died and cannot be kept alive; everything should be stopped. */
    void gaveUp(String name, String cause);
}
