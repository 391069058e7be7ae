package space.halley.producer.label;

import java.nio.charset.StandardCharsets;

/** Labels for tests: a complete one about a real observation, and parts of it to exchange. */
final class LabelText {
    static final String IDENTIFICATION = """
              <Identification_Area>
                <logical_identifier>urn:nasa:pds:insight_seis:data_seed:xb.elyse.2019.096</logical_identifier>
                <version_id>1.0</version_id>
                <title>InSight SEIS, Sol 128: the first marsquake</title>
                <information_model_version>1.22.0.0</information_model_version>
                <product_class>Product_Observational</product_class>
              </Identification_Area>
            """;

    /** InSight's seismometer heard its first marsquake on 2019-04-06, its 128th day on Mars. */
    static final String COMPLETE = product(IDENTIFICATION.replace("</product_class>", """
                    </product_class>
                    <Citation_Information>
                      <author_list>Curie, M.; Hypatia</author_list>
                      <editor_list>Somerville, M.</editor_list>
                      <publication_year>2019</publication_year>
                      <doi>doi:10.18715/SEIS.INSIGHT.XB_2016</doi>
                      <keyword>marsquake</keyword>
                      <keyword> seismology </keyword>
                      <keyword>marsquake</keyword>
                      <description>
                        Ground velocity
                        at Elysium Planitia.
                      </description>
                    </Citation_Information>
                    <Modification_History>
                      <Modification_Detail>
                        <modification_date>2019-07-02</modification_date>
                        <version_id>V9.9</version_id>
                        <description>Not of the product.</description>
                      </Modification_Detail>
                    </Modification_History>""") + """
              <Observation_Area>
                <Time_Coordinates>
                  <start_date_time>2019-04-06T00:00:00.000Z</start_date_time>
                  <stop_date_time>2019-04-06</stop_date_time>
                </Time_Coordinates>
                <Primary_Result_Summary>
                  <purpose>Science</purpose>
                  <processing_level>Raw</processing_level>
                </Primary_Result_Summary>
                <Investigation_Area>
                  <name>InSight</name>
                  <type>Mission</type>
                  <Internal_Reference>
                    <lid_reference>urn:nasa:pds:context:investigation:mission.insight</lid_reference>
                    <reference_type>data_to_investigation</reference_type>
                  </Internal_Reference>
                </Investigation_Area>
                <Observing_System>
                  <Observing_System_Component>
                    <name>InSight Lander</name>
                    <type>Lander</type>
                    <Internal_Reference>
                      <lidvid_reference>urn:nasa:pds:context:instrument_host:spacecraft.insight::1.4</lidvid_reference>
                      <reference_type>is_instrument_host</reference_type>
                    </Internal_Reference>
                  </Observing_System_Component>
                  <Observing_System_Component>
                    <name>SEIS</name>
                    <type>Instrument</type>
                  </Observing_System_Component>
                  <Observing_System_Component>
                    <name>Mars Relay Network</name>
                    <type>Artificial Illumination</type>
                  </Observing_System_Component>
                </Observing_System>
                <Target_Identification>
                  <name>Mars</name>
                  <type>Planet</type>
                  <Internal_Reference>
                    <lid_reference>urn:nasa:pds:context:target:planet.mars</lid_reference>
                    <reference_type>data_to_target</reference_type>
                  </Internal_Reference>
                </Target_Identification>
                <Target_Identification>
                  <name>Phobos</name>
                  <type>Satellite</type>
                </Target_Identification>
                <Discipline_Area>
                  <geom:Target_Identification xmlns:geom="http://pds.nasa.gov/pds4/geom/v1">
                    <geom:name>Deimos</geom:name>
                  </geom:Target_Identification>
                </Discipline_Area>
              </Observation_Area>
              <File_Area_Observational>
                <File>
                  <file_name>xb.elyse.02.bhu.2019.096.mseed</file_name>
                  <file_size unit="byte">1847296</file_size>
                  <md5_checksum>0123456789ABCDEF0123456789abcdef</md5_checksum>
                </File>
                <Table_Binary>
                  <name>Not of a file</name>
                  <md5_checksum>ffffffffffffffffffffffffffffffff</md5_checksum>
                </Table_Binary>
              </File_Area_Observational>
              <File_Area_Observational_Supplemental>
                <File>
                  <file_name>xb.elyse.02.bhv.2019.096.mseed</file_name>
                </File>
              </File_Area_Observational_Supplemental>
            """);

    private LabelText() {}

    /** An observational product with this content. */
    static String product(String content) {
        return product("Product_Observational", content);
    }

    static String product(String root, String content) {
        return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<" + root
                + " xmlns=\"http://pds.nasa.gov/pds4/pds/v1\"\n    xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\">\n"
                + content + "</" + root + ">\n";
    }

    /** A label of that class with that identifier and nothing that is optional but this. */
    static String minimal(String root, String lid, String title, String rest) {
        return product(
                root,
                "<Identification_Area><logical_identifier>" + lid
                        + "</logical_identifier><version_id>1.0</version_id><title>" + title
                        + "</title><information_model_version>1.16.0.0</information_model_version><product_class>"
                        + root
                        + "</product_class></Identification_Area>" + rest);
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
