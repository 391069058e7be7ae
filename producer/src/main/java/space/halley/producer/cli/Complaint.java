package space.halley.producer.cli;

/** Why a command cannot do its work: one sentence that says what, where and what to do. It ends with exit code 2. */
public final class Complaint extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public Complaint(String message) {
        super(message);
    }

    public Complaint(String message, Throwable cause) {
        super(message, cause);
    }
}
