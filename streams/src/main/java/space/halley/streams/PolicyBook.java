package space.halley.streams;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;
import space.halley.domain.Command;
import space.halley.domain.ContentHash;
import space.halley.domain.Policy;
import space.halley.domain.PolicyRegister;

/**
 * The policy versions that one partition has applied. Of all of them it keeps number, hash and place in the log; documents, and
 * the words with which they were published, only of those from the oldest that is still needed on. Used by the stream thread alone.
 */
final class PolicyBook {
    private static final int HASH = 32;

    private final KeyValueStore<Bytes, byte[]> store;
    private final Map<Integer, Policy> documents = new HashMap<>();
    private final Map<Integer, Long> offsets = new HashMap<>();
    private final Map<Integer, Command.Statement> statements = new HashMap<>();
    private PolicyRegister register;

    /** @param reader reads a document that was read before */
    PolicyBook(KeyValueStore<Bytes, byte[]> store, Function<String, Policy> reader) {
        this.store = store;
        var applied = new TreeMap<Integer, ContentHash>();
        try (var all = store.range(AgendaKey.first(AgendaKey.POLICY), AgendaKey.last(AgendaKey.POLICY))) {
            while (all.hasNext()) {
                var entry = all.next();
                var number = (int) AgendaKey.number(entry.key);
                var buffer = ByteBuffer.wrap(entry.value);
                offsets.put(number, buffer.getLong());
                var hash = new byte[HASH];
                buffer.get(hash);
                applied.put(number, new ContentHash(HexFormat.of().formatHex(hash)));
                if (buffer.hasRemaining()) {
                    documents.put(
                            number,
                            reader.apply(StandardCharsets.UTF_8.decode(buffer).toString()));
                }
            }
        }
        this.register = new PolicyRegister(applied);
        try (var all = store.range(AgendaKey.first(AgendaKey.STATEMENT), AgendaKey.last(AgendaKey.STATEMENT))) {
            all.forEachRemaining(entry -> statements.put((int) AgendaKey.number(entry.key), statement(entry.value)));
        }
    }

    PolicyRegister register() {
        return register;
    }

    /** The versions whose documents are kept. */
    Collection<Policy> documents() {
        return List.copyOf(documents.values());
    }

    /** The newest version. */
    Optional<Policy> inForce() {
        return Optional.ofNullable(documents.get(register.number()));
    }

    /** A version whose document is kept. */
    Policy version(int number) {
        var policy = documents.get(number);
        if (policy == null) {
            throw new IllegalStateException("policy version " + number + " is still needed and was not kept");
        }
        return policy;
    }

    /** With which words a version whose document is kept was published; null if an earlier lane took it in. */
    Command.@Nullable Statement statement(int number) {
        return statements.get(number);
    }

    /** Where the version was said first. */
    long offset(int number) {
        var offset = offsets.get(number);
        if (offset == null) {
            throw new IllegalStateException("policy version " + number + " was never applied");
        }
        return offset;
    }

    /** A version comes into force. */
    void apply(Policy policy, String document, Command.Statement statement, long offset, PolicyRegister after) {
        register = after;
        statements.put(policy.number(), statement);
        store.put(AgendaKey.of(AgendaKey.STATEMENT, policy.number()), bytes(statement));
        documents.put(policy.number(), policy);
        offsets.put(policy.number(), offset);
        put(policy.number(), offset, policy.hash(), document);
    }

    /** Forgets the documents of the versions before this one, but not that there were such versions. */
    void forgetBefore(int number) {
        for (var old :
                documents.keySet().stream().filter(known -> known < number).toList()) {
            documents.remove(old);
            put(old, offset(old), register.applied().get(old), "");
            if (statements.remove(old) != null) {
                store.delete(AgendaKey.of(AgendaKey.STATEMENT, old));
            }
        }
    }

    private void put(int number, long offset, @Nullable ContentHash hash, String document) {
        if (hash == null) {
            throw new IllegalStateException("policy version " + number + " has no hash");
        }
        var text = document.getBytes(StandardCharsets.UTF_8);
        store.put(
                AgendaKey.of(AgendaKey.POLICY, number),
                ByteBuffer.allocate(Long.BYTES + HASH + text.length)
                        .putLong(offset)
                        .put(HexFormat.of().parseHex(hash.sha256()))
                        .put(text)
                        .array());
    }

    private static byte[] bytes(Command.Statement statement) {
        var texts = Stream.of(statement.commandId(), statement.author(), statement.reason())
                .map(text -> text.getBytes(StandardCharsets.UTF_8))
                .toList();
        var buffer = ByteBuffer.allocate(
                texts.stream().mapToInt(text -> Integer.BYTES + text.length).sum());
        texts.forEach(text -> buffer.putInt(text.length).put(text));
        return buffer.array();
    }

    private static Command.Statement statement(byte[] value) {
        var buffer = ByteBuffer.wrap(value);
        return new Command.Statement(text(buffer), text(buffer), text(buffer));
    }

    private static String text(ByteBuffer buffer) {
        var text = new byte[buffer.getInt()];
        buffer.get(text);
        return new String(text, StandardCharsets.UTF_8);
    }
}
