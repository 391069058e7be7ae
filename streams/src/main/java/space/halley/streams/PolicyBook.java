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
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;
import space.halley.domain.ContentHash;
import space.halley.domain.Policy;
import space.halley.domain.PolicyRegister;

/**
 * The policy versions that one partition has applied. Of all of them it keeps number, hash and place in the log; the
 * documents only of those from the oldest that is still needed on. Used by the stream thread alone.
 */
final class PolicyBook {
    private static final int HASH = 32;

    private final KeyValueStore<Bytes, byte[]> store;
    private final Map<Integer, Policy> documents = new HashMap<>();
    private final Map<Integer, Long> offsets = new HashMap<>();
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

    /** Where the version was said first. */
    long offset(int number) {
        var offset = offsets.get(number);
        if (offset == null) {
            throw new IllegalStateException("policy version " + number + " was never applied");
        }
        return offset;
    }

    /** A version comes into force. */
    void apply(Policy policy, String document, long offset, PolicyRegister after) {
        register = after;
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
}
