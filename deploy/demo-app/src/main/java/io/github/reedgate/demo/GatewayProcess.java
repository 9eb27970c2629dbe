package io.github.reedgate.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The installed gateway as a process of its own, reading simulated lines. Owned by one thread. */
final class GatewayProcess implements AutoCloseable {

    private static final int TAIL_LINES = 25;
    private static final int STOP_SECONDS = 10;

    private final Process process;
    private final Path log;

    private GatewayProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /**
     * Starts it.
     *
     * @param launcher the distribution's bin/reedgate
     * @param configuration its configuration
     * @param log where it logs to
     */
    static GatewayProcess start(Path launcher, Path configuration, Path log) {
        try {
            ProcessBuilder builder = new ProcessBuilder(
                            launcher.toString(), "run", "--simulate", "-c", configuration.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile());
            Process process = builder.start();
            process.getOutputStream().close();
            return new GatewayProcess(process, log);
        } catch (IOException e) {
            throw new DemoException("cannot start the gateway " + launcher, e);
        }
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** The last lines it logged. */
    List<String> lastWords() {
        try {
            List<String> lines = Files.readAllLines(log);
            return lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size());
        } catch (IOException e) {
            return List.of("(its log cannot be read: " + e.getMessage() + ")");
        }
    }

    /** Ends it as a service manager would; forcibly if it does not end within ten seconds. */
    @Override
    public void close() {
        process.destroy();
        boolean ended = false;
        try {
            ended = process.waitFor(STOP_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (!ended) {
            process.destroyForcibly();
        }
    }
}
