package space.halley.api.index;

/** A cursor is not one of ours, or not for this question. The message says what to do. */
public final class InvalidCursorException extends Exception {
    private static final long serialVersionUID = 1L;

    public InvalidCursorException(String message) {
        super(message);
    }
}
