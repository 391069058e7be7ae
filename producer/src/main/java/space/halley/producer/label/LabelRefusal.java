package space.halley.producer.label;

/**
 * Why a label is refused. The names are stable: they appear in reports, local records and scripts, so none is ever
 * renamed or used for something else.
 */
public enum LabelRefusal {
    /** The file or folder cannot be opened or read, or it is no regular file. */
    UNREADABLE_FILE,
    /** The file has no content. */
    EMPTY_FILE,
    /** The file is larger than a label can be. */
    TOO_LARGE,
    /** The label is written in the Object Description Language of PDS3. */
    PDS3_LABEL,
    /** The file is no well-formed XML. */
    MALFORMED_XML,
    /** The file has a document type declaration, which could define entities. */
    DTD_NOT_ALLOWED,
    /** Elements are nested deeper than in any label. */
    TOO_DEEP,
    /** A text, an attribute or a list is longer than Halley keeps. */
    LIMIT_EXCEEDED,
    /** The root element is not in the namespace of PDS4's released information models. */
    NOT_PDS4_NAMESPACE,
    /** The root element is of PDS4, but it is no product. */
    NOT_A_PRODUCT,
    /** The product does not say what it is. */
    NO_IDENTIFICATION_AREA,
    /** The label is a template that was not filled in. */
    TEMPLATE_PLACEHOLDER,
    /** The logical identifier is missing or not of the form of one. */
    BAD_LID,
    /** The version identifier is missing or not of the form {@code M.m}. */
    BAD_VID,
    /** The title is missing or empty. */
    NO_TITLE,
    /** The product class contradicts the root element. */
    BAD_PRODUCT_CLASS,
    /** A time that is given cannot be read. */
    BAD_TIME,
    /** A line of a table of releases does not have the table's columns. */
    BAD_ROW
}
