package space.halley.domain;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the catalogue says of one version of a product: the fields of its label that are on the whitelist, and nothing
 * else. Names of persons (authors, editors) are not on it, because what is published is kept for ever; see the decision
 * record on the erasure of personal data.
 *
 * <p>Most decisions of a held product only pass its description on. So one that is kept may be {@link #unread}: it is read
 * when it is first asked for anything but its identifier. Immutable either way.
 */
public final class ProductDescription {
    private final Lidvid id;
    /** Null if it is to be read. */
    private final @Nullable Content content;
    /** Null if there is nothing to read. */
    private final @Nullable Supplier<ProductDescription> source;
    /** Null until it has been read. Two threads may both read it, and read the same. */
    private @Nullable Content read;

    private record Content(
            String productClass,
            String title,
            @Nullable String modelVersion,
            @Nullable String description,
            @Nullable String processingLevel,
            @Nullable Instant startTime,
            @Nullable Instant stopTime,
            List<ContextReference> context,
            List<String> keywords,
            @Nullable String doi,
            Label label,
            List<DataFile> files) {

        Content {
            Texts.required("product_class", productClass, 100);
            Texts.required("title", title, 2_000);
            modelVersion = Texts.optional("information_model_version", modelVersion, 50);
            description = Texts.optional("description", description, 20_000);
            processingLevel = Texts.optional("processing_level", processingLevel, 100);
            startTime = startTime == null ? null : Instants.checked("start_date_time", startTime);
            stopTime = stopTime == null ? null : Instants.checked("stop_date_time", stopTime);
            context = Texts.bounded("context references", context, 2_000);
            keywords = Texts.bounded("keywords", keywords, 200);
            keywords.forEach(keyword -> Texts.required("keyword", keyword, 500));
            doi = Texts.optional("doi", doi, 300);
            files = Texts.bounded("files", files, 10_000);
        }
    }

    /** The original label: its file name, its size in bytes and the digest of its bytes. */
    public record Label(String fileName, long size, ContentHash hash) {
        public Label {
            Texts.required("label file name", fileName, 500);
            if (size < 0) {
                throw new InvalidValueException("label size", "is negative");
            }
        }
    }

    /**
     * @param productClass the PDS4 class, such as {@code Product_Observational}
     * @param modelVersion the information model's version, such as {@code 1.22.0.0}; null where the source has none
     * @param description from {@code Citation_Information/description}; null if there is none
     * @param processingLevel such as {@code Calibrated}; null if there is none
     * @param startTime of the acquisition, UTC; null if unknown
     * @param stopTime of the acquisition, UTC; null if unknown
     * @param doi without a {@code doi:} prefix; null if there is none
     * @param label the label as it was read
     * @param files the files that the label describes, in the label's order
     * @throws InvalidValueException if one of them is not as it must be
     */
    public ProductDescription(
            Lidvid id,
            String productClass,
            String title,
            @Nullable String modelVersion,
            @Nullable String description,
            @Nullable String processingLevel,
            @Nullable Instant startTime,
            @Nullable Instant stopTime,
            List<ContextReference> context,
            List<String> keywords,
            @Nullable String doi,
            Label label,
            List<DataFile> files) {
        this.id = id;
        this.source = null;
        this.content = new Content(
                productClass,
                title,
                modelVersion,
                description,
                processingLevel,
                startTime,
                stopTime,
                context,
                keywords,
                doi,
                label,
                files);
    }

    private ProductDescription(Lidvid id, Supplier<ProductDescription> source) {
        this.id = id;
        this.content = null;
        this.source = source;
    }

    /**
     * The description that {@code source} gives when it is asked, with this identifier. What {@code source} throws comes
     * out of whatever is asked.
     */
    public static ProductDescription unread(Lidvid id, Supplier<ProductDescription> source) {
        return new ProductDescription(id, source);
    }

    private Content content() {
        if (content != null) {
            return content;
        }
        var known = read;
        if (known == null) {
            known = Objects.requireNonNull(source).get().content();
            read = known;
        }
        return known;
    }

    public Lidvid id() {
        return id;
    }

    public String productClass() {
        return content().productClass;
    }

    public String title() {
        return content().title;
    }

    public @Nullable String modelVersion() {
        return content().modelVersion;
    }

    public @Nullable String description() {
        return content().description;
    }

    public @Nullable String processingLevel() {
        return content().processingLevel;
    }

    public @Nullable Instant startTime() {
        return content().startTime;
    }

    public @Nullable Instant stopTime() {
        return content().stopTime;
    }

    public List<ContextReference> context() {
        return content().context;
    }

    public List<String> keywords() {
        return content().keywords;
    }

    public @Nullable String doi() {
        return content().doi;
    }

    public Label label() {
        return content().label;
    }

    public List<DataFile> files() {
        return content().files;
    }

    /** The references of one role, in the label's order. */
    public Stream<ContextReference> context(ContextReference.Role role) {
        return context().stream().filter(reference -> reference.role() == role);
    }

    /**
     * When the acquisition ended: the stop time, or the start time where a label has them in the wrong order, since an
     * exclusive period may begin too late but never too early. Null if the label has no stop time.
     */
    public @Nullable Instant acquisitionEnd() {
        var start = startTime();
        var stop = stopTime();
        if (stop == null) {
            return null;
        }
        return start == null ? stop : Instants.later(start, stop);
    }

    /**
     * The identity of the content: the label's bytes and the files it describes. The same version with another identity
     * is a conflict.
     */
    public ContentHash contentHash() {
        var text = new StringBuilder(label().hash().sha256());
        for (var file : files()) {
            // With its length, because a name may hold any character.
            text.append('\n').append(file.name().length()).append(' ').append(file.name());
            text.append(' ').append(file.size()).append(' ').append(file.md5());
        }
        return ContentHash.of(text.toString());
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof ProductDescription that
                        && id.equals(that.id)
                        && content().equals(that.content()));
    }

    @Override
    public int hashCode() {
        return Objects.hash(id, content());
    }

    @Override
    public String toString() {
        return "ProductDescription[" + id + ", " + content() + "]";
    }
}
