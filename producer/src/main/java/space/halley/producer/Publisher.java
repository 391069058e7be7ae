package space.halley.producer;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.jspecify.annotations.Nullable;
import space.halley.domain.Command;
import space.halley.domain.Command.Statement;
import space.halley.domain.Facts;
import space.halley.domain.InvalidValueException;
import space.halley.domain.Lidvid;
import space.halley.domain.Policy;
import space.halley.domain.RefusalReason;
import space.halley.domain.ReleaseTerms;
import space.halley.producer.PublishingException.Kind;
import space.halley.producer.ReceiptDesk.Place;
import space.halley.schemas.Codecs;
import space.halley.schemas.Input;
import space.halley.schemas.Receipt;
import space.halley.schemas.RegistryClient;
import space.halley.schemas.RegistrySchemas;
import space.halley.schemas.RegistryUnavailableException;
import space.halley.schemas.Topics;
import space.halley.schemas.avro.CommandEnvelope;
import space.halley.schemas.avro.ReceiptEnvelope;
import space.halley.schemas.installation.InvalidConfigurationException;
import space.halley.schemas.installation.PolicyDocument;
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

    /** Says that a product exists and is to be released. */
    public CompletableFuture<Outcome> announce(Announcement announcement, Mandate mandate) {
        return send(announcement.in(statement(mandate)));
    }

    /**
     * Says that a held product is to be released under other terms.
     *
     * @throws InvalidValueException if the mandate has no reason
     */
    public CompletableFuture<Outcome> reschedule(Lidvid id, ReleaseTerms terms, Mandate mandate) {
        return send(new Command.Reschedule(explained(mandate), id, terms));
    }

    /**
     * Says that a held product is exempted from its embargo and released at once.
     *
     * @throws InvalidValueException if the mandate has no reason
     */
    public CompletableFuture<Outcome> waive(Lidvid id, Mandate mandate) {
        return send(new Command.Waive(explained(mandate), id));
    }

    /** Says what has become known of a held product, or is known better now; its release may depend on it. */
    public CompletableFuture<Outcome> stateFact(Lidvid id, Facts.Kind kind, Instant at, Mandate mandate) {
        return send(new Command.StateFact(statement(mandate), id, kind, at));
    }

    /**
     * Says that a held product is not to be released, or that a public one is retracted.
     *
     * @throws InvalidValueException if the mandate has no reason
     */
    public CompletableFuture<Outcome> withdraw(Lidvid id, Mandate mandate) {
        return send(new Command.Withdraw(explained(mandate), id));
    }

    /** Says what the command says. Its id must differ from those of all commands that are in flight. */
    public CompletableFuture<Outcome> send(Command command) {
        var id = command.id();
        var commandId = command.statement().commandId();
        byte[] key = id.lid().value().getBytes(StandardCharsets.UTF_8);
        byte[] value;
        try {
            value = codecs.commands().encode(new Input.Said(id.lid(), clock.instant(), command));
        } catch (RegistryUnavailableException e) {
            return CompletableFuture.failedFuture(unavailable(e));
        }
        if (key.length + value.length > Topics.MAX_COMMAND_BYTES) {
            var size = key.length + value.length;
            return CompletableFuture.completedFuture(
                    new Outcome.NotSent(id, commandId, RefusalReason.TOO_LARGE, tooLarge(size)));
        }
        return append(new ProducerRecord<>(topic, key, value), commandId).thenApply(delivery -> switch (delivery) {
            case Answered answered -> new Outcome.Answered(id, commandId, answered.receipt());
            case Unanswered open ->
                new Outcome.Unanswered(
                        id, commandId, open.place().partition(), open.place().offset(), open.why());
            case TooLarge no -> new Outcome.NotSent(id, commandId, RefusalReason.TOO_LARGE, tooLarge(no.size()));
        });
    }

    /**
     * Says which policy the agency has from now on: to every partition of its command topic, because each decides for itself
     * in the order of its own log. The outcome is there when every partition has answered.
     *
     * <p>Until then the broadcast is interrupted if this program ends. Saying the same again resumes it: the partitions that
     * have the version answer that it was said before, the others take it now.
     *
     * @param document the policy as {@link PolicyDocument} reads it
     */
    public CompletableFuture<PolicyOutcome> publishPolicy(String document, Mandate mandate) {
        Policy policy;
        try {
            policy = PolicyDocument.read(document);
        } catch (InvalidConfigurationException e) {
            return CompletableFuture.completedFuture(
                    new PolicyOutcome.NotSent(RefusalReason.POLICY_INVALID, String.valueOf(e.getMessage())));
        }
        if (!policy.agency().equals(settings.agency())) {
            return CompletableFuture.completedFuture(new PolicyOutcome.NotSent(
                    RefusalReason.POLICY_INVALID,
                    "the document is the policy of " + policy.agency() + ", and " + settings.agency()
                            + " is to publish it"));
        }
        var statement = statement(mandate);
        byte[] value;
        try {
            value = codecs.commands()
                    .encode(new Input.PolicyVersion(clock.instant(), statement, policy.number(), document));
        } catch (RegistryUnavailableException e) {
            return CompletableFuture.failedFuture(unavailable(e));
        }
        if (value.length > Topics.MAX_COMMAND_BYTES) {
            return CompletableFuture.completedFuture(
                    new PolicyOutcome.NotSent(RefusalReason.TOO_LARGE, tooLarge(value.length)));
        }
        List<PartitionInfo> partitions;
        try {
            partitions = producer.partitionsFor(topic);
        } catch (KafkaException e) {
            return CompletableFuture.failedFuture(troubles.explain(e));
        }
        var commandId = statement.commandId();
        var deliveries = partitions.stream()
                .map(info -> append(new ProducerRecord<>(topic, info.partition(), null, value), commandId))
                .toList();
        return CompletableFuture.allOf(deliveries.toArray(CompletableFuture[]::new))
                .thenApply(all -> {
                    var replies = deliveries.stream()
                            .map(CompletableFuture::join)
                            .map(Publisher::reply)
                            .toList();
                    return new PolicyOutcome.Said(policy.number(), policy.hash(), commandId, replies);
                });
    }

    private static PolicyOutcome.Reply reply(Delivery delivery) {
        return switch (delivery) {
            case Answered answered -> new PolicyOutcome.Answered(answered.receipt());
            case Unanswered open ->
                new PolicyOutcome.Unanswered(
                        open.place().partition(), open.place().offset(), open.why());
            case TooLarge no -> throw new IllegalStateException("of " + no.size() + " bytes, although it was checked");
        };
    }

    /** What became of one record. */
    private sealed interface Delivery {}

    private record Answered(Receipt receipt) implements Delivery {}

    private record Unanswered(Place place, String why) implements Delivery {}

    private record TooLarge(int size) implements Delivery {}

    private CompletableFuture<Delivery> append(ProducerRecord<byte[], byte[]> command, String commandId) {
        var delivery = new CompletableFuture<Delivery>();
        try {
            inFlight.acquire();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return CompletableFuture.failedFuture(
                    new PublishingException(Kind.FAILED, "interrupted before command " + commandId + " was sent", e));
        }
        desk.sending(commandId);
        try {
            var unusedAsTheCallbackHearsAll = producer.send(command, (metadata, failure) -> {
                if (failure == null) {
                    appended(commandId, metadata, delivery);
                } else {
                    notAppended(commandId, command.value().length, failure, delivery);
                }
            });
        } catch (KafkaException | IllegalStateException e) {
            notAppended(commandId, command.value().length, e, delivery);
        }
        return delivery;
    }

    private void appended(String commandId, RecordMetadata metadata, CompletableFuture<Delivery> delivery) {
        var place = new Place(metadata.partition(), metadata.offset());
        if (receipts == null) {
            desk.failed(commandId);
            finish(delivery, new Unanswered(place, "receipts are not waited for"));
            return;
        }
        var unusedAsDeliveryFollows = desk.appended(commandId, place)
                .orTimeout(settings.receiptWait().toMillis(), TimeUnit.MILLISECONDS)
                .whenComplete((receipt, failure) -> {
                    desk.forget(place);
                    finish(delivery, failure == null ? new Answered(receipt) : new Unanswered(place, why(failure)));
                });
    }

    private void notAppended(String commandId, int size, Exception failure, CompletableFuture<Delivery> delivery) {
        desk.failed(commandId);
        if (failure instanceof RecordTooLargeException) {
            finish(delivery, new TooLarge(size));
        } else {
            inFlight.release();
            delivery.completeExceptionally(troubles.explain(failure));
        }
    }

    /** The place in flight is free before anyone hears of the outcome, so that a dependent may send the next command. */
    private void finish(CompletableFuture<Delivery> future, Delivery delivery) {
        inFlight.release();
        future.complete(delivery);
    }

    private String why(Throwable failure) {
        return failure instanceof TimeoutException
                ? "no receipt within " + settings.receiptWait().toSeconds() + " s"
                : String.valueOf(failure.getMessage());
    }

    private Statement statement(Mandate mandate) {
        return new Statement(commandIds.get(), mandate.author(), mandate.reason());
    }

    /**
     * With a reason, without which no earlier decision should be changed. It is demanded here and not by the lanes: there a
     * withdrawal would be refused for the want of it, and the product become public.
     */
    private Statement explained(Mandate mandate) {
        if (mandate.reason().isBlank()) {
            throw new InvalidValueException("reason", "is empty; a change of an earlier decision needs one");
        }
        return statement(mandate);
    }

    private static String tooLarge(int size) {
        return "as a command it has " + size + " bytes; at most " + Topics.MAX_COMMAND_BYTES + " are allowed";
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
