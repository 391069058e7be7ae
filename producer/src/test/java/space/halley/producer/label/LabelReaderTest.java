package space.halley.producer.label;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import space.halley.domain.ContentHash;
import space.halley.domain.ContextReference;
import space.halley.domain.ContextReference.Role;
import space.halley.domain.DataFile;
import space.halley.domain.Lid;
import space.halley.domain.Lidvid;
import space.halley.domain.ProductDescription;
import space.halley.domain.ProductDescription.Label;

class LabelReaderTest {
    private final LabelReader reader = new LabelReader();

    @Test
    void readsEverythingThatTheCatalogueHoldsOfACompleteLabel() {
        var bytes = LabelText.bytes(LabelText.COMPLETE);

        assertThat(product(bytes))
                .isEqualTo(new ProductDescription(
                        Lidvid.parse("urn:nasa:pds:insight_seis:data_seed:xb.elyse.2019.096::1.0"),
                        "Product_Observational",
                        "InSight SEIS, Sol 128: the first marsquake",
                        "1.22.0.0",
                        "Ground velocity at Elysium Planitia.",
                        "Raw",
                        Instant.parse("2019-04-06T00:00:00Z"),
                        Instant.parse("2019-04-06T23:59:59.999Z"),
                        List.of(
                                reference(Role.INVESTIGATION, "InSight", "investigation:mission.insight"),
                                reference(Role.HOST, "InSight Lander", "instrument_host:spacecraft.insight"),
                                new ContextReference(Role.INSTRUMENT, "SEIS", null),
                                new ContextReference(Role.OTHER, "Mars Relay Network", null),
                                reference(Role.TARGET, "Mars", "target:planet.mars"),
                                new ContextReference(Role.TARGET, "Phobos", null)),
                        List.of("marsquake", "seismology"),
                        "10.18715/SEIS.INSIGHT.XB_2016",
                        new Label("seis.xml", bytes.length, ContentHash.of(bytes)),
                        List.of(
                                new DataFile(
                                        "xb.elyse.02.bhu.2019.096.mseed",
                                        1_847_296L,
                                        "0123456789abcdef0123456789abcdef"),
                                new DataFile("xb.elyse.02.bhv.2019.096.mseed", null, null))));
    }

