package io.github.reedgate.sim.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.spi.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The tool as a program that does not know the simulator finds it. */
final class ScenarioToolTest {

    @TempDir
    private @SuppressWarnings("NullAway.Init") Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... args) {
        ToolProvider tool = ToolProvider.findFirst("reedgate-scenario").orElseThrow();
        return tool.run(new PrintWriter(out, true), new PrintWriter(err, true), args);
    }

    @Test
    void rightScenarioIsSaidToBeRight() throws IOException {
        Path file = Files.writeString(folder.resolve("a"), "title one\nopen front_door");
        assertThat(run("check", file.toString())).isZero();
        assertThat(out).hasToString(file + ": 'one' is right" + System.lineSeparator());
    }

    @Test
    void mistakesAreToldWithTheFile() throws IOException {
        Path file = Files.writeString(folder.resolve("a"), "opn x\nopen cellar");
        assertThat(run("check", file.toString(), "front_door")).isEqualTo(1);
        assertThat(err.toString().lines())
                .containsExactly(
                        file + ", line 1, column 1: unknown word 'opn'; did you mean 'open'?",
                        file + ", line 2, column 6: unknown door 'cellar'; expected one of front_door");
    }

    @Test
    void missingOrBinaryFileIsTold() throws IOException {
        Path file = folder.resolve("none");
        assertThat(run("check", file.toString())).isEqualTo(1);
        assertThat(err.toString()).contains(file + ": there is no such file");
        Files.write(file, new byte[] {(byte) 0xff, (byte) 0xfe});
        assertThat(run("check", file.toString())).isEqualTo(1);
        assertThat(err.toString()).contains("it is not text in UTF-8");
    }

    @Test
    void readyScenariosAreListedAndShown() {
        assertThat(run("list")).isZero();
        assertThat(out.toString()).contains("burglary", "a worn reed", "broker_outage_day", "ordinary_day");
        assertThat(run("show", "burglary")).isZero();
        assertThat(out.toString()).contains("mark door forced");
        assertThat(run("show", "nothing")).isEqualTo(1);
        assertThat(run()).isEqualTo(2);
    }
}
