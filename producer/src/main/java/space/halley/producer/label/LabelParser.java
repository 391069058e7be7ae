package space.halley.producer.label;

import javax.xml.XMLConstants;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import org.codehaus.stax2.XMLStreamReader2;

/**
 * One pass over a label's XML: fills a {@link LabelDraft} with what stands at the places of {@link LabelPath} and goes
 * on to the document's end, so that a label that is cut off is noticed. Serves one document on one thread.
 */
final class LabelParser {
    /** The namespace of every released information model; models differ in the schema's location, not in this. */
    static final String PDS4 = "http://pds.nasa.gov/pds4/pds/v1";

    /** Real labels have at most about 20 levels. */
    static final int MAX_DEPTH = 100;

    /** The longest text that is kept of one element, in characters; more than any field of a description may have. */
    private static final int MAX_TEXT = 32_768;

    private final XMLStreamReader2 xml;
    private final int linesBefore;
    private final TidyText text = new TidyText(MAX_TEXT);

    /**
     * @param linesBefore the lines of the file above the document's first, for the line numbers
     */
    LabelParser(XMLStreamReader2 xml, int linesBefore) {
        this.xml = xml;
        this.linesBefore = linesBefore;
    }

    LabelDraft parse() throws XMLStreamException, RefusedLabelException {
        toRoot();
        var draft = new LabelDraft(xml.getLocalName());
        children(LabelPath.PRODUCT, draft);
        toEnd();
        return draft;
    }

    private void toRoot() throws XMLStreamException, RefusedLabelException {
        for (var event = xml.next(); event != XMLStreamConstants.START_ELEMENT; event = xml.next()) {
            if (event == XMLStreamConstants.DTD) {
                throw new RefusedLabelException(
                        LabelRefusal.DTD_NOT_ALLOWED,
                        "has a document type declaration (<!DOCTYPE …>), which PDS4 labels do not need and Halley does"
                                + " not read, because it can define entities; remove it",
                        line());
            }
        }
        checkRoot();
    }

    private void checkRoot() throws RefusedLabelException {
        var namespace = xml.getNamespaceURI();
        var name = xml.getLocalName();
        if (!PDS4.equals(namespace)) {
            var stated = namespace == null || namespace.isEmpty() ? "no namespace" : Stated.shown(namespace);
            throw new RefusedLabelException(
                    LabelRefusal.NOT_PDS4_NAMESPACE,
                    "the root element <" + Stated.shown(name) + "> is in " + stated + ", a PDS4 product is in " + PDS4
                            + "; declare that namespace if this is a label, leave the file out if it is none",
                    line());
        }
        if (!name.startsWith("Product_")) {
            throw new RefusedLabelException(
                    LabelRefusal.NOT_A_PRODUCT,
                    "the root element <" + Stated.shown(name)
                            + "> is of PDS4 but no product; a label's root is named Product_…",
                    line());
        }
    }

    private void toEnd() throws XMLStreamException {
        while (xml.hasNext()) {
            xml.next();
        }
    }

    /** Reads the element that the reader stands on, up to its end; as deep as the tree of places, never deeper. */
    private void children(LabelPath place, LabelDraft draft) throws XMLStreamException, RefusedLabelException {
        while (true) {
            switch (xml.next()) {
                case XMLStreamConstants.START_ELEMENT -> {
                    var child = PDS4.equals(xml.getNamespaceURI()) ? place.child(xml.getLocalName()) : null;
                    if (child == null) {
                        skip();
                    } else if (child.hasText()) {
                        text(child, draft);
                    } else {
                        child.enter(draft);
                        children(child, draft);
                    }
                }
                case XMLStreamConstants.END_ELEMENT -> {
                    return;
                }
                default -> {}
            }
        }
    }

    private void text(LabelPath place, LabelDraft draft) throws XMLStreamException, RefusedLabelException {
        var line = line();
        var nil = isNil();
        text.clear();
        while (true) {
            switch (xml.next()) {
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE ->
                    text.add(xml.getTextCharacters(), xml.getTextStart(), xml.getTextLength());
                case XMLStreamConstants.START_ELEMENT -> skip();
                case XMLStreamConstants.END_ELEMENT -> {
                    if (!nil) {
                        place.text(draft, new Stated(text.toString(), line));
                    }
                    return;
                }
                default -> {}
            }
        }
    }

    /** Whether the element says that it has no value, which PDS4 allows where a value is unknown or inapplicable. */
    private boolean isNil() {
        if (xml.getAttributeCount() == 0) {
            return false;
        }
        var nil = xml.getAttributeValue(XMLConstants.W3C_XML_SCHEMA_INSTANCE_NS_URI, "nil");
        return nil != null && (nil.strip().equals("true") || nil.strip().equals("1"));
    }

    /** Passes over the element that the reader stands on. */
    private void skip() throws XMLStreamException, RefusedLabelException {
        for (var depth = 1; depth > 0; ) {
            switch (xml.next()) {
                case XMLStreamConstants.START_ELEMENT -> {
                    if (++depth > MAX_DEPTH) {
                        throw new RefusedLabelException(
                                LabelRefusal.TOO_DEEP,
                                "elements are nested deeper than " + MAX_DEPTH + " levels, which no label needs",
                                line());
                    }
                }
                case XMLStreamConstants.END_ELEMENT -> depth--;
                default -> {}
            }
        }
    }

    private int line() {
        return linesBefore + xml.getLocation().getLineNumber();
    }
}
