package io.github.reedgate.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What a package may know. The root package is an argument, so that the same rules are tried on planted mistakes.
 *
 * @param root the package above all others, without a trailing dot
 */
record Rules(String root) {

    /** Who may know whom; a package not named here is known by nobody. */
    static final Map<String, List<String>> ALLOWED = new LinkedHashMap<>(Map.ofEntries(
            Map.entry("time", List.of()),
            Map.entry("text", List.of()),
            Map.entry("json", List.of()),
            Map.entry("event", List.of("json")),
            Map.entry("file", List.of()),
            Map.entry("line", List.of("time")),
            Map.entry("line.pi4j", List.of("time", "line", "file")),
            Map.entry("contact", List.of("time", "line")),
            Map.entry("alarm", List.of("text", "json", "time", "contact")),
            Map.entry("output", List.of("line", "alarm")),
            Map.entry("command", List.of("time")),
            Map.entry("message", List.of("event", "json")),
            Map.entry("discovery", List.of("json", "contact", "alarm", "event", "message")),
            Map.entry("notice", List.of("text", "json", "event")),
            Map.entry(
                    "core",
                    List.of(
                            "text", "json", "time", "line", "contact", "alarm", "output", "command", "event", "message",
                            "notice")),
            Map.entry("secrets", List.of("text", "file")),
            Map.entry("link", List.of("text", "message", "secrets")),
            Map.entry("delivery", List.of("event", "message", "link")),
            Map.entry("store", List.of("json", "time", "event", "message", "delivery", "file")),
            Map.entry("notify", List.of("text", "json", "event", "notice", "secrets", "link")),
            Map.entry(
                    "config",
                    List.of(
                            "line",
                            "contact",
                            "alarm",
                            "output",
                            "command",
                            "discovery",
                            "link",
                            "notice",
                            "notify",
                            "file")),
            Map.entry("service", List.of()),
            Map.entry(
                    "doctor",
                    List.of(
                            "time", "line", "contact", "output", "message", "store", "users", "secrets", "link",
                            "notify", "config", "file")),
            Map.entry(
                    "app",
                    List.of(
                            "json",
                            "time",
                            "line",
                            "line.pi4j",
                            "contact",
                            "alarm",
                            "output",
                            "command",
                            "users",
                            "event",
                            "message",
                            "discovery",
                            "core",
                            "notice",
                            "notify",
                            "delivery",
                            "store",
                            "link",
                            "service",
                            "file",
                            "config")),
            Map.entry("users", List.of("text", "command", "file")),
            Map.entry("setup", List.of("line", "config", "file")),
            Map.entry("wizard", List.of("line", "setup")),
            Map.entry(
                    "wizard.host",
                    List.of("wizard", "setup", "line", "config", "doctor", "discovery", "notify", "text", "file")),
            Map.entry(
                    "cli",
                    List.of(
                            "text",
                            "json",
                            "line",
                            "contact",
                            "alarm",
                            "output",
                            "core",
                            "command",
                            "users",
                            "event",
                            "message",
                            "store",
                            "secrets",
                            "link",
                            "config",
                            "setup",
                            "wizard",
                            "wizard.host",
                            "discovery",
                            "notice",
                            "notify",
                            "app",
                            "doctor",
                            "file"))));

    /** The commands that are MQTT clients themselves. */
    private static final Set<String> CLIENT_COMMANDS = Set.of(
            "Publication",
            "PublishCommand",
            "Purge",
            "Received",
            "RetainedSearch",
            "Subscription",
            "Watch",
            "WatchCommand");

    ArchRule noCycles() {
        return SlicesRuleDefinition.slices().matching(root + ".(*)..").should().beFreeOfCycles();
    }

    /** Within one package: a class with all that is nested in it counts as one. */
    ArchRule noClassesInACircle(String name) {
        String own = root + "." + name;
        return SlicesRuleDefinition.slices()
                .assignedFrom(new SliceAssignment() {

                    @Override
                    public SliceIdentifier getIdentifierOf(JavaClass type) {
                        return type.getPackageName().equals(own)
                                ? SliceIdentifier.of(type.getName().split("\\$", -1)[0])
                                : SliceIdentifier.ignore();
                    }

                    @Override
                    public String getDescription() {
                        return "classes of " + own;
                    }
                })
                .should()
                .beFreeOfCycles();
    }

