package space.halley.producer;

import java.time.Duration;
import java.util.Map;
import space.halley.domain.AgencyId;
import space.halley.domain.InvalidValueException;

/**
 * How a publisher works.
 *
 * @param agency in whose name it speaks
 * @param kafka client settings under Kafka's own names, secrets among them; those that exactness depends on
 *     (acknowledgements, idempotence, partitioner, isolation) are the publisher's and cannot be set here
 * @param connectWait how long Kafka may take to answer at first, and a call to find the topic's partitions later
 * @param receiptWait how long to wait for the answer to an appended command; zero to wait for none, which also needs no
 *     right to read the receipts
 * @param maxInFlight how many commands may be without an outcome at a time; a call that exceeds it waits
 */
public record PublisherSettings(
        AgencyId agency, Map<String, String> kafka, Duration connectWait, Duration receiptWait, int maxInFlight) {
    private static final Duration CONNECT_WAIT = Duration.ofSeconds(6);
    private static final Duration RECEIPT_WAIT = Duration.ofSeconds(30);
    private static final int MAX_IN_FLIGHT = 1_000;

    public PublisherSettings {
        kafka = Map.copyOf(kafka);
        if (connectWait.isNegative() || connectWait.isZero()) {
            throw new InvalidValueException("connectWait", "must be longer than nothing");
        }
        if (receiptWait.isNegative()) {
            throw new InvalidValueException("receiptWait", "must not be negative");
        }
        if (maxInFlight < 1) {
            throw new InvalidValueException("maxInFlight", "must be at least 1");
        }
    }

    /** Six seconds to connect, thirty to wait for a receipt, a thousand commands in flight. */
    public static PublisherSettings of(AgencyId agency, Map<String, String> kafka) {
        return new PublisherSettings(agency, kafka, CONNECT_WAIT, RECEIPT_WAIT, MAX_IN_FLIGHT);
    }

    /** The same with another wait for receipts. */
    public PublisherSettings waiting(Duration forReceipts) {
        return new PublisherSettings(agency, kafka, connectWait, forReceipts, maxInFlight);
    }

    /** Whether receipts are read at all. */
    boolean readsReceipts() {
        return !receiptWait.isZero();
    }

    /** Without the Kafka settings, which hold secrets. */
    @Override
    public String toString() {
        return "PublisherSettings[" + agency + ", Kafka " + brokers() + ", connect " + connectWait + ", receipts "
                + receiptWait + ", in flight " + maxInFlight + "]";
    }

    /** Where Kafka is. */
    String brokers() {
        return kafka.getOrDefault("bootstrap.servers", "(no bootstrap.servers)");
    }
}
