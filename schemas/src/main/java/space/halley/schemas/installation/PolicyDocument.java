package space.halley.schemas.installation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import space.halley.domain.Agencies;
import space.halley.domain.Agency;
import space.halley.domain.AgencyId;
import space.halley.domain.Policy;

/**
 * One version of an agency's policy as the agency wrote it, in YAML; {@code docs/policies.md} describes the grammar.
 *
 * @param text the document, of whose UTF-8 bytes the policy's hash is
 */
public record PolicyDocument(String text, Policy policy) {
    /** No document is longer, in characters. */
    public static final int MAX_LENGTH = 128 * 1024;

    /**
     * The policy that the text says, for ever the same one. Any text may be given: it may come from a stranger. Partners are
     * not looked up, because what agencies there are is not the document's to say.
     *
     * @throws InvalidConfigurationException naming every problem with its line
     */
    public static Policy read(String text) {
        return new PolicyReader(text, Optional.empty()).read();
    }

    /**
     * The same, if it may come into force: partners must be among these, and there must not be too many.
     *
     * @throws InvalidConfigurationException naming every problem with its line
     */
    public static Policy read(String text, Set<AgencyId> agencies) {
        return new PolicyReader(text, Optional.of(agencies)).read();
    }

    /**
     * The policy in a file, whose partners are agencies of this installation.
     *
     * @throws InvalidConfigurationException naming every problem with its line, or that the file cannot be read
     */
    public static PolicyDocument load(Path file, Agencies agencies) {
        var ids = agencies.all().stream().map(Agency::id).collect(Collectors.toUnmodifiableSet());
        try {
            if (Files.size(file) > 4L * MAX_LENGTH) {
                throw new InvalidConfigurationException(file.toString(), List.of(PolicyReader.TOO_LONG));
            }
            var text = Files.readString(file);
            return new PolicyDocument(text, read(text, ids));
        } catch (IOException e) {
            throw new InvalidConfigurationException(file.toString(), List.of("it cannot be read as UTF-8: " + e));
        }
    }
}
