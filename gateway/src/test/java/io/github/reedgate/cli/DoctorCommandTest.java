package io.github.reedgate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.jr.ob.JSON;
import io.github.reedgate.Documents;
import io.github.reedgate.doctor.CheckName;
import io.github.reedgate.doctor.Surroundings;
import io.github.reedgate.line.LineException;
import io.github.reedgate.time.ClockTrust;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** {@code reedgate doctor} as it is seen from a shell. */
final class DoctorCommandTest {

    private static final String LOCAL = "java,config,temp,board,disk,secrets";

    @TempDir
    private Path folder = Path.of("");

    private final Printed out = new Printed();
    private final Printed err = new Printed();

    private int doctor(boolean isTerminal, String... arguments) throws IOException {
        Path file = Files.writeString(
                folder.resolve("reedgate.yaml"),
                "gateway:\n  id: home\nstate_dir: " + folder
                        + "\nbroker:\n  url: mqtt://localhost\nsensors:\n  front_door:\n    line: 17\n");
        Surroundings here = new Surroundings(
                folder,
                Map.of(),
                "nobody-of-this-name",
                "aarch64",
                Clock.systemUTC(),
                () -> ClockTrust.SYNCHRONISED,
                command -> Optional.empty(),
                () -> {
                    throw new LineException("no lines here; there are none");
                });
        String[] all = Arrays.copyOf(arguments, arguments.length + 2);
        all[arguments.length] = "--config";
        all[arguments.length + 1] = file.toString();
        return new CommandLine(new DoctorCommand(here, isTerminal))
                .setOut(Printer.to(out))
                .setErr(Printer.to(err))
                .execute(all);
    }

    @Test
    void eachCheckHasALineAndTheLastOneCounts() throws IOException {
        assertThat(doctor(false, "--simulate", "--only", LOCAL)).isEqualTo(ExitCode.OK);
        List<String> lines = out.toString().lines().toList();
        assertThat(lines).hasSize(8);
        assertThat(lines.get(1))
                .isEqualTo("ok    config      " + folder.resolve("reedgate.yaml")
                        + ": gateway home, 1 sensors, mqtt://localhost");
        assertThat(lines.get(3)).isEqualTo("skip  board       lines are simulated");
        assertThat(lines.get(7)).isEqualTo("5 ok, 0 warn, 0 fail, 1 skip");
    }

    @Test
    void failureHasItsFixAndItsExitCode() throws IOException {
        assertThat(doctor(false, "--only", "board")).isEqualTo(ExitCode.FAILED);
        assertThat(out.toString()).startsWith("fail  board       no board").contains("\n                  fix: use a ");
    }

    @Test
    void terminalShowsColoursAndWhatIsUnderWay() throws IOException {
        doctor(true, "--only", "board");
        assertThat(out.toString()).startsWith("...   board\r\u001B[K\u001B[31;1mfail  \u001B[0mboard ");
    }

    @Test
    void jsonIsOneDocument() throws IOException {
        assertThat(doctor(true, "--json", "--only", "java,board")).isEqualTo(ExitCode.FAILED);
        Map<String, Object> json = JSON.std.mapFrom(out.toString());
        assertThat(json).containsEntry("ok", false);
        assertThat(json.get("counts")).isEqualTo(Map.of("ok", 1, "warn", 0, "fail", 1, "skip", 0));
        assertThat((List<?>) json.get("checks"))
                .hasSize(2)
                .first()
                .satisfies(check -> assertThat(check)
                        .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.MAP)
                        .containsEntry("check", "java")
                        .containsEntry("status", "ok")
                        .containsEntry("fix", "")
                        .containsKey("seen"));
    }

    @Test
    void wrongConfigurationIsToldAndWhatNeedsItSkipped() throws IOException {
        Path missing = folder.resolve("missing.yaml");
        int code = new CommandLine(new DoctorCommand(
                        new Surroundings(
                                folder,
                                Map.of(),
                                "",
                                "aarch64",
                                Clock.systemUTC(),
                                () -> ClockTrust.SYNCHRONISED,
                                command -> Optional.empty(),
                                () -> {
                                    throw new LineException("no lines");
                                }),
                        false))
                .setOut(Printer.to(out))
                .execute("--config", missing.toString(), "--only", "java,dns");
        assertThat(code).isEqualTo(ExitCode.CONFIG);
        assertThat(out.toString())
                .contains("fail  config      " + missing, "fix: correct it, then: reedgate check --config " + missing)
                .contains("skip  dns         config failed");
    }

    @Test
    void unknownCheckIsAWrongCommandLine() throws IOException {
        assertThat(doctor(false, "--only", "tpc")).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("there is no check 'tpc'", "tcp, tls, login");
        assertThat(doctor(false, "--only", "tcp", "--skip", "tcp")).isEqualTo(ExitCode.USAGE);
        assertThat(doctor(false, "--timeout", "1d")).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void documentAndHelpNameEachCheck() {
        String page = Documents.text(Documents.TOP.resolve("docs/doctor.md"));
        String help = new CommandLine(new DoctorCommand()).getUsageMessage().replaceAll("\\s+", " ");
        for (CheckName check : CheckName.values()) {
            assertThat(page).contains("\n| `" + check.word() + "` | ");
            assertThat(help).containsPattern("[ ,]" + check.word() + "[,.]");
        }
    }
}
