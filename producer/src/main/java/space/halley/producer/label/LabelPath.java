package space.halley.producer.label;

import java.util.HashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import space.halley.domain.ContextReference.Role;

/**
 * The whitelist: the places in a label that Halley reads, as a tree of element names. An element that is not in the
 * tree is passed over with all it contains, so nothing is read that is not named here. In particular, authors and
 * editors are not, and a {@code version_id} outside of {@code Identification_Area} is not the product's.
 */
final class LabelPath {
    /** The tree below the root element of any product. */
    static final LabelPath PRODUCT = product();

    private static final String EVERY_FILE_AREA = "File_Area";

    private final Map<String, LabelPath> children = new HashMap<>();
    private @Nullable Consumer<LabelDraft> onEnter;
    private @Nullable BiConsumer<LabelDraft, Stated> onText;

    private LabelPath() {}

    /** The place below this one, of that name; null if it is not read. */
    @Nullable
    LabelPath child(String name) {
        var child = children.get(name);
        return child == null && name.startsWith(EVERY_FILE_AREA) ? children.get(EVERY_FILE_AREA) : child;
    }

    void enter(LabelDraft draft) {
        if (onEnter != null) {
            onEnter.accept(draft);
        }
    }

    /** Whether the element's text is read. */
    boolean hasText() {
        return onText != null;
    }

    void text(LabelDraft draft, Stated value) {
        if (onText != null) {
            onText.accept(draft, value);
        }
    }

    private static LabelPath product() {
        var product = new LabelPath();
        identification(product.at("Identification_Area"));
        for (var name : new String[] {"Observation_Area", "Context_Area"}) {
            var area = product.at(name);
            area.at("Time_Coordinates/start_date_time").reads(LabelDraft::start);
            area.at("Time_Coordinates/stop_date_time").reads(LabelDraft::stop);
            area.at("Primary_Result_Summary/processing_level").reads(LabelDraft::level);
            context(area.at("Investigation_Area"), Role.INVESTIGATION);
            context(area.at("Observing_System/Observing_System_Component"), Role.OTHER);
            context(area.at("Target_Identification"), Role.TARGET);
        }
        // The description of a PDS3 data set in PDS4 has its coverage in the class itself.
        product.at("Data_Set_PDS3/start_date_time").reads(LabelDraft::start);
        product.at("Data_Set_PDS3/stop_date_time").reads(LabelDraft::stop);
        for (var itself : new String[] {"Investigation", "Instrument_Host", "Instrument", "Target"}) {
            product.at(itself + "/name").reads(LabelDraft::ownName);
        }
        var relation = product.at("Reference_List/Internal_Reference").enters(LabelDraft::enterRelation);
        reference(relation, LabelDraft::inRelation);
        file(product.at(EVERY_FILE_AREA + "/File"));
        file(product.at("Information_Package_Component/" + EVERY_FILE_AREA + "/File"));
        file(product.at("Information_Package_Component_Deep_Archive/" + EVERY_FILE_AREA + "/File"));
        file(product.at("Document/Document_Edition/Document_File"));
        return product;
    }

    private static void identification(LabelPath area) {
        area.enters(LabelDraft::enterIdentification);
        area.at("logical_identifier").reads(LabelDraft::lid);
        area.at("version_id").reads(LabelDraft::vid);
        area.at("title").reads(LabelDraft::title);
        area.at("product_class").reads(LabelDraft::productClass);
        area.at("information_model_version").reads(LabelDraft::modelVersion);
        area.at("Citation_Information/description").reads(LabelDraft::description);
        area.at("Citation_Information/keyword").reads(LabelDraft::keyword);
        area.at("Citation_Information/doi").reads(LabelDraft::doi);
    }

    private static void context(LabelPath element, Role role) {
        element.enters(draft -> draft.enterContext(role));
        element.at("name").reads((draft, value) -> draft.inContext().name(value));
        element.at("type").reads((draft, value) -> draft.inContext().type(value));
        reference(element.at("Internal_Reference"), LabelDraft::inContext);
    }

    private static void reference(LabelPath element, Function<LabelDraft, ContextDraft> in) {
        element.at("lid_reference").reads((draft, value) -> in.apply(draft).reference(value));
        element.at("lidvid_reference").reads((draft, value) -> in.apply(draft).reference(value));
        element.at("reference_type").reads((draft, value) -> in.apply(draft).relation(value));
    }

    private static void file(LabelPath element) {
        element.enters(LabelDraft::enterFile);
        element.at("file_name").reads((draft, value) -> draft.inFile().name(value));
        element.at("file_size").reads((draft, value) -> draft.inFile().size(value));
        element.at("md5_checksum").reads((draft, value) -> draft.inFile().md5(value));
    }

    /**
     * The place at these names, separated by slashes; made if it is not there. Only while the tree is built. The names
     * are interned because those of the parser are: then a look-up compares references and no characters.
     */
    private LabelPath at(String names) {
        var place = this;
        for (var name : names.split("/")) {
            place = place.children.computeIfAbsent(name.intern(), missing -> new LabelPath());
        }
        return place;
    }

    private LabelPath enters(Consumer<LabelDraft> action) {
        onEnter = action;
        return this;
    }

    private void reads(BiConsumer<LabelDraft, Stated> action) {
        onText = action;
    }
}
