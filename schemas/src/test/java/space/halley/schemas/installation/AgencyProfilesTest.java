package space.halley.schemas.installation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import space.halley.domain.Agency;
import space.halley.domain.AgencyId;
import space.halley.domain.Namespace;

class AgencyProfilesTest {
    @TempDir
    Path folder;

    @Test
    void readsEveryAgencyByItsName() throws IOException {
        profile("nasa", """
                id: nasa
                name: NASA
                country: United States
                archive: PDS
                namespaces: ["urn:nasa:pds:", "urn:nasa:ame:"]
                """);
        profile("esa", """
                id: esa
                name: ESA
                namespaces: ["urn:esa:psa:"]
                """);
        profile("uae", """
                id: uae
                name: UAE Space Agency
                namespaces: ["urn:uae:"]
                """);
        Files.writeString(folder.resolve("README"), "not an agency");
        Files.createDirectory(folder.resolve("empty"));

        var agencies = AgencyProfiles.load(folder);

        assertThat(agencies.all())
                .extracting(Agency::id)
                .containsExactly(new AgencyId("esa"), new AgencyId("nasa"), new AgencyId("uae"));
        assertThat(agencies.find(new AgencyId("nasa")))
                .contains(new Agency(
                        new AgencyId("nasa"),
                        "NASA",
                        List.of(new Namespace("urn:nasa:pds:"), new Namespace("urn:nasa:ame:"))));
    }

    @Test
    void namesEveryFileAndItsProblemAtOnce() throws IOException {
        profile("one", "id: two\nname: x\nnamespaces: ['urn:one:']\n");
        profile("three", "id: three\nname: x\nnamespaces: 'urn:three:'\n");
        profile("four", "id: four\nname: x\nnamespaces: ['four']\n");
        profile("five", "id: five\nname: x\nnamespaces: ['urn:five:']\nrelease: {exclusive: P6M, from: delivery}\n");
        profile("six", "id: six\nname: x\nnamespaces: ['urn:six:']\nsource: somewhere\n");
        profile("eight", "id: eight\nname: x\nnamespace: ['urn:eight:']\n");
        profile("nine", "id: nine\n  name: : x\n");
        profile("ten", "id: ten\nnamespaces: ['urn:ten:']\n");
        profile("eleven", "");

        assertThatThrownBy(() -> AgencyProfiles.load(folder))
                .isInstanceOf(InvalidConfigurationException.class)
                .hasMessageContaining("one/profile.yaml: id: must be the folder's name")
                .hasMessageContaining("three/profile.yaml: namespaces: must be a list")
                .hasMessageContaining("four/profile.yaml: namespace: 'four'")
                .hasMessageContaining(
                        "five/profile.yaml: release: has moved to policy.yaml in the same folder, where every"
                                + " rule says it; see docs/policies.md")
                .hasMessageContaining("six/profile.yaml: source: has moved to policy.yaml")
                .hasMessageContaining("eight/profile.yaml: the file: has the unknown key 'namespace'")
                .hasMessageContaining("nine/profile.yaml: ")
                .hasMessageContaining("ten/profile.yaml: name: is missing")
                .hasMessageContaining("eleven/profile.yaml: ");
    }

    @Test
    void refusesOverlappingNamespaces() throws IOException {
        profile("nasa", "id: nasa\nname: x\nnamespaces: ['urn:nasa:']\n");
        profile("esa", "id: esa\nname: x\nnamespaces: ['urn:nasa:pds:', 'urn:esa:']\n");

        assertThatThrownBy(() -> AgencyProfiles.load(folder))
                .isInstanceOf(InvalidConfigurationException.class)
                .hasMessageContaining("urn:nasa:pds: of esa overlaps urn:nasa: of nasa");
    }

    @Test
    void refusesAFolderWithoutAgenciesAndOneThatIsNotThere() {
        assertThatThrownBy(() -> AgencyProfiles.load(folder))
                .isInstanceOf(InvalidConfigurationException.class)
                .hasMessageContaining("holds no <agency>/profile.yaml");
        assertThatThrownBy(() -> AgencyProfiles.load(folder.resolve("nothing")))
                .isInstanceOf(InvalidConfigurationException.class)
                .hasMessageContaining("cannot be read");
    }

    @Test
    void createsNoObjectsThatAProfileNames() throws IOException {
        profile("nasa", "id: !!javax.script.ScriptEngineManager []\nname: x\n");

        assertThatThrownBy(() -> AgencyProfiles.load(folder)).isInstanceOf(InvalidConfigurationException.class);
    }

    @Test
    void refusesAnAliasBomb() throws IOException {
        var bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 60; i++) {
            bomb.append("a")
                    .append(i)
                    .append(": &a")
                    .append(i)
                    .append(" [*a")
                    .append(i - 1)
                    .append(", *a")
                    .append(i - 1)
                    .append("]\n");
        }
        profile("nasa", bomb.toString());

        assertThatThrownBy(() -> AgencyProfiles.load(folder)).isInstanceOf(InvalidConfigurationException.class);
    }

    @Test
    void theProfilesOfThisRepositoryAreValid() {
        var root = System.getProperty("halley.root");
        assertThat(root).isNotNull();

        assertThat(AgencyProfiles.load(Path.of(root, "agencies")).all()).hasSizeGreaterThanOrEqualTo(8);
    }

    private void profile(String agency, String yaml) throws IOException {
        Files.writeString(Files.createDirectories(folder.resolve(agency)).resolve("profile.yaml"), yaml);
    }
}
