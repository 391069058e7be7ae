package space.halley.producer.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A folder with labels of a test's own. */
record LabelFolder(Path folder) {

    Path label(String fileName, String lid) throws IOException {
        return label(fileName, lid, "A test of the command line");
    }

    Path label(String fileName, String lid, String title) throws IOException {
        return file(fileName, """
                <?xml version="1.0" encoding="UTF-8"?>
                <Product_Observational xmlns="http://pds.nasa.gov/pds4/pds/v1">
                  <Identification_Area>
                    <logical_identifier>%s</logical_identifier>
                    <version_id>1.0</version_id>
                    <title>%s</title>
                    <information_model_version>1.22.0.0</information_model_version>
                    <product_class>Product_Observational</product_class>
                  </Identification_Area>
                  <Observation_Area>
                    <Time_Coordinates>
                      <start_date_time>2026-02-01T00:00:00Z</start_date_time>
                      <stop_date_time>2026-02-01T01:00:00Z</stop_date_time>
                    </Time_Coordinates>
                    <Target_Identification><name>Mars</name><type>Planet</type></Target_Identification>
                  </Observation_Area>
                </Product_Observational>
                """.formatted(lid, title));
    }

    Path file(String fileName, String text) throws IOException {
        return Files.writeString(folder.resolve(fileName), text);
    }
}
