package space.halley.api.follow;

/** The public log is not the one that the index was built from, or lacks records that the index has. */
final class LogLostException extends Exception {
    private static final long serialVersionUID = 1L;

    LogLostException(String message) {
        super(message);
    }
}
