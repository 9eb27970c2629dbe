package io.github.reedgate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.jr.ob.JSON;
import io.github.reedgate.line.Level;
import io.github.reedgate.line.LineEvent;
import io.github.reedgate.line.LineException;
import io.github.reedgate.line.LineSettings;
import io.github.reedgate.line.LineSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** {@code reedgate pins} as it is seen from a shell, on lines that a test moves in a time that a test makes pass. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class PinsCommandTest {

    private static final long STEP_NANOS = 20_000_000;

    @TempDir
    private Path folder = Path.of("");

    private final Board board = new Board();
    private final TreeMap<Integer, Runnable> plan = new TreeMap<>();
    private int steps = 100;
    private int step;
    private String out = "";
    private String err = "";

    /** Lines that rest at HIGH until they are moved. */
    private static final class Board implements LineSource {

        private final Map<Integer, Consumer<LineEvent>> open = new HashMap<>();
        private final Map<Integer, Level> levels = new HashMap<>();
        private Set<Integer> busy = Set.of();
        private boolean closed;

        @Override
        public void open(LineSettings settings, Consumer<LineEvent> edges) throws LineException {
            if (busy.contains(settings.offset())) {
                throw new LineException("line " + settings.offset() + " is in use by 'other'");
            }
            open.put(settings.offset(), edges);
        }

        @Override
        public Level read(int offset) {
            return levels.getOrDefault(offset, Level.HIGH);
        }

        @Override
        public void close() {
            closed = true;
        }

        void edge(int offset, Level level, long atNanos) {
            levels.put(offset, level);
            Objects.requireNonNull(open.get(offset)).accept(new LineEvent(offset, level, atNanos));
        }
    }

    private long now() {
        return step * STEP_NANOS;
    }

    private int pins(boolean isTerminal, String... arguments) {
        Printed outText = new Printed();
        Printed errText = new Printed();
        int code = pins(StandardStreams.of(outText, errText), isTerminal, arguments);
        out = outText.toString();
        err = errText.toString();
        return code;
    }

    private int pins(StandardStreams streams, boolean isTerminal, String... arguments) {
        Pause pause = () -> {
            step++;
            plan.getOrDefault(step, () -> {}).run();
            return step < steps;
        };
        List<String> all = new ArrayList<>(
                List.of("--config", folder.resolve("reedgate.yaml").toString()));
        all.addAll(List.of(arguments));
        CommandLine line = new CommandLine(new PinsCommand(() -> board, this::now, pause, isTerminal))
                .setCaseInsensitiveEnumValuesAllowed(true);
        return streams.run(line, all.toArray(String[]::new));
    }

    @Test
    void narrowTerminalGetsAListOfLinesInsteadOfThePicture() {
        Printed shown = new Printed();
        assertThat(pins(StandardStreams.ofTerminal(shown, new Printed(), 40), true))
                .isZero();
        assertThat(shown.toString()).doesNotContain("\u001b[2J");
        assertThat(shown.toString().lines())
                .allMatch(line -> line.length() <= 40)
                .anyMatch(line -> line.startsWith("11 ") && line.contains("HIGH"))
                .hasSizeGreaterThan(20);
        Printed wide = new Printed();
        assertThat(pins(StandardStreams.ofTerminal(wide, new Printed(), 79), true))
                .isZero();
        assertThat(wide.toString()).contains("\u001b[2J");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whatCanNotBePrintedEndsIt(boolean isTerminal) {
        steps = Integer.MAX_VALUE; // for ever
        closeWithBounce(17, 10);
        Printed errors = new Printed();

        assertThat(pins(StandardStreams.of(new FullDisk(), errors), isTerminal)).isEqualTo(ExitCode.FAILED);

        assertThat(errors.toString())
                .isEqualTo("reedgate: standard output can't be written: No space left on device;"
                        + " what it has is not complete\n");
        assertThat(board.closed).isTrue();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void readerThatHasGoneEndsItSilently(boolean isTerminal) {
        steps = Integer.MAX_VALUE;
        closeWithBounce(17, 10);
        Printed errors = new Printed();

        assertThat(pins(StandardStreams.ofPipes(new GoneReader(), errors), isTerminal))
                .isZero();

        assertThat(errors.toString()).isEmpty();
        assertThat(board.closed).isTrue();
    }

    private void closeWithBounce(int line, int atStep) {
        plan.put(atStep, () -> {
            board.edge(line, Level.LOW, now());
            board.edge(line, Level.HIGH, now() + 1_000_000);
            board.edge(line, Level.LOW, now() + 3_100_000);
        });
    }

    @Test
    void onceShowsTheHeaderWithEveryLine() {
        board.levels.put(17, Level.LOW);
        board.busy = Set.of(4);
        assertThat(pins(true, "--once")).isZero();
        List<String> lines = out.lines().toList();
        assertThat(lines)
                .hasSize(21)
                .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(79));
        assertThat(lines.get(6)).isEqualTo("            0     0   LOW  GPIO17 11 ┃ 12 GPIO18  HIGH      0     0");
        assertThat(lines.get(4)).startsWith("                     busy   GPIO4  7 ┃ 8  GPIO14  HIGH");
        assertThat(err).contains("line 4 is in use by 'other'");
        assertThat(board.open).hasSize(25).doesNotContainKeys(0, 1);
        assertThat(board.closed).isTrue();
    }

    @Test
    void linesThatSwitchOutputsAreLeftAlone() throws IOException {
        Files.writeString(folder.resolve("reedgate.yaml"), """
            gateway: {id: home}
            broker: {url: 'mqtts://localhost'}
            alarm: {}
            sensors: {front_door: {line: 17}}
            outputs: {horn: {type: siren, line: 24}}
            """);

        assertThat(pins(true, "--once")).isZero();
        assertThat(board.open).hasSize(25).doesNotContainKey(24);
        assertThat(err).isEqualToIgnoringNewLines("reedgate: line 24 is left alone: it switches the siren horn");

        assertThat(pins(true, "--once", "--line", "line24")).isEqualTo(ExitCode.USAGE);
        assertThat(err).startsWith("--line: line 24 switches an output, and watching might switch it on");
    }

    @Test
    void everyMovementIsALineWithItsBouncesAndTheSensorsName() throws IOException {
        Files.writeString(folder.resolve("reedgate.yaml"), """
            gateway: {id: home}
            broker: {url: 'mqtts://localhost'}
            sensors: {front_door: {line: 17}}
            """);
        closeWithBounce(17, 10);
        plan.put(40, () -> board.edge(27, Level.LOW, now()));
        assertThat(pins(false, "--for", "2s")).isZero();
        assertThat(out).startsWith("""
            front_door, line 17 (pin 11) went LOW, 3 edges in 3.1ms
            line 27 (pin 13) went LOW, 1 edge, no bounce
            """);
        assertThat(out).contains("  3.1ms     1     3   LOW  GPIO17 11 ┃");
        assertThat(step).isEqualTo(100);
    }

    @Test
    void pictureOnATerminalIsDrawnOverTheOneBefore() {
        closeWithBounce(17, 10);
        steps = 30;
        assertThat(pins(true)).isZero();
        assertThat(out).startsWith("\u001b[2J\u001b[H");
        String last = out.substring(out.lastIndexOf("\u001b[H"));
        assertThat(last)
                .contains("  3.1ms     1     3   LOW  GPIO17 11 ┃", "line 17 (pin 11) went LOW, 3 edges in 3.1ms");
        assertThat(last.split("\r\n")).hasSize(22);
    }

    @Test
    void programsGetOneDocument() throws IOException {
        closeWithBounce(17, 10);
        plan.put(30, () -> {
            board.edge(22, Level.LOW, now());
            board.edge(22, Level.HIGH, now() + 100_000);
        });
        board.busy = Set.of(27);
        assertThat(pins(false, "--for", "2s", "--json", "--line", "pin11,line22,pin13"))
                .isZero();
        List<Object> all = JSON.std.listFrom(out);
        assertThat(all)
                .containsExactly(
                        Map.of(
                                "line",
                                17,
                                "header_pin",
                                11,
                                "level",
                                "low",
                                "edges",
                                3,
                                "moves",
                                1,
                                "bounces",
                                2,
                                "glitches",
                                0,
                                "missed_edges",
                                0,
                                "longest_bounce_ms",
                                3.1),
                        Map.of(
                                "line",
                                22,
                                "header_pin",
                                15,
                                "level",
                                "high",
                                "edges",
                                2,
                                "moves",
                                0,
                                "bounces",
                                0,
                                "glitches",
                                1,
                                "missed_edges",
                                0,
                                "longest_bounce_ms",
                                0.0),
                        Map.of("line", 27, "header_pin", 13, "error", "line 27 is in use by 'other'"));
    }

    @Test
    void wrongUseIsToldWithTheFix() {
        assertThat(pins(false, "--json")).isEqualTo(ExitCode.USAGE);
        assertThat(err).contains("give --once or --for TIME");
        assertThat(pins(false, "--once", "--line", "11")).isEqualTo(ExitCode.USAGE);
        assertThat(err).contains("say pin11 for the header's pin or line11");
        assertThat(pins(false, "--once", "--pull", "sideways")).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void boardWithoutALineFails() {
        board.busy = Set.of(17);
        assertThat(pins(false, "--once", "--line", "line17")).isEqualTo(ExitCode.FAILED);
        assertThat(err).contains("line 17 is in use by 'other'");
    }
}
