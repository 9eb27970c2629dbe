package io.github.reedgate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reedgate.config.ConfigReader;
import io.github.reedgate.testbroker.BrokerOptions;
import io.github.reedgate.testbroker.TestBroker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code reedgate setup} as a process that a signal ends in its last step, as a lost connection does. */
@Timeout(120)
final class SetupSignalTest {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    @TempDir
    private Path folder = Path.of("");

    private Path file = Path.of("");
    private Path out = Path.of("");

    @BeforeEach
    void choose() {
        file = folder.resolve("reedgate.yaml");
        out = folder.resolve("out");
    }

    private Process start(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "setup",
                "-c",
                file.toString()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command)
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectErrorStream(true)
                .redirectOutput(out.toFile())
                .start();
    }

    private String run(String... arguments) throws Exception {
        Process process = start(arguments);
        assertThat(process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
        return Files.readString(out);
    }

    private static void signal(Process process, String name) throws Exception {
        assertThat(new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid()))
                        .start()
                        .waitFor())
                .isZero();
    }

    /** Waits until the new configuration is there and the gateway starts with it. */
    private void awaitLastStep(Process process) throws Exception {
        long endNanos = System.nanoTime() + LIMIT.toNanos();
        while (!(Files.readString(file).contains("shed")
                && process.children().findAny().isPresent())) {
            assertThat(process.isAlive()).as(Files.readString(out)).isTrue();
            assertThat(System.nanoTime()).as(Files.readString(out)).isLessThan(endNanos);
            Thread.onSpinWait();
        }
    }

    /** Whoever started the test may have had it ignore a signal, as nohup does with HUP and a shell behind its back with INT. */
    private static boolean isIgnored(String signal) throws IOException {
        long ignored = Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("SigIgn:"))
                .map(line -> Long.parseUnsignedLong(
                        line.substring("SigIgn:".length()).strip(), 16))
                .findFirst()
                .orElse(0L);
        int number = Map.of("HUP", 1, "INT", 2, "TERM", 15).getOrDefault(signal, 0);
        return number > 0 && (ignored >> (number - 1) & 1) != 0;
    }

    @ParameterizedTest
    @ValueSource(strings = {"HUP", "TERM", "INT", "KILL"})
    void configurationIsWholeAndTheNextRunSaysWhatHappened(String signal) throws Exception {
        Assumptions.assumeFalse(isIgnored(signal), () -> signal + " is ignored here");
        try (TestBroker broker = TestBroker.started(BrokerOptions.plain())) {
            String url = "mqtt://localhost:" + broker.port();
            assertThat(run("--broker", url, "--sensor", "door=pin11", "--phone", "later", "--simulate", "--no-start"))
                    .contains("Wrote " + file);
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
            String before = Files.readString(file);
            Process process = start("--sensor", "shed=line27");
            List<ProcessHandle> gateways = List.of();
            try {
                awaitLastStep(process);
                gateways = process.descendants().toList();
                signal(process, signal);
                assertThat(process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
            } finally {
                process.destroyForcibly();
                gateways.forEach(ProcessHandle::destroyForcibly);
            }
            assertThat(process.exitValue()).isNotZero();
            boolean isKilled = signal.equals("KILL");
            assertThat(Files.readString(file).equals(before))
                    .as(Files.readString(out))
                    .isEqualTo(!isKilled);
            assertThat(Files.getPosixFilePermissions(file)).isEqualTo(PosixFilePermissions.fromString("rw-r--r--"));
            assertThat(new ConfigReader().read(file).sensors()).hasSize(isKilled ? 2 : 1);
            String next = run("--phone", "home-assistant", "--no-start").replaceAll("\\s+", " ");
            assertThat(next)
                    .contains(
                            isKilled ? "was cut off after it had written" : "It has put " + file + " and the service");
            assertThat(run("--phone", "mqtt", "--no-start")).doesNotContain("The last run");
        }
    }
}
