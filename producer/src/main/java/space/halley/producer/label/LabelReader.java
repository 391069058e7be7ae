package space.halley.producer.label;

import com.ctc.wstx.api.WstxInputProperties;
import com.ctc.wstx.exc.WstxLazyException;
import com.ctc.wstx.stax.WstxInputFactory;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.regex.Pattern;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import org.codehaus.stax2.XMLInputFactory2;
import org.codehaus.stax2.XMLStreamReader2;
import org.codehaus.stax2.io.Stax2ByteArraySource;
import org.jspecify.annotations.Nullable;
import space.halley.domain.ContentHash;
import space.halley.domain.ProductDescription.Label;

/**
 * Reads PDS4 labels of every product class and information model version. What comes of it is a value; nothing that a
 * label contains makes a method throw. Safe for use by several threads at once.
 */
public final class LabelReader {
    /** The largest file that is read, in bytes. The largest label seen has 258 kB. */
    public static final int MAX_SIZE = 16 * 1024 * 1024;

    private static final int MAX_ATTRIBUTE = 64 * 1024;
    private static final int MAX_ATTRIBUTES = 256;
    private static final int MAX_ELEMENTS = 1_000_000;
    private static final Pattern LIMIT = Pattern.compile("limit \\(\\d+\\) exceeded");
    private static final Pattern PARSER_POSITION = Pattern.compile("\\R\\s*at \\[row,col.*", Pattern.DOTALL);

    private final XMLInputFactory2 factory = factory();

    /** Reads the label in that file. */
    public LabelReading read(Path file) {
        var source = file.toString();
        var fileName = file.getFileName();
        if (fileName == null || !Files.isRegularFile(file)) {
            return unreadable(source, Files.exists(file) ? "is no regular file" : "does not exist");
        }
        byte[] bytes;
        try (var in = Files.newInputStream(file)) {
            bytes = in.readNBytes(MAX_SIZE + 1);
        } catch (AccessDeniedException e) {
            return unreadable(source, "may not be read by this user");
        } catch (NoSuchFileException e) {
            return unreadable(source, "does not exist");
        } catch (IOException e) {
            return unreadable(source, "cannot be read: " + e.getMessage());
        }
        return read(source, fileName.toString(), bytes);
    }

    /** Reads the label that these bytes are. */
    public LabelReading read(String fileName, byte[] bytes) {
        return read(fileName, fileName, bytes);
    }

    private LabelReading read(String source, String fileName, byte[] bytes) {
        if (bytes.length > MAX_SIZE) {
            var reason = LabelBytes.isPds3(bytes) ? LabelRefusal.PDS3_LABEL : LabelRefusal.TOO_LARGE;
            var explanation = "is larger than " + MAX_SIZE + " bytes, so it is data and no PDS4 label; leave it out";
            return new LabelReading.Refused(source, reason, explanation, null, null);
        }
        var hash = ContentHash.of(bytes);
        try {
            if (bytes.length == 0) {
                throw new RefusedLabelException(
                        LabelRefusal.EMPTY_FILE, "has no content; check how the file was copied", null);
            }
            if (LabelBytes.isPds3(bytes)) {
                throw new RefusedLabelException(
                        LabelRefusal.PDS3_LABEL,
                        "is a PDS3 label; Halley reads PDS4, so publish the product's PDS4 label",
                        null);
            }
            var draft = parse(bytes);
            return new LabelReading.Read(source, LabelRules.describe(draft, new Label(fileName, bytes.length, hash)));
        } catch (RefusedLabelException e) {
            return new LabelReading.Refused(source, e.reason(), e.explanation(), e.line(), hash);
        }
    }

    private LabelDraft parse(byte[] bytes) throws RefusedLabelException {
        var start = LabelBytes.start(bytes);
        var linesBefore = LabelBytes.lines(bytes, start);
        try {
            var xml = (XMLStreamReader2)
                    factory.createXMLStreamReader(new Stax2ByteArraySource(bytes, start, bytes.length - start));
            try {
                return new LabelParser(xml, linesBefore).parse();
            } finally {
                xml.close();
            }
        } catch (WstxLazyException e) {
            throw malformed(
                    e.getCause() instanceof XMLStreamException cause ? cause : new XMLStreamException(e), linesBefore);
        } catch (XMLStreamException e) {
            throw malformed(e, linesBefore);
        }
    }

    private static RefusedLabelException malformed(XMLStreamException e, int linesBefore) {
        var message = e.getMessage() == null
                ? ""
                : PARSER_POSITION.matcher(e.getMessage()).replaceFirst("");
        @Nullable
        Integer line = e.getLocation() == null
                ? null
                : Integer.valueOf(linesBefore + e.getLocation().getLineNumber());
        if (LIMIT.matcher(message).find()) {
            return new RefusedLabelException(
                    LabelRefusal.LIMIT_EXCEEDED, "is larger than any label: " + Stated.shown(message), line);
        }
        return new RefusedLabelException(
                LabelRefusal.MALFORMED_XML,
                "is not well-formed XML: " + Stated.shown(message)
                        + "; correct it, or copy the file again if it is cut off",
                line);
    }

    private static LabelReading unreadable(String source, String problem) {
        return new LabelReading.Refused(source, LabelRefusal.UNREADABLE_FILE, problem, null, null);
    }

    private static XMLInputFactory2 factory() {
        var factory = new WstxInputFactory();
        factory.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, true);
        factory.setProperty(XMLInputFactory.IS_VALIDATING, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, false);
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        // Were any of the above overlooked somewhere: nothing outside of the label can be resolved.
        factory.setXMLResolver((publicId, systemId, baseUri, namespace) -> {
            throw new XMLStreamException("refers to something outside of the label, which is never read");
        });
        factory.setProperty(XMLInputFactory2.P_INTERN_NAMES, true);
        factory.setProperty(XMLInputFactory2.P_INTERN_NS_URIS, true);
        factory.setProperty(XMLInputFactory2.P_PRESERVE_LOCATION, false);
        factory.setProperty(XMLInputFactory2.P_LAZY_PARSING, true);
        factory.setProperty(WstxInputProperties.P_MAX_ATTRIBUTE_SIZE, MAX_ATTRIBUTE);
        factory.setProperty(WstxInputProperties.P_MAX_ATTRIBUTES_PER_ELEMENT, MAX_ATTRIBUTES);
        factory.setProperty(WstxInputProperties.P_MAX_ELEMENT_COUNT, (long) MAX_ELEMENTS);
        return factory;
    }
}
