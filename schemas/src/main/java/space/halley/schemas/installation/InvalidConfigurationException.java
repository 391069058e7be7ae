package space.halley.schemas.installation;

import java.util.List;

/** A configuration cannot be used. The message names the file and every problem found in it. */
public final class InvalidConfigurationException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final List<String> problems;

    public InvalidConfigurationException(String what, List<String> problems) {
        super(what + " cannot be used: " + String.join("; ", problems));
        this.problems = List.copyOf(problems);
    }

    /** Every problem, for those who show one a line. */
    public List<String> problems() {
        return problems;
    }
}
