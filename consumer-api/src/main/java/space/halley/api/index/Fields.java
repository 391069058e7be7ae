package space.halley.api.index;

/** The names of the index's fields. Whoever changes what a field holds raises {@link PublicIndex#FORMAT}. */
final class Fields {
    /** {@link #PRODUCT} or {@link #EVENT}. */
    static final String DOCUMENT = "document";

    static final String PRODUCT = "product";
    static final String EVENT = "event";

    /** Only products: what an update replaces. */
    static final String KEY = "key";

    static final String LIDVID = "lidvid";
    static final String LID = "lid";
    static final String AGENCY = "agency";
    static final String STATE = "state";
    static final String KIND = "kind";
    static final String PRODUCT_CLASS = "class";
    static final String LEVEL = "level";
    static final String MISSION = "mission";
    static final String HOST = "host";
    static final String INSTRUMENT = "instrument";
    static final String TARGET = "target";

    /** Milliseconds; both are there or neither. */
    static final String START = "start";

    static final String STOP = "stop";
    static final String RELEASE_DATE = "release_date";
    static final String RELEASED_AT = "released_at";
    static final String PLANNED = "planned";
    static final String TITLE_ORDER = "title_order";

    static final String TITLE = "title";
    static final String KEYWORDS = "keywords";
    static final String NAMES = "names";
    static final String COMPACT_NAMES = "compact_names";
    static final String IDENTIFIER_PARTS = "identifier_parts";
    static final String DESCRIPTION = "description";

    static final String PARTITION = "partition";
    static final String OFFSET = "offset";
    /** The order in which this index took the events; of one partition it is the log's. */
    static final String SEQUENCE = "sequence";

    static final String DETAIL_JSON = "detail_json";
    static final String SUMMARY_JSON = "summary_json";
    static final String EVENT_JSON = "event_json";

    private Fields() {}
}
