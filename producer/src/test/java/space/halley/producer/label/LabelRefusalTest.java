package space.halley.producer.label;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import space.halley.domain.ContentHash;

class LabelRefusalTest {
    private static final String LID = "urn:nasa:pds:insight_seis:data_seed:xb.elyse.2019.096";

    private final LabelReader reader = new LabelReader();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "<logical_identifier>" + LID + "</logical_identifier> | | BAD_LID",
                LID + "                   | | BAD_LID",
                LID + "                   | TBD | BAD_LID",
                LID + "                   | urn:nasa:pds | BAD_LID",
                LID + "                   | urn:nasa:pds:bundle::1.0 | BAD_LID",
                LID + "                   | urn:nasa:pds:a bundle | BAD_LID",
                LID + "                   | urn:nasa:pds:MER2_RAT:data_raw | BAD_LID",
                LID + "                   | ${bundle} | TEMPLATE_PLACEHOLDER",
                LID + "                   | urn:nasa:pds:$bundle | TEMPLATE_PLACEHOLDER",
                LID + "                   | {{lid}} | TEMPLATE_PLACEHOLDER",
                "<version_id>1.0</version_id> | | BAD_VID",
                "<version_id>1.0<         | <version_id>08.0< | BAD_VID",
                "<version_id>1.0<         | <version_id>V1.24.46< | BAD_VID",
                "<version_id>1.0<         | <version_id>1< | BAD_VID",
                "<version_id>1.0<         | <version_id>1.0</version_id><version_id>2.0< | BAD_VID",
                "<version_id>1.0<         | <version_id>$PRODUCT_VID< | TEMPLATE_PLACEHOLDER",
                "InSight SEIS, Sol 128: the first marsquake | | NO_TITLE",
                "InSight SEIS, Sol 128: the first marsquake | $FILE_NAME | TEMPLATE_PLACEHOLDER",
                "<product_class>Product_Observational< | <product_class>Product_Bundle< | BAD_PRODUCT_CLASS",
                "<stop_date_time>2019-04-06< | <stop_date_time>2019-04-31< | BAD_TIME",
                "<stop_date_time>2019-04-06< | <stop_date_time>$STOP_TIME< | TEMPLATE_PLACEHOLDER",
                "2019-04-06T00:00:00.000Z | soon | BAD_TIME",
                "http://pds.nasa.gov/pds4/pds/v1 | http://pds.nasa.gov/pds4/pds/v03 | NOT_PDS4_NAMESPACE",
                "xmlns=\"http://pds.nasa.gov/pds4/pds/v1\" | | NOT_PDS4_NAMESPACE",
                "Identification_Area> | Introduction_Area> | NO_IDENTIFICATION_AREA",
                "<Product_Observational | <Ingest_LDD | NOT_A_PRODUCT",
            })
    void refusesALabelThatLacksWhatAReleaseNeeds(String good, String bad, LabelRefusal reason) {
        var label = LabelText.COMPLETE.replace(good, bad == null ? "" : bad);

        assertThat(label).isNotEqualTo(LabelText.COMPLETE);
        assertThat(refused(label).reason()).isEqualTo(reason);
    }

    @Test
    void saysWhereTheMistakeIsAndWhatToDo() {
        var refused = refused(LabelText.COMPLETE.replace("<version_id>1.0<", "<version_id>01.0<"));

        assertThat(refused.inOneLine())
                .isEqualTo("seis.xml:6: BAD_VID: version_id: '01.0' is not of the form M.m without leading zeros, such"
                        + " as 1.0");
        assertThat(refused.hash())
                .isEqualTo(ContentHash.of(LabelText.COMPLETE.replace("<version_id>1.0<", "<version_id>01.0<")));
    }

    @Test
    void asksForLowerCaseInTheProductsOwnIdentifier() {
        var refused = refused(LabelText.COMPLETE.replace(LID, LID.replace("elyse", "ELYSE")));

        assertThat(refused.inOneLine())
                .isEqualTo("seis.xml:5: BAD_LID: logical_identifier:"
                        + " 'urn:nasa:pds:insight_seis:data_seed:xb.ELYSE.2019.096' has capital letters, which PDS4 does"
                        + " not allow; write it in lower case");
    }

    @Test
    void doesNotTakeAnIdentificationOfSomethingInsideForTheProducts() {
        var label = LabelText.product("<Reference_List>" + LabelText.IDENTIFICATION + "</Reference_List>");

        assertThat(refused(label).reason()).isEqualTo(LabelRefusal.NO_IDENTIFICATION_AREA);
    }

    @Test
    void doesNotOpenWhatALabelIncludes() {
        var label = LabelText.product("<xi:include xmlns:xi=\"http://www.w3.org/2001/XInclude\" href=\"id.xml\"/>");

        assertThat(refused(label).reason()).isEqualTo(LabelRefusal.NO_IDENTIFICATION_AREA);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "PDS_VERSION_ID = PDS3\r\nRECORD_TYPE = FIXED_LENGTH\r\nEND\r\n",
                "CCSD3ZF0000100000001NJPL3IF0PDSX00000001\r\nPDS_VERSION_ID = PDS3\r\n",
                "/* Mars Express */\nPDS_VERSION_ID                = \"PDS3\"\nEND",
                "\n\nODL_VERSION_ID = ODL2\n",
            })
    void refusesAPds3LabelAsSuch(String label) {
        assertThat(refused(label).reason()).isEqualTo(LabelRefusal.PDS3_LABEL);
    }

    @Test
    void refusesAnEntityBomb() {
        var bomb = new StringBuilder("<?xml version=\"1.0\"?>\n<!DOCTYPE lolz [<!ENTITY e0 \"ha\">");
        for (var level = 1; level < 30; level++) {
            bomb.append("<!ENTITY e%d \"&e%d;&e%d;&e%d;\">".formatted(level, level - 1, level - 1, level - 1));
        }
        bomb.append("]>\n").append(LabelText.COMPLETE.lines().skip(1).reduce("", String::concat));

        assertThat(refused(bomb.toString().replace("SEIS, Sol", "&e29;"))).satisfies(refused -> {
            assertThat(refused.reason()).isEqualTo(LabelRefusal.DTD_NOT_ALLOWED);
            assertThat(refused.line()).isEqualTo(2);
        });
    }

    @Test
    void neverReadsAnExternalEntity(@TempDir Path folder) throws Exception {
        var secret = Files.writeString(folder.resolve("secret"), "the embargoed title");
        var label = LabelText.COMPLETE
                .replace("?>\n", "?>\n<!DOCTYPE p [<!ENTITY x SYSTEM \"" + secret.toUri() + "\">]>\n")
                .replace("InSight SEIS", "&x;");

        var refused = refused(label);

        assertThat(refused.reason()).isEqualTo(LabelRefusal.DTD_NOT_ALLOWED);
        assertThat(refused.toString()).doesNotContain("embargoed");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<!DOCTYPE Product_Observational SYSTEM \"http://127.0.0.1:9/label.dtd\">",
                "<!DOCTYPE Product_Observational PUBLIC \"-//x//y\" \"file:///dev/zero\">",
                "<!DOCTYPE p [<!ENTITY % x SYSTEM \"file:///dev/zero\"> %x;]>",
            })
    void neverReadsAnExternalDocumentType(String type) {
        assertThat(refused(LabelText.COMPLETE.replace("?>\n", "?>\n" + type)).reason())
                .isEqualTo(LabelRefusal.DTD_NOT_ALLOWED);
    }

    @Test
    void refusesAnEntityThatIsDeclaredNowhere() {
        assertThat(refused(LabelText.COMPLETE.replace("InSight SEIS", "&x;")).reason())
                .isEqualTo(LabelRefusal.MALFORMED_XML);
    }

    @ParameterizedTest
    @ValueSource(strings = {"deep", "Identification_Area", "title"})
    void refusesDeepNesting(String element) {
        var depth = 200_000;
        var label = LabelText.product(
                LabelText.IDENTIFICATION + ("<" + element + ">").repeat(depth) + ("</" + element + ">").repeat(depth));

        assertThat(refused(label).reason()).isEqualTo(LabelRefusal.TOO_DEEP);
    }

    @Test
    void refusesAFileThatIsLargerThanAnyLabel() {
        assertThat(refused(LabelText.COMPLETE + " ".repeat(LabelReader.MAX_SIZE))
                        .reason())
                .isEqualTo(LabelRefusal.TOO_LARGE);
    }

    @Test
    void refusesASecondRootAfterTheFirst() {
        assertThat(refused(LabelText.COMPLETE + "<!-- end -->\n<?end ?><Product_Bundle/>")
                        .reason())
                .isEqualTo(LabelRefusal.MALFORMED_XML);
    }

    @Test
    void keepsNoMoreOfAHugeTextThanTheCatalogueHolds() {
        var label = LabelText.COMPLETE.replace("Ground velocity", "x".repeat(LabelReader.MAX_SIZE / 2));

        assertThat(reader.read("seis.xml", LabelText.bytes(label)))
                .isInstanceOfSatisfying(
                        LabelReading.Read.class,
                        read -> assertThat(read.product().description()).hasSize(20_000));
    }

    @Test
    void refusesAHugeTitle() {
        assertThat(refused(LabelText.COMPLETE.replace("InSight SEIS", "x".repeat(1_000_000)))
                        .reason())
                .isEqualTo(LabelRefusal.LIMIT_EXCEEDED);
    }

    @Test
    void refusesAHugeAttribute() {
        assertThat(refused(LabelText.COMPLETE.replace("<title>", "<title a=\"" + "x".repeat(1_000_000) + "\">"))
                        .reason())
                .isEqualTo(LabelRefusal.LIMIT_EXCEEDED);
    }

    @Test
    void refusesAnElementWithCountlessAttributes() {
        var attributes = new StringBuilder();
        for (var at = 0; at < 10_000; at++) {
            attributes.append(" a").append(at).append("=''");
        }

        assertThat(refused(LabelText.COMPLETE.replace("<title>", "<title" + attributes + ">"))
                        .reason())
                .isEqualTo(LabelRefusal.LIMIT_EXCEEDED);
    }

    @Test
    void refusesMoreFilesThanTheCatalogueHolds() {
        var file = "<File><file_name>f</file_name></File>";
        var label = LabelText.COMPLETE.replace("<File>", file.repeat(10_001) + "<File>");

        assertThat(refused(label).reason()).isEqualTo(LabelRefusal.LIMIT_EXCEEDED);
    }

    @Property(tries = 200)
    void refusesALabelThatIsCutOff(@ForAll @IntRange(min = 1, max = 3_000) int length) {
        var label = LabelText.COMPLETE.substring(0, length);

        assertThat(refused(label).reason()).isEqualTo(LabelRefusal.MALFORMED_XML);
    }

    @Property(tries = 200)
    void answersToBinaryGarbage(@ForAll long seed) {
        var garbage = new byte[2_000];
        new Random(seed).nextBytes(garbage);

        assertThat(reader.read("seis.xml", garbage))
                .isInstanceOfSatisfying(LabelReading.Refused.class, refused -> assertThat(refused.reason())
                        .isEqualTo(LabelRefusal.MALFORMED_XML));
    }

    @Property(tries = 500)
    void answersToALabelWithBytesFlipped(@ForAll long seed) {
        var label = LabelText.bytes(LabelText.COMPLETE);
        var random = new Random(seed);
        for (var flips = 0; flips < 5; flips++) {
            label[random.nextInt(label.length)] = (byte) random.nextInt(256);
        }

        assertThat(reader.read("seis.xml", label).source()).isEqualTo("seis.xml");
    }

    @Example
    void refusesAnEmptyFile() {
        assertThat(refused("").reason()).isEqualTo(LabelRefusal.EMPTY_FILE);
        assertThat(refused("").hash()).isEqualTo(ContentHash.of(""));
    }

    @Test
    void refusesBytesThatAreNotOfTheDeclaredEncoding() {
        var label = LabelText.COMPLETE.replace("InSight SEIS", "Sismomètre").getBytes(StandardCharsets.ISO_8859_1);

        assertThat(reader.read("seis.xml", label))
                .isInstanceOfSatisfying(LabelReading.Refused.class, refused -> assertThat(refused.reason())
                        .isEqualTo(LabelRefusal.MALFORMED_XML));
    }

    @Test
    void refusesAnXmlFileThatIsNoLabel() {
        var pom = "<project xmlns=\"http://maven.apache.org/POM/4.0.0\"><modelVersion>4.0.0</modelVersion></project>";

        assertThat(refused(pom).reason()).isEqualTo(LabelRefusal.NOT_PDS4_NAMESPACE);
    }

    @Test
    void refusesAFileThatIsNotThereAndAFolder(@TempDir Path folder) {
        assertThat(reader.read(folder.resolve("gone.xml")))
                .isInstanceOfSatisfying(LabelReading.Refused.class, refused -> {
                    assertThat(refused.reason()).isEqualTo(LabelRefusal.UNREADABLE_FILE);
                    assertThat(refused.explanation()).contains("does not exist");
                    assertThat(refused.hash()).isNull();
                });
        assertThat(reader.read(folder))
                .isInstanceOfSatisfying(LabelReading.Refused.class, refused -> assertThat(refused.reason())
                        .isEqualTo(LabelRefusal.UNREADABLE_FILE));
    }

    private LabelReading.Refused refused(String label) {
        var reading = reader.read("seis.xml", LabelText.bytes(label));
        assertThat(reading).isInstanceOf(LabelReading.Refused.class);
        return (LabelReading.Refused) reading;
    }
}
