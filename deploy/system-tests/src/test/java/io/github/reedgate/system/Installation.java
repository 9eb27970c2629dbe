package io.github.reedgate.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The distribution as it is installed, and its commands run to their end. */
final class Installation {

    /** The folder with bin and lib. */
    static final Path HOME = Path.of(System.getProperty("reedgate.home", "../dist/target/reedgate"))
            .toAbsolutePath()
            .normalize();

    /** The start script. */
    static final Path LAUNCHER = HOME.resolve("bin/reedgate");

    private static final int LIMIT_SECONDS = 60;

    private Installation() {}

    /**
     * How a command ended.
     *
     * @param code its exit code
     * @param out its standard output
     * @param err its standard error
     */
    record Ended(int code, String out, String err) {}

    /** Runs {@code reedgate} with these arguments. */
    static Ended reedgate(String... arguments) {
        List<String> command = new ArrayList<>(List.of(LAUNCHER.toString()));
        command.addAll(List.of(arguments));
        return run(command, Map.of());
    }

    /** Runs any program; an empty value in the environment stands for a variable that is not set. */
    static Ended run(List<String> command, Map<String, String> environment) {
        return run(command, environment, LIMIT_SECONDS);
    }

    /** The same with a limit of its own. */
    static Ended run(List<String> command, Map<String, String> environment, int limitSeconds) {
        try {
            Path out = Files.createTempFile("reedgate-out", ".txt");
            Path err = Files.createTempFile("reedgate-err", ".txt");
            try {
                ProcessBuilder builder =
                        new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
                useThisJava(builder.environment());
                environment.forEach((name, value) -> {
                    if (value.isEmpty()) {
                        builder.environment().remove(name);
                    } else {
                        builder.environment().put(name, value);
                    }
                });
                Process process = builder.start();
                process.getOutputStream().close();
                if (!process.waitFor(limitSeconds, TimeUnit.SECONDS)) {
                    process.destroyForcibly();
                    throw new AssertionError(command + " did not end within " + limitSeconds + " s");
                }
                return new Ended(process.exitValue(), Files.readString(out), Files.readString(err));
            } finally {
                Files.delete(out);
                Files.delete(err);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while " + command + " ran", e);
        }
    }

    /** Whatever JDK runs the tests runs the gateway too. */
    static void useThisJava(Map<String, String> environment) {
        environment.put("JAVA_HOME", System.getProperty("java.home"));
        environment.put("NO_COLOR", "1");
    }
}
