package io.github.reedgate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reedgate.Documents;
import java.lang.reflect.Modifier;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** What the documents say of the command line, against the command line itself. */
final class CommandsInDocumentsTest {

    private static final Pattern PROGRAM = Pattern.compile("(?:.*/bin/)?reedgate");
    private static final Pattern WORD = Pattern.compile("--?[A-Za-z].*|[a-z][a-z-]*");
    private static final Set<String> ENDS = Set.of("#", "|", "&&", "||", ";", ">", "<", "&", "…", "\\");
    private static final Set<String> NAMES_A_USER = Set.of("-u", "-g", "-U", "--user", "--group", "--groups");
    private static final Pattern CODE_ROW = Pattern.compile("(?m)^\\| ([0-9]+) \\| (.+) \\|$");
    private static final Path UNIT = Documents.TOP.resolve("systemd/reedgate.service");

    /** The words behind the program's name in a piece of code; empty if it is not called there. */
    private static Optional<List<String>> call(String code) {
        List<String> words = Arrays.asList(code.strip().split("\\s+"));
        for (int i = 0; i + 1 < words.size(); i++) {
            boolean isUser = i > 0 && NAMES_A_USER.contains(words.get(i - 1));
            if (PROGRAM.matcher(words.get(i)).matches()
                    && !isUser
                    && WORD.matcher(words.get(i + 1)).matches()) {
                return Optional.of(words.subList(i + 1, words.size()));
            }
        }
        return Optional.empty();
    }

    /** What is wrong with a call, or empty. Values and missing arguments are not looked at. */
    private static Optional<String> mistake(List<String> words) {
        CommandLine command = Main.commandLine(words.toArray(String[]::new));
        for (int i = 0; i < words.size() && !ENDS.contains(words.get(i)); i++) {
            String word = words.get(i);
            CommandSpec spec = command.getCommandSpec();
            if (word.startsWith("-") && word.length() > 1) {
                String name = word.split("=", 2)[0];
                OptionSpec option = spec.findOption(name);
                if (option == null) {
                    return Optional.of(spec.qualifiedName() + " has no option " + name);
                }
                i += option.arity().min() > 0 && !word.contains("=") ? 1 : 0;
            } else if (command.getSubcommands().containsKey(word)) {
                command = command.getSubcommands().get(word);
            } else if (spec.positionalParameters().isEmpty()) {
                return Optional.of(spec.qualifiedName() + " has no " + word);
            }
        }
        return Optional.empty();
    }

    @Test
    void everyCommandAndOptionThatDocumentsNameExists() {
        List<String> calls = new ArrayList<>();
        List<String> mistakes = new ArrayList<>();
        for (Path document : Documents.markdown()) {
            for (String code : Documents.code(Documents.text(document))) {
                Optional<List<String>> words = call(code);
                if (words.isPresent()) {
                    calls.add(code);
                    mistake(words.get()).ifPresent(what -> mistakes.add(document + ": '" + code + "': " + what));
                }
            }
        }
        assertThat(mistakes).isEmpty();
        assertThat(calls).hasSizeGreaterThan(10);
    }

    @Test
    void unitStartsACommandThatExists() {
        List<String> starts = Documents.text(UNIT)
                .lines()
                .filter(line -> line.startsWith("ExecStart="))
                .map(line -> line.substring("ExecStart=".length()))
                .toList();
        assertThat(starts).singleElement().satisfies(start -> {
            assertThat(call(start)).hasValueSatisfying(words -> {
                assertThat(words).startsWith("run");
                assertThat(mistake(words)).isEmpty();
            });
        });
    }

    @Test
    void wrongCommandsAndOptionsAreFound() {
        assertThat(call("sudo -u reedgate reedgate check --jason").flatMap(CommandsInDocumentsTest::mistake))
                .hasValue("reedgate check has no option --jason");
        assertThat(call("deploy/x/bin/reedgate walk").flatMap(CommandsInDocumentsTest::mistake))
                .hasValue("reedgate has no walk");
        assertThat(call("reedgate run -c file.yaml --simulate  # no hardware"))
                .hasValueSatisfying(words -> assertThat(mistake(words)).isEmpty());
        assertThat(call("sudo systemctl enable --now reedgate")).isEmpty();
        assertThat(call("topic_prefix: reedgate   # what every topic starts with"))
                .isEmpty();
    }

    @Test
    void exitCodesAreTheSameInCodeHelpAndDocument() throws ReflectiveOperationException {
        Map<String, String> documented = new LinkedHashMap<>();
        String page = Documents.text(Documents.TOP.resolve("docs/commands.md"));
        CODE_ROW.matcher(page.substring(page.indexOf("## Exit codes")))
                .results()
                .forEach(row -> documented.put(row.group(1), row.group(2)));
        Map<String, String> help =
                Main.commandLine().getCommandSpec().usageMessage().exitCodeList();
        List<String> code = new ArrayList<>();
        for (var field : ExitCode.class.getFields()) {
            if (Modifier.isStatic(field.getModifiers())) {
                code.add(String.valueOf(field.getInt(null)));
            }
        }
        assertThat(documented).isEqualTo(help).isNotEmpty();
        assertThat(documented.keySet()).containsExactlyInAnyOrderElementsOf(code);
    }
}
