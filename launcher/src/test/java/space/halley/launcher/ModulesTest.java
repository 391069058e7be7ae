package space.halley.launcher;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Instant;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The modules' dependencies point one way, as docs/architecture.md has them. */
final class ModulesTest {
    private static final JavaClasses HALLEY = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("space.halley");

    @Test
    void dependenciesPointOneWay() {
        layeredArchitecture()
                .consideringOnlyDependenciesInAnyPackage("space.halley..")
                .layer("domain")
                .definedBy("space.halley.domain..")
                .layer("schemas")
                .definedBy("space.halley.schemas..")
                .layer("producer")
                .definedBy("space.halley.producer..")
                .layer("streams")
                .definedBy("space.halley.streams..")
                .layer("consumer-api")
                .definedBy("space.halley.api..")
                .layer("audit")
                .definedBy("space.halley.audit..")
                .layer("launcher")
                .definedBy("space.halley.launcher..")
                .optionalLayer("testkit")
                .definedBy("space.halley.testkit..")
                .whereLayer("launcher")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("testkit")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("consumer-api")
                .mayOnlyBeAccessedByLayers("launcher")
                .whereLayer("streams")
                .mayOnlyBeAccessedByLayers("launcher")
                .whereLayer("producer")
                .mayOnlyBeAccessedByLayers("launcher")
                .whereLayer("audit")
                .mayOnlyBeAccessedByLayers("launcher", "testkit")
                .whereLayer("schemas")
                .mayOnlyBeAccessedByLayers("producer", "streams", "consumer-api", "audit", "launcher", "testkit")
                .check(HALLEY);
    }

    @Test
    void theDomainKnowsNothingButJava() {
        noClasses()
                .that()
                .resideInAPackage("space.halley.domain..")
                .should()
                .dependOnClassesThat()
                .resideOutsideOfPackages("space.halley.domain..", "java..", "org.jspecify..")
                .check(HALLEY);
    }

    @Test
    void onlyTheApiKnowsMicronaut() {
        noClasses()
                .that()
                .resideOutsideOfPackage("space.halley.api..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.micronaut..")
                .check(HALLEY);
    }

    @Test
    void theApiDoesNotKnowKafkaStreams() {
        noClasses()
                .that()
                .resideInAPackage("space.halley.api..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.apache.kafka.streams..")
                .check(HALLEY);
    }

    @Test
    void rulesAndProcessorsDoNotReadTheClockOrRollDice() {
        noClasses()
                .that()
                .resideInAnyPackage("space.halley.domain..", "space.halley.streams..")
                .and()
                .haveSimpleNameNotEndingWith("Service")
                .should()
                .callMethod(Instant.class, "now")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(UUID.class, "randomUUID")
                .orShould()
                .callConstructor(Random.class)
                .check(HALLEY);
    }
}
