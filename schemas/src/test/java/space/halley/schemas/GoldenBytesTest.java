package space.halley.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What was written once can be read for ever. {@code golden/v<n>/<Envelope>.avsc} is a schema as it was registered, {@code
 * <Envelope>.hex} one line for each record of {@link GoldenValues}. They are never changed. When a schema changes, {@code mvn
 * test -Dtest=GoldenBytesTest -Dhalley.golden.write=v<n+1>} writes the next folder, of the envelopes that have values there.
 */
class GoldenBytesTest {
    private static final Path GOLDEN = Path.of("src/test/resources/golden");

    /** One envelope in one historic version. */
    record Version(Envelope envelope, Path folder) {
        Schema schema() throws IOException {
            return parse(folder.resolve(envelope.schema().getName() + ".avsc"));
        }

        List<String> lines() throws IOException {
            return Files.readAllLines(folder.resolve(envelope.schema().getName() + ".hex"), StandardCharsets.UTF_8);
        }

        List<Object> values() {
            return switch (String.valueOf(folder.getFileName())) {
                case "v1" -> GoldenValues.v1(envelope);
                case "v2" -> GoldenValues.v2(envelope);
                case "v3" -> GoldenValues.v3(envelope);
                case "v4" -> GoldenValues.v4(envelope);
                default -> throw new IllegalStateException("GoldenValues does not say what is in " + folder);
            };
        }

        @Override
        public String toString() {
            return envelope + " " + folder.getFileName();
        }
    }

    static List<Version> versions() throws IOException {
        writeIfAsked();
        var all = new ArrayList<Version>();
        for (var folder : folders()) {
            for (var envelope : Envelope.values()) {
                if (Files.exists(folder.resolve(envelope.schema().getName() + ".avsc"))) {
                    all.add(new Version(envelope, folder));
                }
            }
        }
        return all;
    }

    @ParameterizedTest
    @MethodSource("versions")
    void todaysCodeReadsWhatWasWritten(Version version) throws IOException {
        var codec = version.envelope().codec(version.schema());
        var read = new ArrayList<Object>();
        for (var line : version.lines()) {
            read.add(codec.decodeOwn(HexFormat.of().parseHex(line)));
        }
        assertThat(read).isEqualTo(version.values());
    }

    @ParameterizedTest
    @MethodSource("versions")
    void todaysSchemaReadsThatVersionAndThatVersionReadsTodays(Version version) throws IOException {
        assertCompatible(version.envelope().schema(), version.schema());
        assertCompatible(version.schema(), version.envelope().schema());
    }

    @ParameterizedTest
    @MethodSource("envelopes")
    void todaysSchemaIsAmongTheGoldenOnes(Envelope envelope) throws IOException {
        writeIfAsked();
        var known = new ArrayList<Schema>();
        for (var folder : folders()) {
            var file = folder.resolve(envelope.schema().getName() + ".avsc");
            if (Files.exists(file)) {
                known.add(parse(file));
            }
        }
        assertThat(known.contains(envelope.schema()))
                .as("the schema changed: write the next golden folder, and never change an older one")
                .isTrue();
    }

    static Stream<Envelope> envelopes() {
        return Stream.of(Envelope.values());
    }

    private static List<Path> folders() throws IOException {
        try (var folders = Files.list(GOLDEN)) {
            return folders.filter(Files::isDirectory).sorted().toList();
        }
    }

    private static void assertCompatible(Schema reader, Schema writer) {
        var result = SchemaCompatibility.checkReaderWriterCompatibility(reader, writer);
        assertThat(result.getType()).as(result.getDescription()).isEqualTo(SchemaCompatibilityType.COMPATIBLE);
    }

    private static Schema parse(Path file) throws IOException {
        return new Schema.Parser().parse(Files.readString(file));
    }

    private static void writeIfAsked() throws IOException {
        var version = System.getProperty("halley.golden.write");
        if (version == null || Files.exists(GOLDEN.resolve(version))) {
            return;
        }
        var folder = Files.createDirectories(GOLDEN.resolve(version));
        for (var envelope : Envelope.values()) {
            var codec = envelope.codec();
            var values = new Version(envelope, folder).values();
            if (values.isEmpty()) {
                continue;
            }
            var lines = values.stream()
                    .map(value -> HexFormat.of().formatHex(codec.encode(value)))
                    .toList();
            Files.write(folder.resolve(envelope.schema().getName() + ".hex"), lines, StandardCharsets.UTF_8);
            write(folder, envelope.schema());
        }
    }

    private static void write(Path folder, Schema schema) throws IOException {
        Files.writeString(folder.resolve(schema.getName() + ".avsc"), schema + "\n");
    }
}
