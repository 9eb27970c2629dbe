package io.github.reedgate.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The rules on the real classes, and on planted mistakes that they have to find. */
class ArchitectureTest {

    private static final String ROOT = "io.github.reedgate";
    private static final String PLANTED_ROOT = "io.github.reedgate.architecture.planted";
    private static final JavaClasses REAL = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(ROOT);
    private static final JavaClasses PLANTED = new ClassFileImporter().importPackages(PLANTED_ROOT);
    private static final Rules RULES = new Rules(ROOT);
    private static final Rules ON_PLANTED = new Rules(PLANTED_ROOT);

    static Set<String> packages() {
        return new TreeSet<>(Rules.ALLOWED.keySet());
    }

    @Test
    void noPackagesKnowEachOtherInACircle() {
        RULES.noCycles().check(REAL);
        finds(ON_PLANTED.noCycles(), "Cycle detected", "core.Dispatcher", "app.Loop");
    }

    @Test
    void noClassesOfTheCoreKnowEachOtherInACircle() {
        RULES.noClassesInACircle("core").check(REAL);
        finds(ON_PLANTED.noClassesInACircle("core"), "Cycle detected", "core.Hen", "core.Egg");
    }

    @ParameterizedTest
    @MethodSource("packages")
    void packageKnowsOnlyWhatItMay(String name) {
        RULES.knowsOnly(name).check(REAL);
    }

    @Test
    void packageThatKnowsMoreIsFound() {
        finds(ON_PLANTED.knowsOnly("core"), "core.Dispatcher", "app.Loop");
        finds(ON_PLANTED.knowsOnly("config"), "config.DirectClient", "cli.Stranger");
    }

    @Test
    void everyPackageHasARule() {
        Set<String> found = new TreeSet<>();
        REAL.forEach(type -> found.add(type.getPackageName()));
        found.removeIf(name -> name.startsWith(ROOT + ".sim") || name.startsWith(ROOT + ".test"));
        Set<String> ruled = new TreeSet<>();
        packages().forEach(name -> ruled.add(ROOT + "." + name));

        assertThat(found).isEqualTo(ruled);
    }

    @Test
    void pureHeartReadsNoClockDiskThreadLogOrDice() {
        RULES.pure().check(REAL);
        finds(
                ON_PLANTED.pure(),
                "ClockReader.read()> calls method <java.lang.System.nanoTime()>",
                "core.Logger",
                "contact.Waiter",
                "message.Dice",
                "message.Reader",
                "calls method <java.time.Instant.now()>",
                "calls method <java.time.LocalDate.now(java.time.ZoneId)>");
    }

    @Test
    void onlyTheAdapterKnowsTheGpioLibrary() {
        RULES.gpioLibraryBehindItsAdapter().check(REAL);
        finds(ON_PLANTED.gpioLibraryBehindItsAdapter(), "line.DirectLine");
    }

    @Test
    void onlyTheWizardsAdapterKnowsTheLibrariesOfTheTerminal() {
        RULES.terminalLibrariesBehindTheirAdapter().check(REAL);
        finds(ON_PLANTED.terminalLibrariesBehindTheirAdapter(), "config.DirectTerminal");
    }

    @Test
    void onlyTheLinkAndItsCommandsKnowTheMqttLibrary() {
        RULES.mqttLibraryBehindItsAdapter().check(REAL);
        String report = finds(ON_PLANTED.mqttLibraryBehindItsAdapter(), "config.DirectClient", "cli.Stranger");
        assertThat(report).doesNotContain("link.Sound");
    }

    @Test
    void simulatorDoesNotKnowTheGateway() {
        RULES.simulatorKnowsNoGateway().check(REAL);
        finds(ON_PLANTED.simulatorKnowsNoGateway(), "sim.Knowing");
    }

    private static String finds(ArchRule rule, String... expected) {
        String report = rule.evaluate(PLANTED).getFailureReport().toString();
        assertThat(report).contains(expected);
        return report;
    }
}
