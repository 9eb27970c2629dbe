package io.github.reedgate.deb;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reedgate.cli.Main;
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
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** The manual pages and the completion in the package, against the program and its configuration. */
@Tag("brokerless")
final class PagesIT {

    private static final Pattern KEY = Pattern.compile("(?m)^\\| `([a-z][^`]*)` \\| .*\\|$");
    private static final Pattern VARIABLE = Pattern.compile("\"(REEDGATE_[A-Z_]+)\"");
    private static final Pattern TERM = Pattern.compile("^  ([a-z-]\\S*(?: \\S+)*)(?:  .*)?$");
    private static final String BROKER = "../broker/reedgate-broker";
    private static final String COMPLETION = "usr/share/bash-completion/completions/reedgate";

    private static String installed(String path) throws IOException {
        BuiltPackage.Entry entry = BuiltPackage.read().data().values().stream()
                .filter(file -> file.path().equals(path))
                .findFirst()
                .orElseThrow();
        return path.endsWith(".gz") ? entry.unpacked() : entry.text();
    }

    private static String page(String name) throws IOException {
        return installed("usr/share/man/" + name).replace("\\-", "-").replace("\\(aq", "'");
    }

    private static List<CommandLine> commands(CommandLine parent) {
        List<CommandLine> all = new ArrayList<>(List.of(parent));
        parent.getSubcommands().values().forEach(command -> all.addAll(commands(command)));
        return all;
    }

    @Test
    void manualPageTellsEveryCommandAndOption() throws IOException {
        String page = page("man1/reedgate.1.gz");
        List<CommandLine> commands = commands(Main.commandLine());
        assertThat(commands).hasSizeGreaterThan(10);
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

    @Test
    void manualPageTellsTheExitCodesAndTheEnvironment() throws IOException {
        String page = page("man1/reedgate.1.gz");
        Main.commandLine()
                .getCommandSpec()
                .usageMessage()
                .exitCodeList()
                .forEach((code, meaning) -> assertThat(page).contains(".B \"" + code + "\"\n" + meaning + "\n"));
        try (var sources = Files.walk(Path.of("..", "..", "gateway", "src", "main"))) {
            List<String> variables = new ArrayList<>();
            for (Path source :
                    sources.filter(file -> file.toString().endsWith(".java")).toList()) {
                VARIABLE.matcher(Files.readString(source)).results().forEach(found -> variables.add(found.group(1)));
            }
            variables.remove("REEDGATE_NOTIFY"); // from the start script to the program, not for people
            assertThat(variables)
                    .isNotEmpty()
                    .allSatisfy(variable -> assertThat(page).contains("\n.B \"" + variable + "\"\n"));
        }
    }

    @Test
    void manualPageTellsEveryKeyOfTheConfiguration() throws IOException {
        String page = page("man5/reedgate.yaml.5.gz");
        List<String> keys = KEY.matcher(Files.readString(Path.of("..", "..", "docs", "configuration.md")))
                .results()
                .map(found -> found.group(1))
                .filter(cell -> cell.matches("[a-z_]+(\\.[a-z_<>]+)*"))
                .toList();
        assertThat(keys)
                .hasSizeGreaterThan(30)
                .allSatisfy(key -> assertThat(page).contains("\n.B \"" + key + "\"\n"));
        assertThat(page).doesNotContain("**", "`", "](");
    }

    @Test
    void completionProposesCommandsAndOptions(@TempDir Path folder) throws Exception {
        Path script = Files.writeString(folder.resolve("reedgate"), installed(COMPLETION));
        assertThat(completed(script, "ch")).containsExactly("check");
        assertThat(completed(script, "run", "--s")).contains("--simulate", "--seed");
        assertThat(completed(script, ""))
                .containsAll(Main.commandLine().getSubcommands().keySet());
    }

    @Test
    void manualPageOfTheBrokersProgramTellsAllOfItsHelp() throws Exception {
        String page = page("man8/reedgate-broker.8.gz");
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
        assertThat(page("man1/reedgate.1.gz")).contains("reedgate-broker(8)");
    }

    @Test
    void completionOfTheBrokersProgramProposesCommandsOptionsAndFolders(@TempDir Path folder) throws Exception {
        Path script = Files.writeString(folder.resolve("broker"), installed(COMPLETION + "-broker"));
        Files.createDirectory(folder.resolve("some-folder"));
        assertThat(completed("reedgate-broker", script, "se")).containsExactly("setup");
        assertThat(completed("reedgate-broker", script, "")).contains("add-gateway", "renew", "status").hasSize(8);
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

    private static List<String> completed(Path script, String... words) throws Exception {
        return completed("reedgate", script, words);
    }

    /** What bash proposes for the last of the words behind the command. */
    private static List<String> completed(String program, Path script, String... words) throws Exception {
        StringBuilder ask = new StringBuilder("source " + script + "; COMP_WORDS=(" + program);
        for (String word : words) {
            ask.append(" '").append(word).append("'");
        }
        ask.append("); COMP_CWORD=")
                .append(words.length)
                .append("; _complete_" + program.replace('-', '_') + "; printf '%s\\n' \"${COMPREPLY[@]}\"");
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
