package space.halley.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import space.halley.audit.LogReader;

/**
 * Looks for canaries: texts that a test puts into embargoed products and that must not be in anything that the public can
 * read. A canary is found in UTF-8, in UTF-16 of both byte orders, as in a URL or a form, in hexadecimal, and in Base64 at
 * any position within the encoded bytes; and whatever the case of its letters, but for Base64. Immutable.
 */
public final class LeakScanner {
    private static final int SHORTEST = 8;

    /** One way in which a canary can stand in bytes. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Trace(String canary, String encoding, byte[] bytes) {}

    private final List<Trace> exact = new ArrayList<>();
    private final List<Trace> anyCase = new ArrayList<>();

    /** @param canaries of at least eight characters, so that none is found by chance */
    public LeakScanner(Collection<String> canaries) {
        for (var canary : canaries) {
            if (canary.length() < SHORTEST) {
                throw new IllegalArgumentException("a canary of " + canary.length() + " characters is found by chance");
            }
            var utf8 = canary.getBytes(StandardCharsets.UTF_8);
            for (var encoding : encodings(canary, utf8).entrySet()) {
                anyCase.add(new Trace(canary, encoding.getKey(), lower(encoding.getValue())));
            }
            for (int shift = 0; shift < 3; shift++) {
                base64(canary, utf8, shift);
            }
        }
    }

    /** A scanner for these canaries. */
    public static LeakScanner forCanaries(String... canaries) {
        return new LeakScanner(List.of(canaries));
    }

    /**
     * A canary that was found.
     *
     * @param where as the caller named the place
     * @param at the position in bytes
     */
    public record Leak(String canary, String encoding, String where, int at) {
        @Override
        public String toString() {
            return canary + " in " + encoding + " at byte " + at + " of " + where;
        }
    }

    /** The canaries in these bytes. */
    public List<Leak> scan(String where, byte[] bytes) {
        var leaks = new ArrayList<Leak>();
        exact.forEach(trace -> find(trace, bytes, where, leaks));
        var lower = lower(bytes);
        anyCase.forEach(trace -> find(trace, lower, where, leaks));
        return leaks;
    }

    /** The canaries in this text: a page, an answer, a log. */
    public List<Leak> scan(String where, String text) {
        return scan(where, text.getBytes(StandardCharsets.UTF_8));
    }

    /** The canaries in all that is physically in a topic: keys, values and headers, of aborted transactions too. */
    public List<Leak> scanTopic(Map<String, String> client, String topic) {
        var leaks = new ArrayList<Leak>();
        for (var record : LogReader.physical(client, topic)) {
            var where = topic + "-" + record.partition() + "@" + record.offset();
            leaks.addAll(scan(where, bytes(record)));
        }
        return leaks;
    }

    /** The canaries in all files below a folder and in their names, for instance of an index or of logs. */
    public List<Leak> scanFiles(Path folder) {
        var leaks = new ArrayList<Leak>();
        try (var files = Files.walk(folder)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                var where = folder.relativize(file).toString();
                leaks.addAll(scan("the name " + where, where));
                leaks.addAll(scan(where, Files.readAllBytes(file)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the files in " + folder + " cannot be searched", e);
        }
        return leaks;
    }

    private static byte[] bytes(ConsumerRecord<byte[], byte[]> record) {
        var parts = new ArrayList<byte[]>();
        parts.add(record.key() == null ? new byte[0] : record.key());
        parts.add(record.value() == null ? new byte[0] : record.value());
        record.headers().forEach(header -> {
            parts.add(header.key().getBytes(StandardCharsets.UTF_8));
            parts.add(header.value() == null ? new byte[0] : header.value());
        });
        var all = ByteBuffer.allocate(
                parts.stream().mapToInt(part -> part.length + 1).sum());
        parts.forEach(part -> all.put(part).put((byte) 0));
        return all.array();
    }

    private static Map<String, byte[]> encodings(String canary, byte[] utf8) {
        var encodings = new LinkedHashMap<String, byte[]>();
        encodings.put("UTF-8", utf8);
        encodings.put("UTF-16, big-endian", canary.getBytes(StandardCharsets.UTF_16BE));
        encodings.put("UTF-16, little-endian", canary.getBytes(StandardCharsets.UTF_16LE));
        encodings.put("hexadecimal", HexFormat.of().formatHex(utf8).getBytes(StandardCharsets.US_ASCII));
        var forUrls = URLEncoder.encode(canary, StandardCharsets.UTF_8);
        if (!forUrls.equals(canary)) {
            encodings.put("form encoding", forUrls.getBytes(StandardCharsets.US_ASCII));
        }
        if (forUrls.contains("+")) {
            encodings.put("URL encoding", forUrls.replace("+", "%20").getBytes(StandardCharsets.US_ASCII));
        }
        return encodings;
    }

    /** The part of the Base64 text that follows from the canary alone when {@code shift} bytes stand before it. */
    private void base64(String canary, byte[] utf8, int shift) {
        var padded = ByteBuffer.allocate(shift + utf8.length).put(shift, utf8).array();
        var text = Base64.getEncoder().withoutPadding().encodeToString(padded);
        var from = shift == 0 ? 0 : shift + 1;
        var to = text.length() - (padded.length % 3 == 0 ? 0 : 1);
        var inner = text.substring(from, to);
        exact.add(new Trace(canary, "Base64", inner.getBytes(StandardCharsets.US_ASCII)));
        var forUrls = inner.replace('+', '-').replace('/', '_');
        if (!forUrls.equals(inner)) {
            exact.add(new Trace(canary, "Base64 for URLs", forUrls.getBytes(StandardCharsets.US_ASCII)));
        }
    }

    /** ASCII letters in lower case, everything else as it is, position by position. */
    private static byte[] lower(byte[] bytes) {
        var lower = bytes.clone();
        for (int i = 0; i < lower.length; i++) {
            if (lower[i] >= 'A' && lower[i] <= 'Z') {
                lower[i] += (byte) ('a' - 'A');
            }
        }
        return lower;
    }

    private static void find(Trace trace, byte[] bytes, String where, List<Leak> leaks) {
        var wanted = trace.bytes();
        for (int at = 0; at <= bytes.length - wanted.length; at++) {
            var same = 0;
            while (same < wanted.length && bytes[at + same] == wanted[same]) {
                same++;
            }
            if (same == wanted.length) {
                leaks.add(new Leak(trace.canary(), trace.encoding(), where, at));
                at += wanted.length - 1;
            }
        }
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "LeakScanner[%d traces]", exact.size() + anyCase.size());
    }
}
