package space.halley.producer.label;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import space.halley.domain.ContextReference.Role;

/**
 * What has been read of a label so far, as its texts. Where the information model allows one value and a label states
 * several, the first counts; for the identifier and the version a second, different one is kept too, because it makes
 * the label ambiguous. One draft belongs to the thread that reads the label.
 */
final class LabelDraft {
    private final String rootName;
    private boolean identified;
    private @Nullable Stated lid;
    private @Nullable Stated otherLid;
    private @Nullable Stated vid;
    private @Nullable Stated otherVid;
    private @Nullable Stated title;
    private @Nullable Stated productClass;
    private @Nullable Stated modelVersion;
    private @Nullable Stated description;
    private @Nullable Stated doi;
    private @Nullable Stated start;
    private @Nullable Stated stop;
    private @Nullable Stated ownName;
    private final List<Stated> levels = new ArrayList<>();
    private final List<Stated> keywords = new ArrayList<>();
    private final List<ContextDraft> context = new ArrayList<>();
    private final List<ContextDraft> relations = new ArrayList<>();
    private final List<FileDraft> files = new ArrayList<>();

    LabelDraft(String rootName) {
        this.rootName = rootName;
    }

    void enterIdentification() {
        identified = true;
    }

    void lid(Stated value) {
        if (lid == null) {
            lid = value;
        } else if (!lid.text().equals(value.text())) {
            otherLid = value;
        }
    }

    void vid(Stated value) {
        if (vid == null) {
            vid = value;
        } else if (!vid.text().equals(value.text())) {
            otherVid = value;
        }
    }

    void title(Stated value) {
        title = first(title, value);
    }

    void productClass(Stated value) {
        productClass = first(productClass, value);
    }

    void modelVersion(Stated value) {
        modelVersion = first(modelVersion, value);
    }

    void description(Stated value) {
        description = first(description, value);
    }

    void doi(Stated value) {
        doi = first(doi, value);
    }

    void start(Stated value) {
        start = first(start, value);
    }

    void stop(Stated value) {
        stop = first(stop, value);
    }

    void ownName(Stated value) {
        ownName = first(ownName, value);
    }

    void level(Stated value) {
        levels.add(value);
    }

    void keyword(Stated value) {
        keywords.add(value);
    }

    void enterContext(Role role) {
        context.add(new ContextDraft(role));
    }

    /** The reference whose element is being read. */
    ContextDraft inContext() {
        return context.getLast();
    }

    void enterRelation() {
        relations.add(new ContextDraft(Role.OTHER));
    }

    ContextDraft inRelation() {
        return relations.getLast();
    }

    void enterFile() {
        files.add(new FileDraft());
    }

    /** The file whose element is being read. */
    FileDraft inFile() {
        return files.getLast();
    }

    String rootName() {
        return rootName;
    }

    boolean identified() {
        return identified;
    }

    @Nullable
    Stated lid() {
        return lid;
    }

    @Nullable
    Stated otherLid() {
        return otherLid;
    }

    @Nullable
    Stated vid() {
        return vid;
    }

    @Nullable
    Stated otherVid() {
        return otherVid;
    }

    @Nullable
    Stated title() {
        return title;
    }

    @Nullable
    Stated productClass() {
        return productClass;
    }

    @Nullable
    Stated modelVersion() {
        return modelVersion;
    }

    @Nullable
    Stated description() {
        return description;
    }

    @Nullable
    Stated doi() {
        return doi;
    }

    @Nullable
    Stated start() {
        return start;
    }

    @Nullable
    Stated stop() {
        return stop;
    }

    @Nullable
    Stated ownName() {
        return ownName;
    }

    List<Stated> levels() {
        return levels;
    }

    List<Stated> keywords() {
        return keywords;
    }

    List<ContextDraft> context() {
        return context;
    }

    List<ContextDraft> relations() {
        return relations;
    }

    List<FileDraft> files() {
        return files;
    }

    private static @Nullable Stated first(@Nullable Stated known, Stated value) {
        return known != null || value.isEmpty() ? known : value;
    }
}