    /** One package and those it may know. */
    ArchRule knowsOnly(String name) {
        String[] own = {root + "." + name};
        String[] known = Stream.concat(
                        Stream.of(own),
                        ALLOWED.getOrDefault(name, List.of()).stream().map(one -> root + "." + one))
                .toArray(String[]::new);
        DescribedPredicate<JavaClass> foreign = not(resideInAPackage(root + ".."));
        return classes()
                .that()
                .resideInAnyPackage(own)
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage(known).or(foreign));
    }

    /** No disk, no network, no thread, no log, no clock, no chance. */
    ArchRule pure() {
        return noClasses()
                .that()
                .resideInAnyPackage(
                        root + ".time..",
                        root + ".json..",
                        root + ".contact..",
                        root + ".alarm..",
                        root + ".output..",
                        root + ".command..",
                        root + ".event..",
                        root + ".message..",
                        root + ".discovery..",
                        root + ".notice..",
                        root + ".core..")
                .should()
                .dependOnClassesThat(resideInAnyPackage(
                                "java.nio..",
                                "java.net..",
                                "java.util.concurrent..",
                                "java.util.logging..",
                                "org.slf4j..")
                        .or(DescribedPredicate.describe(
                                "are files, threads, clocks or chance",
                                type -> type.getName().startsWith("java.io.File")
                                        || Set.of(
                                                        "java.io.RandomAccessFile",
                                                        "java.io.PrintStream",
                                                        "java.lang.Thread",
                                                        "java.lang.Process",
                                                        "java.lang.ProcessBuilder",
                                                        "java.time.Clock",
                                                        "java.util.Random",
                                                        "java.util.SplittableRandom",
                                                        "java.security.SecureRandom",
                                                        "java.util.Timer")
                                                .contains(type.getName()))))
                .orShould()
                .callMethodWhere(DescribedPredicate.describe("reads a clock or draws a number", Rules::isImpure));
    }

    private static boolean isImpure(JavaMethodCall call) {
        String owner = call.getTargetOwner().getName();
        String method = call.getName();
        return switch (owner) {
            case "java.lang.System" ->
                Set.of("nanoTime", "currentTimeMillis", "getenv", "getProperty").contains(method);
            case "java.lang.Math" -> method.equals("random");
            case "java.util.UUID" -> method.equals("randomUUID");
            default -> owner.startsWith("java.time.") && method.equals("now");
        };
    }

    /** Only one package knows Pi4J; the simulator is a provider of it. */
    ArchRule gpioLibraryBehindItsAdapter() {
        return noClasses()
                .that()
                .resideInAPackage(root + "..")
                .and()
                .resideOutsideOfPackages(root + ".line.pi4j..", root + ".sim.pi4j..", root + ".architecture..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("com.pi4j..");
    }

    /** The gateway itself never loads them: only what asks questions does. */
    ArchRule terminalLibrariesBehindTheirAdapter() {
        return noClasses()
                .that()
                .resideInAPackage(root + "..")
                .and()
                .resideOutsideOfPackage(root + ".wizard.host..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.jline..", "io.nayuki..");
    }

    /** Only the link, the commands that are clients, and the test broker know the MQTT library. */
    ArchRule mqttLibraryBehindItsAdapter() {
        return noClasses()
                .that()
                .resideInAPackage(root + "..")
                .and()
                .resideOutsideOfPackages(root + ".link..", root + ".testbroker..")
                .and(DescribedPredicate.describe("are no client commands", type -> !isClientCommand(type)))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("com.hivemq..");
    }

    private boolean isClientCommand(JavaClass type) {
        String name = type.getName();
        String prefix = root + ".cli.";
        return name.startsWith(prefix)
                && CLIENT_COMMANDS.contains(name.substring(prefix.length()).split("\\$", -1)[0]);
    }

    /** The simulator stands on its own, so that it can play for any gateway. */
    ArchRule simulatorKnowsNoGateway() {
        return classes()
                .that()
                .resideInAPackage(root + ".sim..")
                .should()
                .onlyDependOnClassesThat(resideInAPackage(root + ".sim..").or(not(resideInAPackage(root + ".."))));
    }
}