    @Test
    void keepsNoNameOfAnAuthorOrEditor() {
        assertThat(product(LabelText.COMPLETE).toString()).doesNotContain("Curie", "Hypatia", "Somerville");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Product_Observational",
                "Product_Bundle",
                "Product_Collection",
                "Product_Document",
                "Product_SPICE_Kernel",
                "Product_Ancillary",
                "Product_Browse",
                "Product_Native",
                "Product_Metadata_Supplemental",
                "Product_AIP",
                "Product_Volume_PDS3",
                "Product_Of_A_Later_Model",
            })
    void readsEveryProductClass(String name) {
        var label = LabelText.minimal(name, "urn:esa:psa:ro_osiris", "OSIRIS on Rosetta", "");

        assertThat(product(label).productClass()).isEqualTo(name);
    }

    @Test
    void readsALabelWithAPrefixForTheNamespace() {
        var label = LabelText.COMPLETE
                .replaceAll("<(/?)([A-Z][A-Za-z_]+|[a-z][a-z0-9_]+)(?=[ >\n])", "<$1p:$2")
                .replace("xmlns=\"", "xmlns:p=\"");

        assertThat(label).contains("<p:Identification_Area>");
        assertThat(product(label))
                .usingRecursiveComparison()
                .ignoringFields("content.label")
                .isEqualTo(product(LabelText.COMPLETE));
    }

    @Test
    void passesOverElementsOfOtherNamespaces() {
        var label = LabelText.COMPLETE.replace(
                "<title>", "<note:title xmlns:note=\"urn:example:note\">Draft, not for release</note:title><title>");

        assertThat(product(label).title()).isEqualTo("InSight SEIS, Sol 128: the first marsquake");
    }

    @Test
    void takesTheRootForTheClassWhereTheLabelStatesNone() {
        var label = LabelText.COMPLETE.replace("<product_class>Product_Observational</product_class>", "");

        assertThat(product(label).productClass()).isEqualTo("Product_Observational");
    }

    @Test
    void takesTheIdentifiersOfOtherProductsAsTheyAre() {
        var label = LabelText.COMPLETE.replace("target:planet.mars<", "target:planet.MARS<");

        assertThat(product(label).context())
                .contains(
                        new ContextReference(Role.TARGET, "Mars", new Lid("urn:nasa:pds:context:target:planet.MARS")));
    }

    @Test
    void readsTimesOfTheContextAreaOfABundle() {
        var label = LabelText.minimal("Product_Bundle", "urn:jaxa:darts:hayabusa2_onc", "ONC images", """
                <Context_Area><Time_Coordinates>
                  <start_date_time>2018-06-27Z</start_date_time><stop_date_time>2019-11</stop_date_time>
                </Time_Coordinates><Primary_Result_Summary>
                  <processing_level>Raw</processing_level><processing_level>Calibrated</processing_level>
                  <processing_level>Raw</processing_level>
                </Primary_Result_Summary></Context_Area>""");

        assertThat(product(label).startTime()).isEqualTo(Instant.parse("2018-06-27T00:00:00Z"));
        assertThat(product(label).stopTime()).isEqualTo(Instant.parse("2019-11-30T23:59:59.999Z"));
        assertThat(product(label).processingLevel()).isEqualTo("Raw, Calibrated");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<stop_date_time xsi:nil=\"true\" nilReason=\"unknown\"></stop_date_time>",
                "<stop_date_time xsi:nil=\" 1 \"/>",
                "<stop_date_time xsi:nil=\"true\">see the document</stop_date_time>",
                "<stop_date_time/>",
                "<stop_date_time>UNK</stop_date_time>",
                "<stop_date_time>1000-01-01Z</stop_date_time>",
                "",
            })
    void takesANilOrEmptyOrPlaceholderTimeForUnknown(String stop) {
        var label = LabelText.COMPLETE.replace("<stop_date_time>2019-04-06</stop_date_time>", stop);

        assertThat(product(label).stopTime()).isNull();
    }

    @Test
    void keepsATimeRangeThatIsTheWrongWayRound() {
        var label = LabelText.COMPLETE.replace(
                "<stop_date_time>2019-04-06</stop_date_time>", "<stop_date_time>2019-04-01T00:00:00Z</stop_date_time>");

        assertThat(product(label).startTime()).isEqualTo(Instant.parse("2019-04-06T00:00:00Z"));
        assertThat(product(label).stopTime()).isEqualTo(Instant.parse("2019-04-01T00:00:00Z"));
    }

    @ParameterizedTest
    @CsvSource({
        "urn:nasa:pds:context:target:star.bd+36_2593,                  TARGET",
        "urn:nasa:pds:context:facility:observatory.valle_d'aosta,      OTHER",
        "urn:nasa:pds:context:investigation:mission.cassini-huygens,   INVESTIGATION",
        "urn:esa:psa:context:instrument_host:spacecraft.bepicolombo,   HOST",
        "urn:nasa:pds:context:instrument:vg1.iss,                      INSTRUMENT",
    })
    void findsTheDescriptionOfAContextProductByItself(String lid, Role role) {
        var label = LabelText.minimal("Product_Context", lid, "Itself", "");

        assertThat(product(label).context()).containsExactly(new ContextReference(role, "Itself", new Lid(lid)));
    }

    @Test
    void findsTheDescriptionOfAnInstrumentByWhatItBelongsTo() {
        var label = LabelText.minimal(
                "Product_Context", "urn:nasa:pds:context:instrument:vg2.pls", "PLS on Voyager 2", """
                <Reference_List>
                  <Internal_Reference>
                    <lid_reference>urn:nasa:pds:context:investigation:mission.voyager</lid_reference>
                    <reference_type>instrument_to_investigation</reference_type>
                  </Internal_Reference>
                  <Internal_Reference>
                    <lidvid_reference>urn:nasa:pds:context:instrument_host:spacecraft.vg2::1.1</lidvid_reference>
                    <reference_type>instrument_to_instrument_host</reference_type>
                  </Internal_Reference>
                  <Internal_Reference>
                    <lid_reference>urn:nasa:pds:voyager2_doc</lid_reference>
                    <reference_type>instrument_to_document</reference_type>
                  </Internal_Reference>
                </Reference_List>
                <Instrument><name>Plasma Science Experiment</name></Instrument>""");

        assertThat(product(label).context())
                .containsExactly(
                        reference(Role.INSTRUMENT, "Plasma Science Experiment", "instrument:vg2.pls"),
                        reference(Role.INVESTIGATION, "Voyager", "investigation:mission.voyager"),
                        reference(Role.HOST, "VG2", "instrument_host:spacecraft.vg2"));
    }

    @Test
    void tellsThePartOfAnObservingSystemByItsTypeOrElseByItsIdentifier() {
        var label = LabelText.minimal("Product_Observational", "urn:isro:isda:ch2_cho.ohr", "OHRC", """
                <Observation_Area><Observing_System>
                  <Observing_System_Component><name>Orbiter</name><type>spacecraft</type></Observing_System_Component>
                  <Observing_System_Component><name>Vikram</name><type>Lander</type></Observing_System_Component>
                  <Observing_System_Component><name>Pragyan</name><type>Rover</type></Observing_System_Component>
                  <Observing_System_Component><name>OHRC</name><type>IMAGER</type><Internal_Reference>
                    <lid_reference>urn:isro:isda:context:instrument:ch2.ohrc</lid_reference>
                  </Internal_Reference></Observing_System_Component>
                  <Observing_System_Component><name>DSN</name><type>Observatory</type></Observing_System_Component>
                </Observing_System></Observation_Area>""");

        assertThat(product(label).context())
                .extracting(ContextReference::role)
                .containsExactly(Role.HOST, Role.HOST, Role.HOST, Role.INSTRUMENT, Role.OTHER);
    }

    @Test
    void keepsTheNameOfAReferenceWhoseIdentifierCannotBeRead() {
        var label = LabelText.COMPLETE.replace("urn:nasa:pds:context:target:planet.mars", "mars?");

        assertThat(product(label).context(Role.TARGET)).contains(new ContextReference(Role.TARGET, "Mars", null));
    }

    @Test
    void namesAReferenceAfterItsIdentifierWhereTheLabelDoesNot() {
        var label = LabelText.COMPLETE.replace("<name>Mars</name>", "<name/>");

        assertThat(product(label).context(Role.TARGET)).contains(reference(Role.TARGET, "Mars", "target:planet.mars"));
    }

    @Test
    void readsTheFilesOfADocument() {
        var label = LabelText.minimal("Product_Document", "urn:esa:psa:mex:document:guide", "Guide", """
                <Document><Document_Edition><files>2</files>
                  <Document_File><file_name>guide.pdf</file_name><file_size unit="byte">7</file_size></Document_File>
                  <Document_File><file_name>guide.txt</file_name></Document_File>
                </Document_Edition></Document>""");

        assertThat(product(label).files())
                .containsExactly(new DataFile("guide.pdf", 7L, null), new DataFile("guide.txt", null, null));
    }

    @ParameterizedTest
    @CsvSource({
        "1847296, 1 kB",
        "1847296, -5",
        "1847296, 99999999999999999999",
        "1847296, ١٨٤٧٢٩٦",
        "0123456789ABCDEF0123456789abcdef, unknown",
        "0123456789ABCDEF0123456789abcdef, 0123456789abcdef0123456789abcdeg",
        "0123456789ABCDEF0123456789abcdef, ٠١٢٣456789abcdef0123456789abcdef",
    })
    void leavesOutASizeOrChecksumThatIsNone(String good, String bad) {
        var file = product(LabelText.COMPLETE.replace(good, bad)).files().getFirst();

        assertThat(file.name()).isEqualTo("xb.elyse.02.bhu.2019.096.mseed");
        assertThat(file.size() == null || file.md5() == null).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "10.17189/1517568,                       10.17189/1517568",
        "doi: 10.17189/1517568,                  10.17189/1517568",
        "https://doi.org/10.17189/1517568,       10.17189/1517568",
        "TBD,",
    })
    void readsADoiWithOrWithoutItsPrefix(String stated, String doi) {
        assertThat(product(LabelText.COMPLETE.replace("doi:10.18715/SEIS.INSIGHT.XB_2016", stated))
                        .doi())
                .isEqualTo(doi);
    }

    @Test
    void cutsADescriptionThatIsTooLong() {
        var label = LabelText.COMPLETE.replace("Ground velocity", "Ground velocity " + "x".repeat(50_000));

        assertThat(product(label).description()).hasSize(20_000).endsWith("x…");
    }

    @Test
    void joinsTextThatCommentsAndCdataSplit() {
        var label = LabelText.COMPLETE.replace(
                "InSight SEIS, Sol 128", "In<!-- landed 2018-11-26 -->Sight <![CDATA[SEIS,]]>\n   Sol&#32;128");

        assertThat(product(label).title()).isEqualTo("InSight SEIS, Sol 128: the first marsquake");
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-8", "UTF-16", "UTF-16LE", "UTF-16BE", "ISO-8859-1"})
    void readsEveryEncodingThatTheLabelDeclares(String encoding) {
        var text = LabelText.COMPLETE
                .replace("encoding=\"UTF-8\"", "encoding=\"" + encoding + "\"")
                .replace("Ground velocity", "Vitesse à l'équateur");

        var label = product(text.getBytes(Charset.forName(encoding)));

        assertThat(label.description()).isEqualTo("Vitesse à l'équateur at Elysium Planitia.");
    }

    @Test
    void readsALabelWithoutADeclarationWithAByteOrderMarkAndWithWindowsLineEnds() {
        var text = "\uFEFF" + LabelText.COMPLETE.lines().skip(1).reduce("", (all, line) -> all + line + "\r\n");

        assertThat(product(text.getBytes(StandardCharsets.UTF_8)))
                .usingRecursiveComparison()
                .ignoringFields("content.label")
                .isEqualTo(product(LabelText.COMPLETE));
    }

    @Test
    void readsALabelWithEmptyLinesAboveItsDeclaration() {
        var bytes = LabelText.bytes("\r\n\n  " + LabelText.COMPLETE);

        assertThat(product(bytes).label().hash()).isEqualTo(ContentHash.of(bytes));
    }

    @Test
    void countsEmptyLinesAboveTheDeclaration() {
        var refused = refusal("\r\n\n" + LabelText.COMPLETE.replace("<version_id>1.0<", "<version_id>1<"));

        assertThat(refused.line()).isEqualTo(8);
        assertThat(refusal("\r\n\n" + LabelText.COMPLETE.replace("</version_id>", "</version>"))
                        .line())
                .isEqualTo(8);
    }

    @Test
    void readsAFile(@TempDir Path folder) throws Exception {
        var file = Files.writeString(folder.resolve("seis.lblx"), LabelText.COMPLETE);

        assertThat(reader.read(file)).isInstanceOfSatisfying(LabelReading.Read.class, read -> {
            assertThat(read.source()).isEqualTo(file.toString());
            assertThat(read.product().label().fileName()).isEqualTo("seis.lblx");
            assertThat(read.product().label().size()).isEqualTo(LabelText.COMPLETE.length());
        });
    }

    private static ContextReference reference(Role role, String name, String end) {
        return new ContextReference(role, name, new Lid("urn:nasa:pds:context:" + end));
    }

    private ProductDescription product(String label) {
        return product(LabelText.bytes(label));
    }

    private ProductDescription product(byte[] label) {
        var reading = reader.read("seis.xml", label);
        assertThat(reading).isInstanceOf(LabelReading.Read.class);
        return ((LabelReading.Read) reading).product();
    }

    private LabelReading.Refused refusal(String label) {
        return (LabelReading.Refused) reader.read("seis.xml", LabelText.bytes(label));
    }
}
