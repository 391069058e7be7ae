package space.halley.producer;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.jspecify.annotations.Nullable;
import space.halley.domain.Command;
import space.halley.domain.Command.Statement;
import space.halley.domain.Existence;
import space.halley.domain.Lidvid;
import space.halley.domain.ProductDescription;
import space.halley.domain.RefusalReason;
import space.halley.domain.ReleaseTerms;
import space.halley.producer.PublishingException.Kind;
import space.halley.producer.ReceiptDesk.Place;
import space.halley.schemas.Codecs;
import space.halley.schemas.Input;
import space.halley.schemas.RegistryClient;
import space.halley.schemas.RegistrySchemas;
import space.halley.schemas.RegistryUnavailableException;
import space.halley.schemas.Topics;
import space.halley.schemas.avro.CommandEnvelope;
import space.halley.schemas.avro.ReceiptEnvelope;
import space.halley.schemas.installation.ServiceConfig;

/**
 * Speaks for one agency. Every call appends one command to the agency's command topic and returns the future of its
 * outcome, which is the lane's receipt where one comes in time.
 *
 * <p>Commands of one thread on one product are decided in the order of the calls. Saying the same again is always safe:
 * the lane answers with the first receipt and changes nothing.
 *
 * <p>A future completes exceptionally, with a {@link PublishingException}, only if Kafka or the registry fails; a refusal
 * is an outcome. Futures complete in the publisher's own threads, so what depends on them must not block; or use the
 * {@code Async} methods.
 *
 * <p>Safe for use by several threads. A call waits while as many commands as the settings allow are without an outcome.
 */
public final class Publisher implements AutoCloseable {
    private static final Duration CLOSE_WAIT = Duration.ofSeconds(10);

    private final PublisherSettings settings;
    private final Codecs codecs;
    private final Supplier<String> commandIds;
    private final InstantSource clock;
    private final String topic;
    private final Troubles troubles;
    private final ReceiptDesk desk = new ReceiptDesk();
    private final Semaphore inFlight;
    private final Producer<byte[], byte[]> producer;
    private final @Nullable ReceiptReader receipts;

    private Publisher(
            PublisherSettings settings,
            Codecs codecs,
            Supplier<String> commandIds,
            InstantSource clock,
            Producer<byte[], byte[]> producer) {
        this.settings = settings;
        this.codecs = codecs;
        this.commandIds = commandIds;
        this.clock = clock;
        this.topic = Topics.commands(settings.agency());
        this.troubles = new Troubles(settings);
        this.inFlight = new Semaphore(settings.maxInFlight());
        this.producer = producer;
        this.receipts =
                settings.readsReceipts() ? new ReceiptReader(settings, codecs.receipts(), desk, troubles) : null;
    }

    /**
     * Connects to the installation that the settings file describes.
     *
     * @param commandIds gives every command an id of its own, for instance a random UUID
     * @throws PublishingException if Kafka or the registry does not answer, or denies the agency's rights
     */
    public static Publisher connect(
            PublisherSettings settings, ServiceConfig config, Supplier<String> commandIds, InstantSource clock) {
        var schemas = new RegistrySchemas(RegistryClient.reader(config.registry()));
        try {
            schemas.idOf(CommandEnvelope.getClassSchema());
            schemas.idOf(ReceiptEnvelope.getClassSchema());
        } catch (RegistryUnavailableException e) {
            throw unavailable(e);
        }
        return connect(settings, Codecs.over(schemas), commandIds, clock);
    }

    /**
     * Connects to Kafka, and begins to read the agency's receipts.
     *
     * @param commandIds gives every command an id of its own, for instance a random UUID
     * @throws PublishingException if Kafka does not answer, or denies the agency's rights
     */
    public static Publisher connect(
            PublisherSettings settings, Codecs codecs, Supplier<String> commandIds, InstantSource clock) {
        var troubles = new Troubles(settings);
        @Nullable Producer<byte[], byte[]> producer = null;
        try {
            producer = KafkaClients.producer(settings);
            var publisher = new Publisher(settings, codecs, commandIds, clock, producer);
            publisher.start();
            return publisher;
        } catch (KafkaException e) {
            if (producer != null) {
                producer.close(Duration.ZERO);
            }
            throw troubles.explain(e);
        }
    }

    private void start() {
        if (receipts != null) {
            receipts.start(settings);
        }
        try {
            producer.partitionsFor(topic);
        } catch (KafkaException e) {
            if (receipts != null) {
                receipts.close();
            }
            throw e;
        }
    }

    /**
     * Says that a product exists and is to be released under these terms.
     *
     * @param archiveReleaseDate when the agency's own archive made it public; null if it did not before now
     */
    public CompletableFuture<Outcome> announce(
            ProductDescription product,
            ReleaseTerms terms,
            Existence existence,
            @Nullable Instant archiveReleaseDate,
            Mandate mandate) {
        return send(new Command.Announce(statement(mandate), product, terms, existence, archiveReleaseDate));
    }

