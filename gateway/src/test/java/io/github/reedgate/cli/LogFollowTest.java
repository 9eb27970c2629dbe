package io.github.reedgate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reedgate.event.EventType;
import io.github.reedgate.store.LogSamples;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code reedgate log --follow}; between two looks happens what the test says, and no time passes. */
final class LogFollowTest {

    @TempDir
    private Path folder = Path.of("");

    /** Something that happens between two looks. */
    @FunctionalInterface
    private interface Deed {
        void happen() throws Exception;
    }

    @BeforeEach
    void keepAStore() throws Exception {
        LogSamples.keepUsual(folder);
    }

    private static Pause deeds(Deed... deeds) {
        Deque<Deed> left = new ArrayDeque<>(Arrays.asList(deeds));
        return () -> {
            if (left.isEmpty()) {
                return false;
            }
            try {
                left.remove().happen();
            } catch (Exception e) {
                throw new AssertionError(e);
            }
            return true;
        };
    }

    private LogRun follow(Pause pause, String... arguments) {
        List<String> all = new ArrayList<>(List.of("--follow", "--state-dir", folder.toString()));
        all.addAll(Arrays.asList(arguments));
        return LogRun.of(pause, new Printed(), all.toArray(String[]::new));
    }

    private void keep(long... seqs) throws Exception {
        for (long seq : seqs) {
            LogSamples.keep(folder, List.of(LogSamples.event(seq, EventType.CLOSED, "front_door")), List.of());
        }
    }

    private void moveAside() throws IOException {
        try (var files = Files.list(folder)) {
            for (Path file : files.filter(one -> one.getFileName().toString().startsWith("reedgate.db"))
                    .toList()) {
                Files.move(file, file.resolveSibling("aside-" + file.getFileName()));
            }
        }
    }

    private static List<String> numbers(LogRun run) {
        return run.out()
                .lines()
                .skip(1)
                .map(line -> line.substring(20).strip().split(" ", 2)[0])
                .toList();
    }

    @Test
    void whatComesIsPrintedOnceBelowWhatWasThere() {
        LogRun run = follow(deeds(() -> keep(6), () -> {}, () -> keep(7, 9), () -> {}), "--last", "1");
        assertThat(run.exitCode()).isEqualTo(ExitCode.OK);
        assertThat(run.err()).isEmpty();
        assertThat(run.out()).isEqualTo("""
            time                 seq    type          sensor     message
            2026-11-22 22:05:00    5    sensor_fault  back_door  back_door sensor_fault
            2026-11-22 22:06:00    6    closed        front_door  front_door closed
            2026-11-22 22:07:00    7    closed        front_door  front_door closed
            2026-11-22 22:09:00    9    closed        front_door  front_door closed
            """);
    }

    @Test
    void lastOfNoneShowsOnlyWhatComes() {
        assertThat(numbers(follow(deeds(() -> keep(6)), "-n", "0"))).containsExactly("6");
    }

    @Test
    void whatDoesNotFitIsPassedOver() {
        LogRun run = follow(deeds(() -> keep(6), () -> keep(7)), "-n", "0", "--sensor", "back_door");
        assertThat(run.out()).isEmpty();
    }

    @Test
    void pauseThatEndsAtOnceEndsTheCommand() {
        assertThat(numbers(follow(deeds(), "-n", "2"))).containsExactly("4", "5");
    }

    @Test
    void readerThatIsGoneEndsTheCommand() {
        OutputStream closed = new OutputStream() {
            @Override
            public void write(int one) throws IOException {
                throw new IOException("broken pipe");
            }
        };
        Pause never = () -> {
            throw new AssertionError("it goes on");
        };
        LogRun run = LogRun.of(never, closed, "-f", "--state-dir", folder.toString());
        assertThat(run.exitCode()).isEqualTo(ExitCode.OK);
    }

    @Test
    void storeThatWasMovedAsideIsFollowedByTheNewOne() {
        LogRun run = follow(
                deeds(() -> keep(6), this::moveAside, () -> {}, () -> keep(1_007), () -> keep(1_008)), "-n", "0");
        assertThat(numbers(run)).containsExactly("6", "1007", "1008");
        assertThat(run.err())
                .isEqualTo("log: " + folder.resolve("reedgate.db")
                        + " does not exist: the gateway keeps its events there once it has run; start it, or name its"
                        + " state folder with --state-dir; waiting until it can be read\n"
                        + "log: a new store was begun; going on with it\n");
    }

    @Test
    void numbersThatBeginAnewAreFollowed() {
        LogRun run = follow(
                deeds(
                        () -> {
                            moveAside();
                            keep(1, 2, 3, 4, 5, 6, 7);
                        },
                        () -> keep(8)),
                "-n",
                "1");
        assertThat(numbers(run)).containsExactly("5", "1", "2", "3", "4", "5", "6", "7", "8");
    }

    @Test
    void storeThatIsSpoiltMeanwhileIsWaitedFor() {
        Path file = folder.resolve("reedgate.db");
        byte[] good = read(file);
        LogRun run = follow(
                deeds(() -> Files.writeString(file, "nonsense".repeat(1_000)), () -> {}, () -> {
                    Files.write(file, good);
                    keep(6);
                }),
                "-n",
                "0");
        assertThat(numbers(run)).containsExactly("6");
        assertThat(run.err().lines()).singleElement().asString().contains("is damaged", "waiting until it can be read");
    }

    private static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void storeThatIsMissingFromTheBeginningIsAFailure() {
        LogRun run = LogRun.of(
                deeds(), new Printed(), "-f", "--state-dir", folder.resolve("x").toString());
        assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
    }
}
