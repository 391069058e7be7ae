package space.halley.streams.faults;

import java.util.HexFormat;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * An entry of a lane's agenda as it stands in the changelog.
 *
 * @param place the partition and the key
 */
record AgendaEntry(String place, int partition, char kind, String value) {
    /** An item without a saved place: two instants and the number of a policy, in hexadecimal digits. */
    private static final int WITHOUT_PLACE = 2 * (2 * Long.BYTES + Integer.BYTES);

    static AgendaEntry of(ConsumerRecord<byte[], byte[]> record) {
        return new AgendaEntry(
                record.partition() + " " + HexFormat.of().formatHex(record.key()),
                record.partition(),
                (char) record.key()[0],
                HexFormat.of().formatHex(record.value()));
    }

    /** Whether this is a fence or a policy version that has not reached every product yet. */
    boolean isItem() {
        return kind == 'i';
    }

    /** Whether the entry may lag behind what was decided. */
    boolean isNotedLater() {
        return kind == 'l' || kind == 'd';
    }

    /** Whether the drain or the scan has begun, and goes on behind the product whose place is saved here. */
    boolean isInTheMiddle() {
        return isItem() && value.length() > WITHOUT_PLACE;
    }
}
