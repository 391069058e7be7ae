package space.halley.producer.cli;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import space.halley.domain.Policy;
import space.halley.schemas.installation.InvalidConfigurationException;
import space.halley.schemas.installation.PolicyDocument;

/** A policy as it stands in a file. */
record PolicyFile(String document, Policy policy) {

    /**
     * Reads it.
     *
     * @throws InvalidConfigurationException naming every problem in it
     */
    static PolicyFile read(Path file) {
        var document = text(file);
        return new PolicyFile(document, PolicyDocument.read(document));
    }

    /** The text alone. */
    static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (NoSuchFileException e) {
            throw new Complaint("there is no file " + file, e);
        } catch (CharacterCodingException e) {
            throw new Complaint(file + " is not a text in UTF-8", e);
        } catch (IOException e) {
            throw new Complaint(file + " cannot be read: " + e, e);
        }
    }
}
