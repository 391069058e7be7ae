package space.halley.producer.label;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import space.halley.domain.ContextReference;
import space.halley.domain.ContextReference.Role;
import space.halley.domain.DataFile;
import space.halley.domain.InvalidValueException;
import space.halley.domain.Lid;
import space.halley.domain.Lidvid;
import space.halley.domain.ProductDescription;
import space.halley.domain.Vid;

/**
 * What a release needs of a label, and how the rest is brought into the catalogue's form.
 *
 * <p>Needed: identifier, version, title, a class that agrees with the root element, and times that can be read where
 * there are any. Everything else is optional and never refuses a label: a description that is too long is cut, other
 * values that are not what they should be are left out. Lists of references and files are kept whole or refused, because
 * a product with half of them would be described wrongly.
 *
 * <p>A product's own identifier with capital letters is refused, and not written in lower case for its agency. PDS4's
 * rules demand that it equals its lower case, so archives refuse such a label too; none of the real labels that pass the
 * schemas has capitals, only examples and tests of tools do. Two identifiers that differ in case alone would be one
 * product in catalogues that do not tell case apart, and two in Halley; an identifier that Halley changed would not be
 * the one in the label, whose bytes are hashed and kept. Identifiers that a label refers to are taken as they are: they
 * are somebody else's, and refusing the label would not correct them.
 */
final class LabelRules {
    private static final int MAX_TITLE = 2_000;
    private static final int MAX_DESCRIPTION = 20_000;
    private static final int MAX_KEYWORD = 500;
    private static final int MAX_KEYWORDS = 200;
    private static final int MAX_MODEL_VERSION = 50;
    private static final int MAX_LEVEL = 100;
    private static final int MAX_NAME = 500;
    private static final int MAX_DOI = 300;
    private static final String CONTEXT_CLASS = "Product_Context";
    private static final Pattern DOI_PREFIX =
            Pattern.compile("^(https?://(dx\\.)?doi\\.org/|doi:\\s*)", Pattern.CASE_INSENSITIVE);
    private static final Pattern DOI = Pattern.compile("10\\.[0-9.]{4,12}/\\S+");

    private LabelRules() {}

    static ProductDescription describe(LabelDraft draft, ProductDescription.Label label) throws RefusedLabelException {
        if (!draft.identified()) {
            throw new RefusedLabelException(
                    LabelRefusal.NO_IDENTIFICATION_AREA,
                    "<" + Stated.shown(draft.rootName())
                            + "> has no Identification_Area of its own; add it with logical_identifier, version_id,"
                            + " title and product_class (included files are not read)",
                    null);
        }
        var id = new Lidvid(lid(draft), vid(draft));
        var title = title(draft);
        var productClass = productClass(draft);
        var start = time("start_date_time", draft.start(), PdsTime::start);
        var stop = time("stop_date_time", draft.stop(), PdsTime::stop);
        try {
            return new ProductDescription(
                    id,
                    productClass,
                    title,
                    optional(draft.modelVersion(), MAX_MODEL_VERSION),
                    description(draft.description()),
                    levels(draft.levels()),
                    start,
                    stop,
                    context(draft, id.lid(), title),
                    keywords(draft.keywords()),
                    doi(draft.doi()),
                    label,
                    files(draft.files()));
        } catch (InvalidValueException tooLong) {
            throw new RefusedLabelException(LabelRefusal.LIMIT_EXCEEDED, tooLong, null);
        }
    }

    private static Lid lid(LabelDraft draft) throws RefusedLabelException {
        var stated = identifier("logical_identifier", draft.lid(), draft.otherLid(), LabelRefusal.BAD_LID);
        try {
            return ownLid(stated.text());
        } catch (InvalidValueException e) {
            throw new RefusedLabelException(LabelRefusal.BAD_LID, e, stated.line());
        }
    }

    /**
     * The identifier that a product has itself, as opposed to one that it refers to.
     *
     * @throws InvalidValueException if it is none, or has capital letters
     */
    static Lid ownLid(String text) {
        if (!text.toLowerCase(Locale.ROOT).equals(text)) {
            throw new InvalidValueException(
                    "logical_identifier",
                    "'" + Stated.shown(text)
                            + "' has capital letters, which PDS4 does not allow; write it in lower case");
        }
        return new Lid(text);
    }

    private static Vid vid(LabelDraft draft) throws RefusedLabelException {
        var stated = identifier("version_id", draft.vid(), draft.otherVid(), LabelRefusal.BAD_VID);
        try {
            return Vid.parse(stated.text());
        } catch (InvalidValueException e) {
            throw new RefusedLabelException(LabelRefusal.BAD_VID, e, stated.line());
        }
    }

    private static Stated identifier(String field, @Nullable Stated stated, @Nullable Stated other, LabelRefusal reason)
            throws RefusedLabelException {
        if (stated == null || stated.isEmpty()) {
            throw new RefusedLabelException(
                    reason,
                    field + ": is missing or empty in Identification_Area; add it",
                    stated == null ? null : stated.line());
        }
        if (Placeholders.inIdentifier(stated.text())) {
            throw placeholder(field, stated);
        }
        if (other != null) {
            throw new RefusedLabelException(
                    reason,
                    field + ": is stated twice, as '" + stated.shown() + "' and as '" + other.shown()
                            + "'; leave the right one",
                    other.line());
        }
        return stated;
    }

