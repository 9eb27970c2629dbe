package io.github.reedgate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reedgate.Documents;
import io.github.reedgate.store.LogSamples;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** What holds for each command, also for one that is yet to come: nothing raw reaches a terminal, no lost output passes for done. */
final class EveryCommandTest {

    /** Escape sequences, C1, DEL, bell, return, direction overrides, separators, zero width, halves of pairs, a pile of marks. */
    private static final String HOSTILE = "a\u001B[2J\u009B1A\u007F\u0007\u0008\r"
            + "\u0085\u202E\u2066\u200E\u2028\u2029\u200B\uFEFF\uD800\u0301\u0301\u0301z";

    /** The same as JSON writes it. */
    private static final String ESCAPED = escaped();

    /** A call of each command that prints something without a broker, without a terminal and without hardware. */
    private static final Map<String, List<String>> CALLS = new TreeMap<>(Map.ofEntries(
            Map.entry("run", List.of("run -c NONE", "run -c BAD")),
            Map.entry(
                    "setup",
                    List.of(
                            "setup -c NONE",
                            "setup -c BAD",
                            "setup -c CONFIG",
                            "setup -c NONE --broker HOSTILE --sensor door=pin11 --phone later",
                            "setup -c NONE --broker mqtts://localhost --sensor HOSTILE --phone HOSTILE")),
            Map.entry(
                    "init",
                    List.of("init -c NONE", "init -c NONE --gateway-id HOSTILE --broker HOSTILE --sensor HOSTILE")),
            Map.entry(
                    "check",
                    List.of("check -c CONFIG", "check -c CONFIG --json", "check -c BAD", "check -c BAD --json")),
            Map.entry("pins", List.of("pins --line HOSTILE")),
            Map.entry("watch", List.of("watch -c BAD", "watch --topic HOSTILE#", "watch -b HOSTILE")),
            Map.entry("publish", List.of("publish -c BAD a b", "publish HOSTILE+ b")),
            Map.entry("test-alarm", List.of("test-alarm --state-dir DIR")),
            Map.entry(
                    "log",
                    List.of(
                            "log --state-dir DIR",
                            "log --state-dir DIR --json",
                            "log --state-dir DIR --format csv",
                            "log --state-dir DIR --last 1 --format table")),
            Map.entry("outbox", List.of("outbox --state-dir DIR", "outbox --state-dir DIR --json")),
            Map.entry("purge", List.of("purge -c BAD", "purge -c CONFIG --gateway HOSTILE")),
            Map.entry("status", List.of("status --state-dir DIR", "status --state-dir DIR --json")),
            Map.entry("walktest", List.of("walktest --state-dir DIR")),
            Map.entry("arm", List.of("arm away --state-dir DIR")),
            Map.entry("disarm", List.of("disarm --state-dir DIR")),
            Map.entry("ack", List.of("ack --state-dir DIR")),
            Map.entry("user", List.of("user list -c CONFIG", "user remove HOSTILE -c CONFIG", "user")),
            Map.entry("sign", List.of("sign HOSTILE", "sign DISARM --key-file HOSTILE")),
            Map.entry(
                    "explain",
                    List.of(
                            "explain HOSTILE -c CONFIG",
                            "explain door -c CONFIG",
                            "explain door -c CONFIG --json",
                            "explain door -c CONFIG --for 1h")),
            Map.entry("doctor", List.of("doctor -c CONFIG --only config,disk", "doctor -c BAD --only config --json")),
            Map.entry(
                    "sim",
                    List.of(
                            "sim open door --state-dir DIR",
                            "sim status --state-dir DIR",
                            "sim status --json --state-dir DIR",
                            "sim play burglary --state-dir DIR",
                            "sim check SCENARIO",
                            "sim")),
            Map.entry("help", List.of("help run", "help HOSTILE"))));

    @TempDir
    private Path folder = Path.of("");

