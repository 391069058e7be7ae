package space.halley.producer;

import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;
import space.halley.producer.PublishingException.Kind;

/** Says in one sentence what Kafka's exceptions mean for an agency. */
final class Troubles {
    private final PublisherSettings settings;

    Troubles(PublisherSettings settings) {
        this.settings = settings;
    }

    PublishingException explain(Throwable trouble) {
        return switch (trouble) {
            case PublishingException explained -> explained;
            case AuthenticationException e ->
                new PublishingException(
                        Kind.DENIED,
                        "Kafka at " + settings.brokers() + " does not accept the credentials for agency "
                                + settings.agency() + "; check user and password in its settings",
                        e);
            case TopicAuthorizationException e ->
                new PublishingException(
                        Kind.DENIED,
                        "the credentials do not give agency " + settings.agency() + " the right to use "
                                + String.join(", ", e.unauthorizedTopics())
                                + "; are they this agency's, and is it part of the installation?",
                        e);
            case AuthorizationException e ->
                new PublishingException(
                        Kind.DENIED, "Kafka at " + settings.brokers() + " denies a right: " + e.getMessage(), e);
            case UnknownTopicOrPartitionException e ->
                new PublishingException(
                        Kind.MISCONFIGURED,
                        "Kafka at " + settings.brokers() + " has no topics for agency " + settings.agency()
                                + "; the installation's deployer must create them",
                        e);
            case TimeoutException e ->
                new PublishingException(
                        Kind.UNREACHABLE, "Kafka at " + settings.brokers() + " gives no answer in time", e);
            case ConfigException e ->
                new PublishingException(Kind.MISCONFIGURED, "the Kafka settings are wrong: " + e.getMessage(), e);
            default -> unwrapped(trouble);
        };
    }

    /** Clients hide the reason for a failed construction or a fatal state in their exception's cause. */
    private PublishingException unwrapped(Throwable trouble) {
        @Nullable Throwable cause = trouble.getCause();
        if (trouble instanceof KafkaException && cause != null) {
            return explain(cause);
        }
        return new PublishingException(
                Kind.FAILED,
                "Kafka at " + settings.brokers() + " failed: "
                        + trouble.getClass().getSimpleName() + ", " + trouble.getMessage(),
                trouble);
    }
}
