package space.halley.api.follow;

/** A record of the public log cannot be read. The follower does not go past it. */
final class UndecodableRecordException extends Exception {
    private static final long serialVersionUID = 1L;

    UndecodableRecordException(int partition, long offset, String explanation) {
        super("the record at offset " + offset + " of partition " + partition + " cannot be read: " + explanation
                + "; install a version that knows its schema, or restore the registry");
    }
}