    @BeforeEach
    void furnish() throws Exception {
        LogSamples.layEmpty(Files.createDirectory(folder.resolve("state")));
        String yaml = "gateway: {id: home}\nstate_dir: " + folder.resolve("state")
                + "\nbroker: {url: 'mqtt://localhost:1'}\nsensors: {door: {line: 17}}\n";
        Files.writeString(folder.resolve("config.yaml"), yaml);
        Files.writeString(
                folder.resolve("bad.yaml"), yaml + "\"k" + ESCAPED + "\": 1\nsensors2: \"" + ESCAPED + "\"\n");
        Files.writeString(folder.resolve("a.scenario"), "0s open d\u001B[2J\u202E\n0s \u009B x\n");
    }

    static Stream<String> calls() {
        return CALLS.values().stream().flatMap(List::stream);
    }

    @Test
    void eachCommandIsCalledHere() {
        assertThat(CALLS.keySet())
                .isEqualTo(new TreeSet<>(Main.commandLine().getSubcommands().keySet()));
    }

    @Test
    void commandThatIsBuiltAloneIsTheOneAmongAll() {
        Map<String, CommandLine> all = Main.commandLine().getSubcommands();
        all.forEach((name, command) -> {
            CommandLine alone = Main.commandLine(name, "--help");
            assertThat(command.getCommandName()).isEqualTo(name);
            assertThat(
                            name.equals("help")
                                    ? Set.of(name)
                                    : alone.getSubcommands().keySet())
                    .containsExactly(name);
            assertThat(Objects.requireNonNull(alone.getSubcommands().get(name)).getUsageMessage())
                    .isEqualTo(command.getUsageMessage());
        });
    }

    @ParameterizedTest
    @MethodSource("calls")
    void nothingRawIsPrinted(String call) throws IOException {
        for (String answer : List.of(
                        HOSTILE,
                        "ok " + HOSTILE,
                        "error " + HOSTILE,
                        "refused " + HOSTILE + " " + HOSTILE,
                        "ok {\"a/door/state\":\"" + ESCAPED + "\",\"outputs\":{\"" + ESCAPED + "\":\"x\"}}",
                        "ok {\"test\":1,\"sensors\":[{\"id\":\"" + ESCAPED
                                + "\",\"name\":\"\\nreedgate: forged\"}],\"ended\":\"x\"}",
                        "ok null",
                        "ok " + HOSTILE + "\n " + HOSTILE + "\n")
                .subList(0, call.contains(" DIR") ? 8 : 1)) {
            Printed out = new Printed();
            Printed err = new Printed();
            try (HostileSocket control = new HostileSocket(socket("control.sock"), answer + "\n\n", false);
                    HostileSocket sim = new HostileSocket(socket("sim.sock"), answer + "\n\n", false)) {
                assertThat(control).isNotSameAs(sim);
                StandardStreams.of(out, err).run(words(call));
            }
            assertThat(out.toString() + err).as(call).doesNotContain("\nreedgate: forged", "NullPointer", "ClassCast");
            assertThat((out.toString() + err).replace("\r\n", "\n").codePoints())
                    .as(call)
                    .allMatch(shown -> shown == '\n' || shown == '\t' || SafeText.isVisible(shown));
        }
    }

    @ParameterizedTest
    @MethodSource("calls")
    void outputThatIsLostIsAFailure(String call) {
        Printed err = new Printed();
        FullDisk full = new FullDisk();
        int code = StandardStreams.of(full, err).run(words(call));
        if (full.wasUsed()) {
            assertThat(code).as(call + ": " + err).isNotZero();
            assertThat(err.toString()).contains("standard output can't be written: No space left on device");
        }
        FullDisk fullToo = new FullDisk();
        code = StandardStreams.of(new Printed(), fullToo).run(words(call));
        assertThat(code).as(call).matches(result -> result != 0 || !fullToo.wasUsed());
    }

    /** As behind {@code | head -1}. */
    @ParameterizedTest
    @MethodSource("calls")
    void readerThatHasGoneIsNoFailureAndNothingIsSaidOfIt(String call) {
        Printed err = new Printed();
        int usual = StandardStreams.of(new Printed(), err).run(words(call));
        Printed errOfGone = new Printed();
        int code = StandardStreams.ofPipes(new GoneReader(), errOfGone).run(words(call));
        assertThat(code).as(call).isEqualTo(usual);
        assertThat(errOfGone.toString()).as(call).doesNotContain("Broken pipe", "can't be written");
        assertThat(StandardStreams.ofPipes(new Printed(), new GoneReader()).run(words(call)))
                .as(call)
                .isEqualTo(usual);
    }

