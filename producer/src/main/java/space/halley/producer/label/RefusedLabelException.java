package space.halley.producer.label;

import org.jspecify.annotations.Nullable;
import space.halley.domain.InvalidValueException;

/** Ends the reading of a label at once; becomes a {@link LabelReading.Refused}. Without a stack trace: it is a result. */
final class RefusedLabelException extends Exception {
    private static final long serialVersionUID = 1L;

    private final LabelRefusal reason;
    private final String explanation;
    private final @Nullable Integer line;

    RefusedLabelException(LabelRefusal reason, String explanation, @Nullable Integer line) {
        super(explanation, null, false, false);
        this.reason = reason;
        this.explanation = explanation;
        this.line = line;
    }

    /** The refusal of a value that breaks a rule of the domain, in the domain's words. */
    RefusedLabelException(LabelRefusal reason, InvalidValueException cause, @Nullable Integer line) {
        this(reason, String.valueOf(cause.getMessage()), line);
    }

    LabelRefusal reason() {
        return reason;
    }

    String explanation() {
        return explanation;
    }

    @Nullable
    Integer line() {
        return line;
    }
}
