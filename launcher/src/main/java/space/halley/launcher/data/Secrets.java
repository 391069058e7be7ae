package space.halley.launcher.data;

import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/**
 * The generated passwords of an installation, one file for each principal, readable by the user alone. Passwords are
 * never printed, logged or put on a command line.
 */
public final class Secrets {
    private static final int BYTES = 32;
    private static final String SUFFIX = ".properties";

    private final Map<String, String> passwords;

    private Secrets(Map<String, String> passwords) {
        this.passwords = Map.copyOf(passwords);
    }

    /**
     * Reads the passwords of these principals and makes those that are missing.
     *
     * @param folder must be open to the user alone
     * @param random must be cryptographically strong
     */
    public static Secrets ensure(Path folder, Collection<String> principals, RandomGenerator random) {
        var passwords = new TreeMap<String, String>();
        try {
            for (var principal : principals) {
                var file = folder.resolve(principal + SUFFIX);
                if (!Files.exists(file)) {
                    var bytes = new byte[BYTES];
                    random.nextBytes(bytes);
                    var password = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
                    writePrivately(file, Map.of("username", principal, "password", password));
                }
                passwords.put(principal, read(file));
            }
        } catch (IOException e) {
            throw DataFolder.unusable(folder, e);
        }
        return new Secrets(passwords);
    }

    public Set<String> principals() {
        return passwords.keySet();
    }

    public String password(String principal) {
        var password = passwords.get(principal);
        if (password == null) {
            throw new IllegalArgumentException("no secret was made for " + principal);
        }
        return password;
    }

    /** The settings with which a Kafka client signs in as this principal. */
    public Map<String, String> kafkaLogin(String principal) {
        return Map.of(
                "security.protocol",
                "SASL_PLAINTEXT",
                "sasl.mechanism",
                "SCRAM-SHA-512",
                "sasl.jaas.config",
                "org.apache.kafka.common.security.scram.ScramLoginModule required username=\"" + principal
                        + "\" password=\"" + password(principal) + "\";");
    }

    /**
     * Adds to each principal's file what a Kafka client needs to sign in, so that any client can be given the file as it
     * is.
     *
     * @param folder the one the passwords were read from
     */
    public void addLogins(Path folder, Collection<String> kafkaUsers, String bootstrapServers) {
        try {
            for (var user : kafkaUsers) {
                var entries = new TreeMap<>(kafkaLogin(user));
                entries.put("username", user);
                entries.put("password", password(user));
                entries.put("bootstrap.servers", bootstrapServers);
                writePrivately(folder.resolve(user + SUFFIX), entries);
            }
        } catch (IOException e) {
            throw DataFolder.unusable(folder, e);
        }
    }

    /** Writes a properties file that only the user can read, whole or not at all. */
    public static void writePrivately(Path file, Map<String, String> entries) throws IOException {
        var properties = new Properties();
        properties.putAll(entries);
        var text = new StringWriter();
        properties.store(text, null);
        writeTextPrivately(file, text.toString());
    }

    /** Writes a text file that only the user can read, whole or not at all. */
    public static void writeLinesPrivately(Path file, List<String> lines) throws IOException {
        writeTextPrivately(file, String.join("\n", lines) + "\n");
    }

    private static void writeTextPrivately(Path file, String text) throws IOException {
        var draft = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(draft);
        var options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        var posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
        try (var channel = posix
                ? FileChannel.open(
                        draft,
                        options,
                        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))
                : FileChannel.open(draft, options)) {
            var bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static String read(Path file) throws IOException {
        var properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        } catch (IllegalArgumentException e) {
            throw damaged(file);
        }
        var password = properties.getProperty("password", "");
        if (password.isBlank()) {
            throw damaged(file);
        }
        return password;
    }

    private static LauncherException damaged(Path file) {
        return new LauncherException(
                "The secret in " + file + " cannot be read.",
                "Put the file back from a copy, or start over with --fresh, which deletes all data in the folder.");
    }

    @Override
    public String toString() {
        return "Secrets" + principals();
    }
}
