package space.halley.producer;

/** Policy documents for tests. */
public final class Policies {
    private Policies() {}

    /** The version of an agency's policy that holds everything that long after its acquisition. */
    public static String holding(String agency, int number, String period) {
        return """
                agency: %s
                version: %d
                rules:
                  - id: everything
                    owner: the agency
                    release: {exclusive: %s, from: acquisition-stop}
                    source: the test
                    confidence: assumed
                """.formatted(agency, number, period);
    }

    /** The version that releases nothing before it has been received and reviewed. */
    public static String reviewing(String agency, int number) {
        return """
                agency: %s
                version: %d
                rules:
                  - id: everything
                    owner: the agency
                    release: {exclusive: P1M, from: reception}
                    review: required
                    source: the test
                    confidence: assumed
                """.formatted(agency, number);
    }
}
