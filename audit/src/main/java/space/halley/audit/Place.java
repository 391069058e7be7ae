package space.halley.audit;

/** Where a record stands in a cluster. */
public record Place(String topic, int partition, long offset) {
    @Override
    public String toString() {
        return topic + "/" + partition + "@" + offset;
    }
}