    /** What is printed on and on ends with its reader. */
    @Test
    @Timeout(60)
    void followedLogEndsWithItsReader() throws Exception {
        LogSamples.keepUsual(folder.resolve("state"));
        for (String format : List.of("table", "jsonl", "csv")) {
            String[] call = words("log --state-dir DIR --follow --format " + format);
            assertThat(StandardStreams.ofPipes(new GoneReader(), new Printed()).run(call))
                    .isZero();
            Printed err = new Printed();
            assertThat(StandardStreams.of(new FullDisk(), err).run(call)).isEqualTo(ExitCode.FAILED);
            assertThat(err.toString()).contains("No space left on device");
        }
    }

    @ParameterizedTest
    @MethodSource("commands")
    void helpAndVersionThatAreLostAreAFailure(String command) {
        for (String option : List.of("--help", "--version")) {
            String[] words = (command + " " + option).strip().split(" ");
            Printed shown = new Printed();
            assertThat(StandardStreams.of(shown, new Printed()).run(words))
                    .as(command)
                    .isZero();
            assertThat(shown.toString()).isNotEmpty();
            Printed err = new Printed();
            assertThat(StandardStreams.of(new FullDisk(), err).run(words))
                    .as(command)
                    .isEqualTo(ExitCode.FAILED);
            assertThat(err.toString()).contains("No space left on device");
        }
    }

    @Test
    void nobodyPrintsPastTheGate() throws IOException {
        try (Stream<Path> sources = Files.walk(Documents.TOP.resolve("gateway/src/main/java"))) {
            for (Path source :
                    sources.filter(file -> file.toString().endsWith(".java")).toList()) {
                boolean isGate = source.endsWith("StandardStreams.java");
                assertThat(isGate ? "" : Files.readString(source))
                        .as("%s", source)
                        .doesNotContain("System.out", "new PrintWriter(", "FileDescriptor.out", "FileDescriptor.err");
            }
        }
    }

    static Stream<String> commands() {
        return Stream.concat(Stream.of(""), below(Main.commandLine(), ""));
    }

    private static Stream<String> below(CommandLine line, String before) {
        return line.getSubcommands().entrySet().stream()
                .filter(entry -> !entry.getKey().equals("help"))
                .flatMap(entry -> Stream.concat(
                        Stream.of(before + entry.getKey()), below(entry.getValue(), before + entry.getKey() + " ")));
    }

    private Path socket(String name) throws IOException {
        Path socket = folder.resolve("state").resolve(name);
        Files.deleteIfExists(socket);
        return socket;
    }

    private String[] words(String call) {
        List<String> words = new ArrayList<>();
        for (String word : call.split(" ", -1)) {
            words.add(word.replace("CONFIG", folder.resolve("config.yaml").toString())
                    .replace("BAD", folder.resolve("bad.yaml").toString())
                    .replace("NONE", folder.resolve("none.yaml").toString())
                    .replace("DIR", folder.resolve("state").toString())
                    .replace("SCENARIO", folder.resolve("a.scenario").toString())
                    .replace("HOSTILE", HOSTILE));
        }
        return words.toArray(String[]::new);
    }

    private static String escaped() {
        StringBuilder text = new StringBuilder();
        HOSTILE.chars().forEach(unit -> text.append(String.format("\\u%04x", unit)));
        return text.toString();
    }

    @Test
    void utf8IsPrintedWhateverTheLocale() {
        Printed out = new Printed();
        Printer printer = Printer.to(out);
        printer.println("Küche 厨房 👍");
        printer.flush();
        assertThat(out.toByteArray()).isEqualTo("Küche 厨房 👍\n".getBytes(StandardCharsets.UTF_8));
    }
}
