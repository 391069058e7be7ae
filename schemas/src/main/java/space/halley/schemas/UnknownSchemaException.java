package space.halley.schemas;

/** The registry says with authority that no schema has this id. */
public final class UnknownSchemaException extends Exception {
    private static final long serialVersionUID = 1L;

    public UnknownSchemaException(int id) {
        super("no schema has the id " + id);
    }
}
