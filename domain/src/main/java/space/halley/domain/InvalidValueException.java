package space.halley.domain;

/** A value breaks a rule of the domain. The message names the field, what is wrong with it and what is allowed. */
public final class InvalidValueException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final String field;

    public InvalidValueException(String field, String problem) {
        super(field + ": " + problem);
        this.field = field;
    }

    /** The field that is wrong, in the words of the field's users, for instance {@code logical_identifier}. */
    public String field() {
        return field;
    }
}
