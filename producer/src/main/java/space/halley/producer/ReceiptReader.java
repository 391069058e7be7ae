package space.halley.producer;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import space.halley.schemas.Decoding;
import space.halley.schemas.Receipt;
import space.halley.schemas.RecordCodec;
import space.halley.schemas.RegistryUnavailableException;
import space.halley.schemas.Topics;

/**
 * Reads an agency's receipts from the moment of its creation on, in a thread of its own. The consumer belongs to the
 * creating thread until {@link #start}, then to the reader's.
 */
final class ReceiptReader implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ReceiptReader.class);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final long REGISTRY_RETRY_MS = 500;
    private static final long CLOSE_MS = 10_000;

    private final Consumer<byte[], byte[]> consumer;
    private final RecordCodec<Receipt> codec;
    private final ReceiptDesk desk;
    private final Troubles troubles;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread;

    ReceiptReader(PublisherSettings settings, RecordCodec<Receipt> codec, ReceiptDesk desk, Troubles troubles) {
        this.codec = codec;
        this.desk = desk;
        this.troubles = troubles;
        this.consumer = KafkaClients.receipts(settings);
        this.thread = Thread.ofPlatform()
                .daemon()
                .name("halley-receipts-" + settings.agency())
                .unstarted(this::run);
    }

    /**
     * Goes to the end of every partition, so that no answer to what is sent from now on is missed, and starts reading.
     *
     * @throws KafkaException if the topic cannot be read
     */
    void start(PublisherSettings settings) {
        try {
            var topic = Topics.receipts(settings.agency());
            var partitions = consumer.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(topic, info.partition()))
                    .toList();
            if (partitions.isEmpty()) {
                throw new UnknownTopicOrPartitionException(topic);
            }
            consumer.assign(partitions);
            consumer.seekToEnd(partitions);
            partitions.forEach(consumer::position);
        } catch (KafkaException e) {
            closeConsumer();
            throw e;
        }
        thread.start();
    }

    private void run() {
        try {
            while (closing.getCount() > 0) {
                readSome();
            }
        } catch (WakeupException e) {
            LOG.debug("receipts are not needed any more");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (KafkaException e) {
            LOG.warn("receipts cannot be read any more", e);
            desk.close(troubles.explain(e));
        } catch (RuntimeException e) {
            LOG.error("receipts cannot be read any more", e);
            desk.close(e);
        } finally {
            closeConsumer();
        }
    }

    /** At once: without a group, there is nobody to take leave of. */
    private void closeConsumer() {
        consumer.close(CloseOptions.timeout(Duration.ZERO));
    }

    private void readSome() throws InterruptedException {
        var records = consumer.poll(POLL);
        for (var partition : records.partitions()) {
            for (var record : records.records(partition)) {
                try {
                    take(codec.decode(record.value()), partition, record.offset());
                } catch (RegistryUnavailableException e) {
                    LOG.warn("the schema of a receipt cannot be looked up now; trying again", e);
                    consumer.seek(partition, record.offset());
                    if (closing.await(REGISTRY_RETRY_MS, TimeUnit.MILLISECONDS)) {
                        return;
                    }
                    break;
                }
            }
        }
    }

    private void take(Decoding<Receipt> decoding, TopicPartition partition, long offset) {
        switch (decoding) {
            case Decoding.Decoded<Receipt> decoded -> desk.received(decoded.value());
            case Decoding.Undecodable<Receipt> bad ->
                LOG.warn(
                        "a receipt is not of a form that this version reads: {}-{}, {}, {}",
                        partition,
                        offset,
                        bad.reason(),
                        bad.explanation());
        }
    }

    @Override
    public void close() {
        closing.countDown();
        consumer.wakeup();
        try {
            thread.join(CLOSE_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