    /** Says that a held product is to be released under other terms. */
    public CompletableFuture<Outcome> reschedule(Lidvid id, ReleaseTerms terms, Mandate mandate) {
        return send(new Command.Reschedule(statement(mandate), id, terms));
    }

    /** Says that a held product is not to be released, or that a public one is retracted. */
    public CompletableFuture<Outcome> withdraw(Lidvid id, Mandate mandate) {
        return send(new Command.Withdraw(statement(mandate), id));
    }

    /** Says what the command says. Its id must differ from those of all commands that are in flight. */
    public CompletableFuture<Outcome> send(Command command) {
        var commandId = command.statement().commandId();
        byte[] key = command.id().lid().value().getBytes(StandardCharsets.UTF_8);
        byte[] value;
        try {
            value = codecs.commands().encode(new Input.Said(command.id().lid(), clock.instant(), command));
        } catch (RegistryUnavailableException e) {
            return CompletableFuture.failedFuture(unavailable(e));
        }
        if (key.length + value.length > Topics.MAX_COMMAND_BYTES) {
            return CompletableFuture.completedFuture(tooLarge(command, key.length + value.length));
        }
        var outcome = new CompletableFuture<Outcome>();
        try {
            inFlight.acquire();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return CompletableFuture.failedFuture(
                    new PublishingException(Kind.FAILED, "interrupted before command " + commandId + " was sent", e));
        }
        desk.sending(commandId);
        try {
            var unusedAsTheCallbackHearsAll =
                    producer.send(new ProducerRecord<>(topic, key, value), (metadata, failure) -> {
                        if (failure == null) {
                            appended(command, metadata, outcome);
                        } else {
                            notAppended(command, key.length + value.length, failure, outcome);
                        }
                    });
        } catch (KafkaException | IllegalStateException e) {
            notAppended(command, key.length + value.length, e, outcome);
        }
        return outcome;
    }

    private void appended(Command command, RecordMetadata metadata, CompletableFuture<Outcome> outcome) {
        var commandId = command.statement().commandId();
        var place = new Place(metadata.partition(), metadata.offset());
        if (receipts == null) {
            desk.failed(commandId);
            finish(
                    outcome,
                    new Outcome.Unanswered(
                            command.id(), commandId, place.partition(), place.offset(), "receipts are not waited for"));
            return;
        }
        var unusedAsOutcomeFollows = desk.appended(commandId, place)
                .orTimeout(settings.receiptWait().toMillis(), TimeUnit.MILLISECONDS)
                .whenComplete((receipt, failure) -> {
                    desk.forget(place);
                    finish(
                            outcome,
                            failure == null
                                    ? new Outcome.Answered(command.id(), commandId, receipt)
                                    : new Outcome.Unanswered(
                                            command.id(), commandId, place.partition(), place.offset(), why(failure)));
                });
    }

    private void notAppended(Command command, int size, Exception failure, CompletableFuture<Outcome> outcome) {
        desk.failed(command.statement().commandId());
        if (failure instanceof RecordTooLargeException) {
            finish(outcome, tooLarge(command, size));
        } else {
            inFlight.release();
            outcome.completeExceptionally(troubles.explain(failure));
        }
    }

    /** The place in flight is free before anyone hears of the outcome, so that a dependent may send the next command. */
    private void finish(CompletableFuture<Outcome> future, Outcome outcome) {
        inFlight.release();
        future.complete(outcome);
    }

    private String why(Throwable failure) {
        return failure instanceof TimeoutException
                ? "no receipt within " + settings.receiptWait().toSeconds() + " s"
                : String.valueOf(failure.getMessage());
    }

    private Statement statement(Mandate mandate) {
        return new Statement(commandIds.get(), mandate.author(), mandate.reason());
    }

    private static Outcome tooLarge(Command command, int size) {
        return new Outcome.NotSent(
                command.id(),
                command.statement().commandId(),
                RefusalReason.TOO_LARGE,
                "as a command it has " + size + " bytes; at most " + Topics.MAX_COMMAND_BYTES + " are allowed");
    }

    private static PublishingException unavailable(RegistryUnavailableException e) {
        return new PublishingException(Kind.UNREACHABLE, String.valueOf(e.getMessage()), e);
    }

    /**
     * Sends what is still on its way, for at most ten seconds, and stops. What is appended but not answered by then
     * becomes unanswered.
     */
    @Override
    public void close() {
        producer.close(CLOSE_WAIT);
        if (receipts != null) {
            receipts.close();
            desk.close(new IllegalStateException("the publisher was closed before the receipt came"));
        }
    }
}
