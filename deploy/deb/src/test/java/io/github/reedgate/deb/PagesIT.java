package io.github.reedgate.deb;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reedgate.cli.Main;
import io.github.reedgate.config.Key;
import io.github.reedgate.link.CredentialSource;
import io.github.reedgate.monitor.cli.MonitorMain;
import io.github.reedgate.monitor.config.MonitorKeys;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** The manual pages and the completion in each package, against the program and its configuration. */
@Tag("brokerless")
final class PagesIT {

    private static final Pattern KEY = Pattern.compile("(?m)^\\| `([a-z][^`]*)` \\| .*\\|$");
    private static final Pattern VARIABLE = Pattern.compile("\"(REEDGATE_[A-Z_]+)\"");
    private static final Pattern TERM = Pattern.compile("^  ([a-z-]\\S*(?: \\S+)*)(?:  .*)?$");
    private static final String BROKER = "../broker/reedgate-broker";
    private static final Pattern PATH = Pattern.compile("[a-z_]+(\\.[a-z_<>]+)*");

    private static CommandLine line(Packed packed) {
        return packed == Packed.GATEWAY ? Main.commandLine() : MonitorMain.commandLine();
    }

    private static String installed(Packed packed, String path) throws IOException {
        BuiltPackage.Entry entry = packed.read().data().values().stream()
                .filter(file -> file.path().equals(path))
                .findFirst()
                .orElseThrow();
        return path.endsWith(".gz") ? entry.unpacked() : entry.text();
    }

    private static String page(Packed packed, String suffix) throws IOException {
        String name = packed.packageName() + suffix;
        String folder = "man" + suffix.replaceAll("[^0-9]", "") + "/";
        return installed(packed, "usr/share/man/" + folder + name)
                .replace("\\-", "-")
                .replace("\\(aq", "'");
    }

    private static List<CommandLine> commands(CommandLine parent) {
        List<CommandLine> all = new ArrayList<>(List.of(parent));
        parent.getSubcommands().values().forEach(command -> all.addAll(commands(command)));
        return all;
    }

