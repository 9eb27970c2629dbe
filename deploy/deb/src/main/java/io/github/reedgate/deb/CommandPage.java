package io.github.reedgate.deb;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi.Text;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/** The manual page of a program, in section 1, made from the help of the program's own commands. For one thread. */
final class CommandPage {

    private final Program program;
    private final CommandLine line;
    private final Roff page;

    private CommandPage(Program program, Sources sources) {
        this.program = program;
        this.line = program.line();
        this.page = new Roff(program.name(), 1, sources.version(), sources.time());
    }

    /** The page's text. */
    static String of(Program program, Sources sources) {
        CommandPage page = new CommandPage(program, sources);
        page.write();
        return page.page.toString();
    }

    private void write() {
        UsageMessageSpec usage = line.getCommandSpec().usageMessage();
        page.name(program.name(), program.about());
        page.section("Synopsis");
        page.paragraph(program.name() + " [OPTIONS] COMMAND ...");
        page.section("Description");
        page.paragraph(joined(usage.description()));
        page.paragraph(program.introduction());
        page.section("Options");
        arguments(line);
        page.section("Commands");
        commands(line);
        page.section("Exit status");
        usage.exitCodeList().forEach(page::tagged);
        page.section("Environment");
        program.environment().forEach(page::tagged);
        page.section("Files");
        program.files().forEach(page::tagged);
        page.section("See also");
        page.paragraph(program.seeAlso());
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
