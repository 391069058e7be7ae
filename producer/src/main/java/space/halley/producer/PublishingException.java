package space.halley.producer;

/**
 * Kafka or the schema registry prevents publishing. The message says which, where and why in one sentence. It says
 * nothing of a command: whether one that was on its way has been appended is unknown, and saying it again is safe.
 */
public final class PublishingException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** What prevents it. */
    public enum Kind {
        /** Nothing answers at the configured address, or not in time. */
        UNREACHABLE,
        /** The credentials are wrong, or they do not give the right that is needed. */
        DENIED,
        /** The settings are wrong. */
        MISCONFIGURED,
        /** Anything else; the cause says more. */
        FAILED
    }

    private final Kind kind;

    PublishingException(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    /** What prevents it. */
    public Kind kind() {
        return kind;
    }
}
