package space.halley.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LeakScannerTest {
    private static final String CANARY = "Kanarie->?>?ÿ-4711";

    private final LeakScanner scanner = LeakScanner.forCanaries(CANARY, "another canary");

    @Test
    void findsACanaryInEveryEncodingAndSaysWhere() {
        var utf8 = CANARY.getBytes(StandardCharsets.UTF_8);

        found("UTF-8", "page", ("<p>" + CANARY + "</p>").getBytes(StandardCharsets.UTF_8), 3);
        found("UTF-16, big-endian", "page", ("x" + CANARY).getBytes(StandardCharsets.UTF_16BE), 2);
        found("UTF-16, little-endian", "page", (CANARY + "x").getBytes(StandardCharsets.UTF_16LE), 0);
        found("hexadecimal", "dump", ("0x" + HexFormat.of().formatHex(utf8)).getBytes(StandardCharsets.UTF_8), 2);
        found(
                "hexadecimal",
                "dump",
                HexFormat.of().withUpperCase().formatHex(utf8).getBytes(StandardCharsets.UTF_8),
                0);
        found(
                "form encoding",
                "link",
                URLEncoder.encode(CANARY, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_8),
                0);
        assertThat(scanner.scan("link", "/search?q=another%20canary")).hasSize(1);
        assertThat(scanner.scan("link", "/search?q=another+canary")).hasSize(1);
        assertThat(scanner.scan("log", "KANARIE->?>?ÿ-4711")).hasSize(1);
        assertThat(scanner.scan("log", CANARY + CANARY + " another canary")).hasSize(3);
    }

    @Property(tries = 300)
    void findsACanaryInBase64WhateverStandsAroundIt(
            @ForAll @Size(max = 9) byte[] before, @ForAll @Size(max = 9) byte[] after) {
        var utf8 = CANARY.getBytes(StandardCharsets.UTF_8);
        var bytes = new byte[before.length + utf8.length + after.length];
        System.arraycopy(before, 0, bytes, 0, before.length);
        System.arraycopy(utf8, 0, bytes, before.length, utf8.length);
        System.arraycopy(after, 0, bytes, before.length + utf8.length, after.length);

        assertThat(scanner.scan("answer", Base64.getEncoder().encodeToString(bytes)))
                .hasSize(1);
        assertThat(scanner.scan("answer", Base64.getUrlEncoder().encodeToString(bytes)))
                .hasSize(1);
        assertThat(scanner.scan("answer", bytes)).hasSize(1);
    }

    @Test
    void findsNothingInWhatHoldsNothing() {
        assertThat(scanner.scan("page", "kanarie 4711, anothercanary")).isEmpty();
        assertThat(scanner.scan("page", new byte[0])).isEmpty();
    }

    @Test
    void aCanaryIsNotFoundByChance() {
        assertThatThrownBy(() -> LeakScanner.forCanaries("secret")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void searchesFilesAndTheirNames(@TempDir Path folder) throws IOException {
        Files.writeString(Files.createDirectory(folder.resolve("index")).resolve("_0.cfs"), "a " + CANARY);
        Files.writeString(folder.resolve("another canary.log"), "nothing");

        assertThat(scanner.scanFiles(folder))
                .extracting(LeakScanner.Leak::where)
                .containsExactlyInAnyOrder("index/_0.cfs", "the name another canary.log");
    }

    @Test
    void searchesKeysValuesAndHeadersOfATopicAndWhatWasAborted() throws Exception {
        try (var kafka = EmbeddedKafka.open()) {
            kafka.admin()
                    .createTopics(List.of(new NewTopic("t", 1, (short) 1)))
                    .all()
                    .get();
            var config = new HashMap<String, Object>(kafka.clientConfig());
            config.put("transactional.id", "x");
            var bytes = CANARY.getBytes(StandardCharsets.UTF_8);
            var other = "x".getBytes(StandardCharsets.UTF_8);
            try (var producer = new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer())) {
                producer.initTransactions();
                producer.beginTransaction();
                producer.send(new ProducerRecord<>("t", 0, bytes, other)).get();
                var withHeader = new ProducerRecord<>("t", 0, other, other);
                withHeader.headers().add("h", bytes);
                producer.send(withHeader).get();
                producer.commitTransaction();
                producer.beginTransaction();
                producer.send(new ProducerRecord<>("t", 0, other, bytes)).get();
                producer.flush();
                producer.abortTransaction();
            }

            assertThat(scanner.scanTopic(kafka.clientConfig(), "t"))
                    .extracting(LeakScanner.Leak::where)
                    .containsExactly("t-0@0", "t-0@1", "t-0@3");
        }
    }

    private void found(String encoding, String where, byte[] bytes, int at) {
        assertThat(scanner.scan(where, bytes)).containsExactly(new LeakScanner.Leak(CANARY, encoding, where, at));
    }
}