    @ParameterizedTest
    @EnumSource
    void manualPageTellsEveryCommandAndOption(Packed packed) throws IOException {
        String page = page(packed, ".1.gz");
        List<CommandLine> commands = commands(line(packed));
        assertThat(commands).hasSizeGreaterThan(6);
        for (CommandLine command : commands) {
            String name = command.getCommandSpec().qualifiedName();
            int from = page.indexOf(command.getParent() == null ? "\n.SH \"OPTIONS\"" : "\n.SS \"" + name + "\"\n");
            assertThat(from).as(name).isPositive();
            int next = page.indexOf("\n.S", from + 1);
            String part = page.substring(from, next);
            for (OptionSpec option : command.getCommandSpec().options()) {
                boolean isOnce = (option.usageHelp() || option.versionHelp()) && command.getParent() != null;
                if (!option.hidden() && !isOnce) {
                    assertThat(part).as(name).contains(option.names());
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void manualPageTellsTheExitCodesAndTheEnvironment(Packed packed) throws IOException {
        String page = page(packed, ".1.gz");
        line(packed)
                .getCommandSpec()
                .usageMessage()
                .exitCodeList()
                .forEach((code, meaning) -> assertThat(page).contains(".B \"" + code + "\"\n" + meaning + "\n"));
        assertThat(variables(packed))
                .isNotEmpty()
                .allSatisfy(variable -> assertThat(page).contains("\n.B \"" + variable + "\"\n"));
    }

    /** The variables that the program's sources name; the monitor reads those of its broker by the gateway's classes. */
    private static List<String> variables(Packed packed) throws IOException {
        Path folder = packed == Packed.GATEWAY ? Path.of("gateway") : Path.of("deploy", "monitor");
        List<String> variables = new ArrayList<>();
        if (packed == Packed.MONITOR) {
            variables.addAll(List.of(CredentialSource.USER_VARIABLE, CredentialSource.PASSWORD_VARIABLE));
        }
        try (var sources = Files.walk(Path.of("..", "..").resolve(folder).resolve("src/main"))) {
            for (Path source :
                    sources.filter(file -> file.toString().endsWith(".java")).toList()) {
                VARIABLE.matcher(Files.readString(source)).results().forEach(found -> variables.add(found.group(1)));
            }
        }
        variables.removeIf("REEDGATE_NOTIFY"::equals); // from the start script to the program, not for people
        return variables;
    }

    @ParameterizedTest
    @EnumSource
    void manualPageTellsEveryKeyOfTheConfiguration(Packed packed) throws IOException {
        String page = page(packed, ".yaml.5.gz");
        assertThat(keys(packed))
                .hasSizeGreaterThan(20)
                .allSatisfy(key -> assertThat(page).contains("\n.B \"" + key + "\"\n"));
        assertThat(page).doesNotContain("**", "`", "](").contains("/" + packed.configuration());
    }

    private static List<String> keys(Packed packed) throws IOException {
        if (packed == Packed.MONITOR) {
            return MonitorKeys.TABLE.keys().stream().map(Key::path).toList();
        }
        return KEY.matcher(Files.readString(Path.of("..", "..", "docs", "configuration.md")))
                .results()
                .map(found -> found.group(1))
                .filter(cell -> PATH.matcher(cell).matches())
                .toList();
    }

    @Test
    void keysOfTheMonitorHaveTheirDefaultsAndRanges() throws IOException {
        assertThat(page(Packed.MONITOR, ".yaml.5.gz"))
                .contains("\n.B \"store.max_age\"\n", " If missing: 10y. Allowed: ")
                .contains("\n.B \"monitor.id\"\n", " If missing: required. Allowed: ");
    }

    @ParameterizedTest
    @EnumSource
    void completionProposesCommandsAndOptions(Packed packed, @TempDir Path folder) throws Exception {
        String name = packed.packageName();
        String text = installed(packed, "usr/share/bash-completion/completions/" + name);
        Path script = Files.writeString(folder.resolve(name), text);
        assertThat(completed(packed, script, "ch")).containsExactly("check");
        assertThat(completed(packed, script, "run", "--c")).contains("--config");
        assertThat(completed(packed, script, ""))
                .containsAll(line(packed).getSubcommands().keySet());
    }

    @Test
    void completionProposesOptionsOfTheGateway(@TempDir Path folder) throws Exception {
        Path script = Files.writeString(
                folder.resolve("reedgate"),
                installed(Packed.GATEWAY, "usr/share/bash-completion/completions/reedgate"));
        assertThat(completed(Packed.GATEWAY, script, "run", "--s")).contains("--simulate", "--seed");
    }

    @Test
    void manualPageOfTheBrokersProgramTellsAllOfItsHelp() throws Exception {
        String page = page(Packed.GATEWAY, "-broker.8.gz");
        List<String> help = lines(new ProcessBuilder(BROKER, "--help"));
        List<String> terms = help.stream()
                .map(TERM::matcher)
                .filter(Matcher::find)
                .map(found -> found.group(1))
                .toList();
        assertThat(terms)
                .hasSizeGreaterThan(20)
                .contains("setup", "--viewer yes|no", "--root DIR")
                .allSatisfy(term -> assertThat(page).contains("\n.B \"" + term + "\"\n"));
        String words = page.replaceAll("\\s+", " ");
        help.stream()
                .filter(line -> line.startsWith(" ".repeat(20)))
                .forEach(line -> assertThat(words).contains(line.strip()));
        assertThat(page(Packed.GATEWAY, ".1.gz")).contains("reedgate-broker(8)");
    }

    @Test
    void completionOfTheBrokersProgramProposesCommandsOptionsAndFolders(@TempDir Path folder) throws Exception {
        Path script = Files.writeString(
                folder.resolve("broker"),
                installed(Packed.GATEWAY, "usr/share/bash-completion/completions/reedgate-broker"));
        Files.createDirectory(folder.resolve("some-folder"));
        assertThat(completed("reedgate-broker", script, "se")).containsExactly("setup");
        assertThat(completed("reedgate-broker", script, ""))
                .contains("add-gateway", "renew", "status")
                .hasSize(9);
        assertThat(completed("reedgate-broker", script, "setup", "--v")).containsExactly("--viewer");
        assertThat(completed("reedgate-broker", script, "setup", "--root", folder + "/some"))
                .containsExactly(folder + "/some-folder");
        assertThat(completed("reedgate-broker", script, "show", "")).containsExactly("");
    }

    private static List<String> lines(ProcessBuilder program) throws Exception {
        Process process = program.start();
        try {
            String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
            return text.lines().toList();
        } finally {
            process.destroyForcibly();
        }
    }

    private static List<String> completed(Packed packed, Path script, String... words) throws Exception {
        return completed(packed.packageName(), script, words);
    }

    /** What bash proposes for the last of the words behind the command. */
    private static List<String> completed(String program, Path script, String... words) throws Exception {
        StringBuilder ask = new StringBuilder("source " + script + "; COMP_WORDS=(" + program);
        for (String word : words) {
            ask.append(" '").append(word).append("'");
        }
        ask.append("); COMP_CWORD=")
                .append(words.length)
                .append("; $(complete -p ")
                .append(program)
                .append(" | grep -o '_complete_[a-z_-]*'); printf '%s\\n' \"${COMPREPLY[@]}\"");
        Process bash = new ProcessBuilder("bash", "--norc", "-c", ask.toString())
                .redirectErrorStream(true)
                .start();
        try {
            bash.getOutputStream().close();
            String answer = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(bash.waitFor(1, TimeUnit.MINUTES)).isTrue();
            return answer.lines().map(String::strip).toList();
        } finally {
            bash.destroyForcibly();
        }
    }
}
