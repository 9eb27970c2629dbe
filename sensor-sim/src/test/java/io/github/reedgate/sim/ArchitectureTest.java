package io.github.reedgate.sim;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Which package may know which. */
@AnalyzeClasses(packages = "io.github.reedgate", importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {

    @ArchTest
    static final ArchRule PACKAGES_HAVE_NO_CYCLES =
            slices().matching("io.github.reedgate.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule ONLY_THE_PROVIDER_KNOWS_PI4J = noClasses()
            .that()
            .resideOutsideOfPackage("io.github.reedgate.sim.pi4j")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("com.pi4j..");

    @ArchTest
    static final ArchRule THE_TIMELINE_READS_NO_CLOCK = noClasses()
            .that()
            .haveSimpleNameNotEndingWith("Player")
            .and()
            .resideInAPackage("io.github.reedgate.sim.scenario")
            .should()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .callMethod(System.class, "currentTimeMillis");
}
