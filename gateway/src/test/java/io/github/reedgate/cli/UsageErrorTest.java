package io.github.reedgate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** A wrong command line is answered in three lines, the error last, whichever command it is for. */
final class UsageErrorTest {

    private static List<String> errors(String... words) {
        Printed out = new Printed();
        Printed err = new Printed();
        assertThat(StandardStreams.of(out, err).run(words)).isEqualTo(ExitCode.USAGE);
        assertThat(out.toString()).isEmpty();
        return err.toString().lines().toList();
    }

    static Stream<String> commands() {
        return EveryCommandTest.commands();
    }

    @ParameterizedTest
    @MethodSource("commands")
    void eachCommandNamesItsUsageAndItsHelpBeforeTheError(String command) {
        List<String> words = new ArrayList<>(command.isEmpty() ? List.of() : List.of(command.split(" ", -1)));
        words.add("--no-such-option");
        List<String> lines = errors(words.toArray(String[]::new));
        String name = ("reedgate " + command).strip().replace(" mend", " unstick");
        assertThat(lines).hasSize(3);
        assertThat(lines.get(0)).startsWith("usage: " + name);
        assertThat(lines.get(1)).isEqualTo("all options: " + name + " --help");
        assertThat(lines.get(2)).startsWith("reedgate: ");
    }

    @Test
    void commandsThatHaveCommandsSayThatOneIsMissing() {
        for (String command : List.of("", "user", "sim")) {
            String[] words = command.isEmpty() ? new String[0] : new String[] {command};
            assertThat(errors(words)).hasSize(3).last().isEqualTo("reedgate: a command is missing");
        }
    }

    @Test
    void whatWasProbablyMeantStandsInTheError() {
        assertThat(errors("statsu")).last().asString().contains("'statsu'", "; did you mean ", "status");
        assertThat(errors("log", "--jsno")).last().asString().contains("--jsno");
    }

    @Test
    void errorsOfTheCommandsThemselvesComeLastToo() {
        assertThat(errors("watch", "--count", "0"))
                .containsExactly(
                        "usage: reedgate watch [OPTIONS]",
                        "all options: reedgate watch --help",
                        "reedgate: --count is 0; 1 or more is allowed");
        assertThat(errors("publish", "a"))
                .hasSize(3)
                .first()
                .isEqualTo("usage: reedgate publish [OPTIONS] TOPIC PAYLOAD");
    }

    @Test
    void narrowTerminalGetsTheSameInMoreLines() {
        Printed shown = new Printed();
        CommandLine line = Main.commandLine("watch").setErr(Printer.folding(shown, () -> 40));
        assertThat(line.execute("watch", "--count", "0")).isEqualTo(ExitCode.USAGE);
        assertThat(shown.toString().lines()).allMatch(each -> each.length() <= 40);
        assertThat(shown.toString()).endsWith("allowed\n");
    }
}