    private static String title(LabelDraft draft) throws RefusedLabelException {
        var title = draft.title();
        if (title == null) {
            throw new RefusedLabelException(
                    LabelRefusal.NO_TITLE, "title: is missing or empty in Identification_Area; add it", null);
        }
        if (Placeholders.inText(title.text())) {
            throw placeholder("title", title);
        }
        if (title.text().length() > MAX_TITLE) {
            throw new RefusedLabelException(
                    LabelRefusal.LIMIT_EXCEEDED,
                    "title: has more than " + MAX_TITLE + " characters; shorten it",
                    title.line());
        }
        return title.text();
    }

    /** The class is the root element's name; a label that states another contradicts itself. */
    private static String productClass(LabelDraft draft) throws RefusedLabelException {
        var stated = draft.productClass();
        if (stated != null && !stated.text().equals(draft.rootName())) {
            if (Placeholders.inText(stated.text())) {
                throw placeholder("product_class", stated);
            }
            throw new RefusedLabelException(
                    LabelRefusal.BAD_PRODUCT_CLASS,
                    "product_class: is '" + stated.shown() + "', but the root element is <"
                            + Stated.shown(draft.rootName()) + ">; make them the same",
                    stated.line());
        }
        return draft.rootName();
    }

    private static @Nullable Instant time(
            String field, @Nullable Stated stated, Function<String, @Nullable Instant> reader)
            throws RefusedLabelException {
        if (stated == null) {
            return null;
        }
        if (Placeholders.inText(stated.text())) {
            throw placeholder(field, stated);
        }
        try {
            return reader.apply(stated.text());
        } catch (DateTimeException e) {
            throw new RefusedLabelException(
                    LabelRefusal.BAD_TIME,
                    field + ": '" + stated.shown() + "' cannot be read: " + e.getMessage()
                            + "; correct it, or mark it xsi:nil if it is unknown",
                    stated.line());
        }
    }

    private static RefusedLabelException placeholder(String field, Stated stated) {
        return new RefusedLabelException(
                LabelRefusal.TEMPLATE_PLACEHOLDER,
                field + ": '" + stated.shown() + "' is a template's placeholder; publish the label that is made of it",
                stated.line());
    }

    private static @Nullable String optional(@Nullable Stated stated, int maxLength) {
        return stated == null || stated.text().length() > maxLength ? null : stated.text();
    }

    private static @Nullable String description(@Nullable Stated stated) {
        if (stated == null || stated.text().length() <= MAX_DESCRIPTION) {
            return stated == null ? null : stated.text();
        }
        return stated.text().substring(0, MAX_DESCRIPTION - 1) + "…";
    }

    /** A bundle may have several levels: all of them, separated by comma and blank, each once. */
    private static @Nullable String levels(List<Stated> levels) {
        var different = new LinkedHashSet<String>();
        levels.forEach(level -> different.add(level.text()));
        var all = new StringBuilder();
        for (var level : different) {
            var separator = all.isEmpty() ? "" : ", ";
            if (!level.isEmpty() && all.length() + separator.length() + level.length() <= MAX_LEVEL) {
                all.append(separator).append(level);
            }
        }
        return all.isEmpty() ? null : all.toString();
    }

    private static List<String> keywords(List<Stated> keywords) {
        var kept = new LinkedHashSet<String>();
        for (var keyword : keywords) {
            if (!keyword.isEmpty() && keyword.text().length() <= MAX_KEYWORD && kept.size() < MAX_KEYWORDS) {
                kept.add(keyword.text());
            }
        }
        return List.copyOf(kept);
    }

    private static List<DataFile> files(List<FileDraft> drafts) {
        var files = new ArrayList<DataFile>(drafts.size());
        for (var draft : drafts) {
            var file = draft.file();
            if (file != null) {
                files.add(file);
            }
        }
        return files;
    }

    private static @Nullable String doi(@Nullable Stated stated) {
        if (stated == null) {
            return null;
        }
        var doi = DOI_PREFIX.matcher(stated.text()).replaceFirst("");
        return doi.length() <= MAX_DOI && DOI.matcher(doi).matches() ? doi : null;
    }

    /**
     * What the product belongs to. The description of a mission, host, instrument or target also belongs to itself, and
     * to the missions, targets and hosts that it names in its list of references, so that it is found by them.
     */
    private static List<ContextReference> context(LabelDraft draft, Lid lid, String title) {
        var references = new LinkedHashSet<ContextReference>();
        draft.context().forEach(reference -> reference.addTo(references));
        if (draft.rootName().equals(CONTEXT_CLASS)) {
            var role = ContextNames.role(lid);
            if (role != null) {
                references.add(itself(role, draft, lid, title));
            }
            draft.relations().stream()
                    .filter(ContextDraft::belongsTo)
                    .forEach(reference -> reference.addTo(references));
        }
        return List.copyOf(references);
    }

    private static ContextReference itself(Role role, LabelDraft draft, Lid lid, String title) {
        var own = optional(draft.ownName(), MAX_NAME);
        var name = own == null ? title : own;
        return new ContextReference(role, name.substring(0, Math.min(name.length(), MAX_NAME)), lid);
    }
}
