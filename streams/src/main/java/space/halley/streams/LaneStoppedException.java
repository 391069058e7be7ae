package space.halley.streams;

/** The lane must not go on with this code. Starting it again would end in the same place, so nobody does. */
final class LaneStoppedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    LaneStoppedException(String message) {
        super(message);
    }
}
