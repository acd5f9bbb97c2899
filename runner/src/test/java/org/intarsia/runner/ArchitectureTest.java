package org.intarsia.runner;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The arrows of the house: everything → api, and only the runner knows plugins, by name and at run time.
class ArchitectureTest {

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS).importPackages("org.intarsia");

    /// The JDK, and the packageless primitives.
    private static final String[] PLATFORM = {"", "java..", "jdk.incubator.vector..", "org.jspecify.."};

    private static ArchRule dependsOnlyOn(String module, String... others) {
        String[] allowed = Stream.of(Stream.of(PLATFORM), Stream.of(others), Stream.of(module)).flatMap(part -> part)
                .toArray(String[]::new);
        return classes().that().resideInAPackage(module).should().onlyDependOnClassesThat()
                .resideInAnyPackage(allowed);
    }

    @Test
    void theScanSeesEveryModule() {
        Set<String> names = CLASSES.stream().map(JavaClass::getName).collect(Collectors.toSet());

        assertThat(names).contains("org.intarsia.api.graph.Graph", "org.intarsia.embeddings.Learned",
                "org.intarsia.positional.Rope", "org.intarsia.losses.CrossEntropy", "org.intarsia.curriculum.TextTask",
                "org.intarsia.backends.reference.ReferenceBackendFactory", "org.intarsia.runner.Main",
                "org.intarsia.runner.registry.Registry");
        assertThat(names.stream()).anyMatch(name -> name.startsWith("org.intarsia.backends.common."))
                .anyMatch(name -> name.startsWith("org.intarsia.backends.cpu."))
                .anyMatch(name -> name.startsWith("org.intarsia.backends.nd4j.engine."))
                .anyMatch(name -> name.startsWith("org.intarsia.testkit."))
                .noneMatch(name -> name.equals(ArchitectureTest.class.getName()));
    }

    @Test
    void theApiDependsOnNothing() {
        dependsOnlyOn("org.intarsia.api..").check(CLASSES);
    }

    @ParameterizedTest
    @ValueSource(strings = {"embeddings", "positional", "losses", "curriculum", "backends.common"})
    void pluginsDependOnTheApiAlone(String module) {
        dependsOnlyOn("org.intarsia." + module + "..", "org.intarsia.api..").check(CLASSES);
    }

    @ParameterizedTest
    @ValueSource(strings = {"backends.reference", "backends.cpu"})
    void backendsDependOnTheApiAndOnWhatBackendsShare(String module) {
        dependsOnlyOn("org.intarsia." + module + "..", "org.intarsia.api..", "org.intarsia.backends.common..")
                .check(CLASSES);
    }

    @Test
    void onlyTheEngineOfNd4jMeetsNd4j() {
        dependsOnlyOn("org.intarsia.backends.nd4j", "org.intarsia.api..").check(CLASSES);
        dependsOnlyOn("org.intarsia.backends.nd4j.engine", "org.intarsia.api..", "org.intarsia.backends.common..",
                "org.nd4j..", "org.bytedeco..").check(CLASSES);
    }

    @Test
    void theRunnerKnowsNoPlugin() {
        classes().that().resideInAPackage("org.intarsia.runner..").should().onlyDependOnClassesThat()
                .resideOutsideOfPackages("org.intarsia.embeddings..", "org.intarsia.positional..",
                        "org.intarsia.losses..", "org.intarsia.curriculum..", "org.intarsia.backends.reference..",
                        "org.intarsia.backends.cpu..", "org.intarsia.backends.nd4j..", "org.intarsia.backends.opencl..",
                        "org.intarsia.testkit..")
                .check(CLASSES);
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching("org.intarsia.(**)").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void everyPackageIsNullMarked() {
        Set<String> unmarked = CLASSES.stream().map(JavaClass::getPackage)
                .filter(part -> !part.isAnnotatedWith(NullMarked.class)).map(JavaPackage::getName)
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(unmarked).isEmpty();
    }

    /// The rule must be able to fail: the runner uses Jackson.
    @Test
    void theRuleSeesAForbiddenArrow() {
        ArchRule rule = dependsOnlyOn("org.intarsia.runner.config..", "org.intarsia..");

        assertThat(rule.evaluate(CLASSES).getFailureReport().toString())
                .contains("org.intarsia.runner.config.JsonReader").contains("tools.jackson.core.JsonParser");
    }
}
