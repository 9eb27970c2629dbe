package io.github.reedgate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The program as a process, with the kernel's own full disk and closed pipe as standard output. */
@Timeout(120)
final class FullDeviceTest {

    /** What ended. */
    private record Ended(int code, String err) {}

    private static ProcessBuilder program(String... words) {
        List<String> all = new ArrayList<>(List.of(
                System.getProperty("java.home") + "/bin/java",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xshare:auto",
                "-cp",
                classPath(),
                Main.class.getName()));
        all.addAll(List.of(words));
        return new ProcessBuilder(all);
    }

    /** That of this test: of the virtual machine, or of the loader that a launcher of tests made. */
    private static String classPath() {
        return FullDeviceTest.class.getClassLoader() instanceof URLClassLoader loader
                ? Stream.of(loader.getURLs()).map(URL::getPath).collect(Collectors.joining(File.pathSeparator))
                : System.getProperty("java.class.path");
    }

    private static Ended run(ProcessBuilder program, boolean isReaderGone) throws Exception {
        Process process = program.start();
        try {
            if (isReaderGone) {
                process.getInputStream().close();
            }
            String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
            return new Ended(process.exitValue(), err);
        } finally {
            process.destroyForcibly();
        }
    }

    static Stream<String> calls() {
        return Stream.of(
                "--help",
                "--version",
                "help run",
                "check --config ../deploy/reedgate.example.yaml",
                "check --json --config ../deploy/reedgate.example.yaml");
    }

    @ParameterizedTest
    @MethodSource("calls")
    void whatCannotBeWrittenIsAFailureAndSaid(String call) throws Exception {
        Ended ended = run(program(call.split(" ", -1)).redirectOutput(new File("/dev/full")), false);
        assertThat(ended.code()).as(ended.err()).isEqualTo(ExitCode.FAILED);
        assertThat(ended.err())
                .endsWith("reedgate: standard output can't be written: No space left on device; what it has"
                        + " is not complete\n");
    }

    @Test
    void readerThatHasGoneIsNoFailure() throws Exception {
        Ended ended = run(program("check", "--config", "../deploy/reedgate.example.yaml"), true);
        assertThat(ended.code()).as(ended.err()).isZero();
        assertThat(ended.err()).doesNotContain("Broken pipe", "can't be written");
    }

    @Test
    void standardErrorThatCannotBeWrittenLeavesTheExitCodeOfTheError() throws Exception {
        Ended ended = run(
                program("log", "--no-such-option")
                        .redirectError(new File("/dev/full"))
                        .redirectOutput(new File("/dev/null")),
                false);
        assertThat(ended.code()).isEqualTo(ExitCode.USAGE);
    }
}
