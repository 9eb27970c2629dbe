package io.github.reedgate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reedgate.store.LogSamples;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Each option and each parameter of each command, also of those that are yet to come, with values that nobody means: the command
 * ends, with a sentence and without a word of a programmer's.
 */
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class EveryArgumentTest {

    /** What no argument can be. */
    private static final Map<String, String> IMPOSSIBLE = new TreeMap<>(Map.of(
            "NUL",
            "\0",
            "NUL in it",
            "a\0b",
            "half a character",
            "\uD800",
            "the other half",
            "a\uDC00b",
            "100 kB",
            "a".repeat(100_000),
            "100 kB of digits",
            "9".repeat(100_000),
            "100 kB of emoji",
            "\uD83D\uDC4D".repeat(25_000)));

    /** What may be right for one and is wrong for another. */
    private static final Map<String, String> STRANGE = new TreeMap<>(Map.ofEntries(
            Map.entry("empty", ""),
            Map.entry("blank", " "),
            Map.entry("line end", "a\nreedgate: forged"),
            Map.entry("minus", "-"),
            Map.entry("negative", "-1"),
            Map.entry("huge", "99999999999999999999"),
            Map.entry("huge duration", "9223372036854775807d"),
            Map.entry("not a number", "NaN"),
            Map.entry("infinite", "1e999"),
            Map.entry("endless file", "/dev/zero"),
            Map.entry("arguments of an endless file", "@/dev/zero"),
            Map.entry("folder", "/"),
            Map.entry("format", "%s%n%1$s"),
            Map.entry("variable", "${sys:user.name}${env:HOME}"),
            Map.entry("braces", "{}[]=:,#&*!|>'\"%@`\\"),
            Map.entry("wildcards", "+/#"),
            Map.entry("address", "mqtt://[::1"),
            Map.entry("port", "mqtt://a:99999"),
            Map.entry("escape", "\u001B[2J\u202E")));

    /** They may wait for something that a good value tells them to wait for, or use the network. */
    private static final Set<String> NOT_WITH_A_CONFIGURATION =
            Set.of("run", "watch", "walktest", "publish", "purge", "doctor", "pins", "init", "setup", "test-alarm");

    @TempDir
    private Path folder = Path.of("");

    private final InputStream usualInput = takeInputAway();

    /** The command line of the one command that a test calls: made at its first call, as making it takes longest. */
    private @Nullable CommandLine line;

    /** Whoever reads the standard input finds its end; before the commands are made, which keep what is there then. */
    private static InputStream takeInputAway() {
        InputStream usual = System.in;
        System.setIn(InputStream.nullInputStream());
        return usual;
    }

    @AfterEach
    void giveInputBack() {
        System.setIn(usualInput);
    }

    @BeforeEach
    void furnish() throws Exception {
        LogSamples.layEmpty(Files.createDirectory(folder.resolve("state")));
        Files.writeString(
                folder.resolve("config.yaml"),
                "gateway: {id: home}\nstate_dir: " + folder.resolve("state")
                        + "\nbroker: {url: 'mqtt://localhost:1'}\nsensors: {door: {line: 17}}\n");
    }

    /** A command by its words. */
    record Command(String words, CommandSpec spec) {

        @Override
        public String toString() {
            return words;
        }

        private String first() {
            return words.split(" ", -1)[0];
        }

        /** It looks at the first of its words alone. */
        private boolean isHelp() {
            return words.endsWith("help");
        }

        private boolean has(String option) {
            return spec.findOption(option) != null;
        }

        /** What takes a value. */
        private List<ArgSpec> arguments() {
            return spec.args().stream()
                    .filter(argument -> argument.arity().max() > 0)
                    .toList();
        }
    }

    static Stream<Command> commands() {
        return below(Main.commandLine(), "");
    }

    private static Stream<Command> below(CommandLine line, String before) {
        return line.getSubcommands().entrySet().stream()
                .flatMap(entry -> Stream.concat(
                        Stream.of(new Command(
                                before + entry.getKey(), entry.getValue().getCommandSpec())),
                        below(entry.getValue(), before + entry.getKey() + " ")));
    }

    @Test
    void everyCommandIsFound() {
        assertThat(commands().map(Command::words))
                .contains("run", "sim play", "user add", "sim open")
                .hasSizeGreaterThan(35);
    }

    @ParameterizedTest
    @MethodSource("commands")
    void impossibleValueIsAWrongCommandLine(Command command) {
        for (ArgSpec argument : command.arguments()) {
            IMPOSSIBLE.forEach((what, value) -> {
                boolean isPayload = argument.paramLabel().equals("PAYLOAD") && what.startsWith("100 kB");
                String where = command + " " + argument.paramLabel() + " " + what;
                Result result = call(words(command, argument, value, "none.yaml"));
                result.isClean(where);
                assertThat(result.code)
                        .as("%s: %s", where, result.err)
                        .isEqualTo(isPayload ? ExitCode.CONFIG : ExitCode.USAGE);
            });
        }
    }

    @ParameterizedTest
    @MethodSource("commands")
    void strangeValueEndsInASentenceOrWell(Command command) {
        List<String> files = new ArrayList<>(List.of("none.yaml"));
        if (command.has("--config") && !NOT_WITH_A_CONFIGURATION.contains(command.first())) {
            files.add("config.yaml");
        }
        for (ArgSpec argument : command.arguments()) {
            for (String file : files) {
                STRANGE.forEach((what, value) -> {
                    String where = command + " " + argument.paramLabel() + " " + what + " " + file;
                    Result result = call(words(command, argument, value, file));
                    result.isClean(where);
                    assertThat(result.code).as("%s: %s", where, result.err).isBetween(0, 6);
                    assertThat(result.out + result.err).as(where).isNotEmpty();
                });
            }
        }
    }

    /** A shell's variable that is not set. */
    @ParameterizedTest
    @MethodSource("commands")
    void emptyPathIsAWrongCommandLine(Command command) {
        for (ArgSpec argument : command.arguments()) {
            boolean isPath =
                    argument.type() == Path.class || argument.typeInfo().getAuxiliaryTypes()[0] == Path.class;
            if (isPath && !argument.paramLabel().isEmpty() && !isCa(argument)) {
                Result result = call(words(command, argument, "", "none.yaml"));
                assertThat(result.code)
                        .as("%s %s: %s", command, argument, result.err)
                        .isEqualTo(ExitCode.USAGE);
                assertThat(result.err).contains("it is empty; a path is expected");
            }
        }
    }

    private static boolean isCa(ArgSpec argument) {
        return argument instanceof OptionSpec option && option.longestName().equals("--ca");
    }

    @ParameterizedTest
    @MethodSource("commands")
    void impossibleCommandOrOptionIsAWrongCommandLine(Command command) {
        IMPOSSIBLE.values().forEach(value -> {
            for (String word : List.of(value, "--" + value)) {
                List<String> words =
                        new ArrayList<>(Arrays.asList(command.words().split(" ", -1)));
                words.add(word);
                Result result = call(words);
                result.isClean(command.words());
                assertThat(result.code)
                        .as("%s: %s", command, result.err)
                        .isIn(command.isHelp() ? List.of(0, ExitCode.USAGE) : List.of(ExitCode.USAGE, ExitCode.CONFIG));
            }
        });
    }

    /** A call with a value for one argument, and good ones where others have to be there. */
    private List<String> words(Command command, ArgSpec hostile, String value, String file) {
        List<String> words = new ArrayList<>(Arrays.asList(command.words().split(" ", -1)));
        if (command.has("--config") && !is(hostile, "--config")) {
            words.addAll(List.of("--config", folder.resolve(file).toString()));
        }
        if (command.has("--only") && !is(hostile, "--only")) {
            words.addAll(List.of("--only", "config"));
        }
        for (ArgSpec argument : command.arguments()) {
            String given = argument == hostile ? value : good(argument);
            if (argument == hostile || argument.required()) {
                words.add(argument instanceof OptionSpec option ? option.longestName() + "=" + given : given);
            }
        }
        return words;
    }

    private static boolean is(ArgSpec argument, String name) {
        return argument instanceof OptionSpec option && option.longestName().equals(name);
    }

    private String good(ArgSpec argument) {
        if (argument.type().isEnum()) {
            return String.valueOf(argument.type().getEnumConstants()[0]);
        }
        if (argument.type() == Path.class) {
            return folder.resolve("none").toString();
        }
        return argument.type() == String.class ? "a" : "1";
    }

    private Result call(List<String> words) {
        Printed out = new Printed();
        Printed err = new Printed();
        String[] arguments = words.toArray(String[]::new);
        CommandLine known = line == null ? Main.commandLine(arguments) : line;
        line = known;
        int code = StandardStreams.of(out, err).run(known, arguments);
        return new Result(code, out.toString(), err.toString());
    }

    /** What came of a call. */
    private record Result(int code, String out, String err) {

        private void isClean(String where) {
            String all = out + err;
            assertThat(all)
                    .as(where)
                    .doesNotContain("Exception", "\tat ", "java.", "picocli", "\nreedgate: forged", "OutOfMemory");
            assertThat(all.length()).as(where).isLessThan(40_000);
        }
    }
}
