package io.github.reedgate.deb;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi.Text;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/** The manual page {@code reedgate(1)}, made from the help of the program's own commands. For one thread. */
final class CommandPage {

    private static final Map<String, String> VARIABLES = Map.of(
            "REEDGATE_BROKER_USER", "The broker's user, if the configuration names none.",
            "REEDGATE_BROKER_PASSWORD", "The broker's password, if the configuration names no file with it.",
            "REEDGATE_JAVA_OPTS", "Further options for the Java virtual machine, such as -Xmx128m.",
            "JAVA_HOME", "The Java to use; without it the java found on PATH.",
            "NO_COLOR", "If set, nothing is printed in colour.");
    private static final Map<String, String> FILES = Map.of(
            "/etc/reedgate/reedgate.yaml", "The configuration, see reedgate.yaml(5).",
            "/etc/reedgate/credentials/", "Passwords, keys and certificates; only root and the group reedgate get in.",
            "/var/lib/reedgate/", "What survives a restart: the log of events and what waits for the broker.",
            "/usr/share/doc/reedgate/examples/reedgate.yaml", "A configuration with every key in it.");

    private final CommandLine line;
    private final Roff page;

    private CommandPage(CommandLine line, String version, Instant time) {
        this.line = line;
        this.page = new Roff("reedgate", 1, version, time);
    }

    /** The page's text. */
    static String of(CommandLine line, String version, Instant time) {
        CommandPage page = new CommandPage(line, version, time);
        page.write();
        return page.page.toString();
    }

    private void write() {
        UsageMessageSpec usage = line.getCommandSpec().usageMessage();
        page.name("reedgate", "door and alarm sensor gateway, from reed switches to MQTT");
        page.section("Synopsis");
        page.paragraph("reedgate [OPTIONS] COMMAND ...");
        page.section("Description");
        page.paragraph(joined(usage.description()));
        page.paragraph("The gateway itself is the service reedgate.service. 'reedgate setup' leads to an alarm on"
                + " the phone and writes /etc/reedgate/reedgate.yaml; 'reedgate check' tells what that means.");
        page.section("Options");
        arguments(line);
        page.section("Commands");
        commands(line);
        page.section("Exit status");
        usage.exitCodeList().forEach(page::tagged);
        page.section("Environment");
        VARIABLES.keySet().stream().sorted().forEach(name -> page.tagged(name, VARIABLES.getOrDefault(name, "")));
        page.section("Files");
        FILES.keySet().stream().sorted().forEach(name -> page.tagged(name, FILES.getOrDefault(name, "")));
        page.section("See also");
        page.paragraph("reedgate-broker(8), reedgate.yaml(5), systemctl(1), journalctl(1), mosquitto_sub(1)");
    }

    private void commands(CommandLine parent) {
        for (CommandLine command : visible(parent)) {
            UsageMessageSpec usage = command.getCommandSpec().usageMessage();
            page.part(command.getCommandSpec().qualifiedName());
            page.paragraph(joined(usage.description()));
            page.paragraph(synopsis(command));
            arguments(command);
            List<String> footer = Stream.of(usage.footer())
                    .flatMap(text -> String.format(text).lines())
                    .toList();
            if (!footer.isEmpty()) {
                page.literal(footer);
            }
            commands(command);
        }
    }

    private static List<CommandLine> visible(CommandLine parent) {
        return parent.getSubcommands().values().stream()
                .distinct()
                .filter(command -> !command.getCommandSpec().usageMessage().hidden())
                .toList();
    }

    private void arguments(CommandLine command) {
        Help help = help(command);
        Help.IParamLabelRenderer labels = help.createDefaultParamLabelRenderer();
        List<ArgSpec> shown = new ArrayList<>(command.getCommandSpec().positionalParameters());
        shown.addAll(command.getCommandSpec().options());
        for (ArgSpec argument : shown) {
            boolean isTold = command != line && argument instanceof OptionSpec option && isStandard(option);
            if (argument.hidden() || isTold) {
                continue;
            }
            Text[][] rows = argument instanceof OptionSpec option
                    ? help.createDefaultOptionRenderer().render(option, labels, help.colorScheme())
                    : help.createDefaultParameterRenderer()
                            .render((PositionalParamSpec) argument, labels, help.colorScheme());
            page.tagged(cells(rows, false), cells(rows, true));
        }
    }

    /** Whether every command has it; the page tells it once. */
    private static boolean isStandard(OptionSpec option) {
        return option.usageHelp() || option.versionHelp();
    }

    /** What stands in the last column of the rows, or in those before it. */
    private static String cells(Text[][] rows, boolean last) {
        return Arrays.stream(rows)
                .map(row -> {
                    List<Text> cells = Arrays.asList(row);
                    List<Text> taken =
                            last ? cells.subList(cells.size() - 1, cells.size()) : cells.subList(1, cells.size() - 1);
                    return taken.stream().map(Text::toString).collect(Collectors.joining(last ? "" : " "));
                })
                .collect(Collectors.joining(" "))
                .replaceAll("\\s+", " ")
                .replace(" ,", ",")
                .strip();
    }

    private static String synopsis(CommandLine command) {
        return help(command).synopsis(0).replaceAll("\\s+", " ").strip();
    }

    private static Help help(CommandLine command) {
        return new Help(command.getCommandSpec(), Help.defaultColorScheme(Help.Ansi.OFF));
    }

    private static String joined(String... lines) {
        return String.format(String.join(" ", lines)).replaceAll("\\s+", " ").strip();
    }
}
