package io.github.reedgate.wizard.host;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The port to the gateway as a service. Used by one thread; blocks. */
public interface GatewayService {

    /**
     * Starts it, or starts it again, now and with every boot.
     *
     * @return why it does not run; empty if it does
     */
    Optional<String> start() throws InterruptedException;

    /** Puts back how it was before {@link #start}; does nothing if that did not begin or was put back. */
    void undo() throws InterruptedException;

    /** Ends what was started for the test only. */
    void finish() throws InterruptedException;

    /** How the person sees or starts it later. */
    String hint();

    /** The unit of systemd. */
    final class Systemd implements GatewayService {

        private static final Duration LIMIT = Duration.ofMinutes(2);
        private static final String UNIT = "reedgate";

        private final Commands commands;
        private boolean wasActive;
        private boolean wasEnabled;
        private boolean isTouched;

        /** With the programs of a machine. */
        public Systemd(Commands commands) {
            this.commands = commands;
        }

        @Override
        public Optional<String> start() throws InterruptedException {
            wasActive = systemctl("is-active", "--quiet").isWell();
            wasEnabled = systemctl("is-enabled", "--quiet").isWell();
            isTouched = true;
            Commands.Ran enabled = systemctl("enable", "--quiet");
            if (!enabled.isWell()) {
                return Optional.of(
                        "the service can't be enabled: " + enabled.err().strip());
            }
            Commands.Ran started = systemctl("restart");
            if (started.isWell()) {
                return Optional.empty();
            }
            Commands.Ran log =
                    commands.run(List.of("journalctl", "-u", UNIT, "-n", "20", "--no-pager", "-o", "cat"), LIMIT);
            return Optional.of("the service does not come up: " + lastWords(log.out(), started.err()));
        }

        private Commands.Ran systemctl(String... words) throws InterruptedException {
            List<String> command = new ArrayList<>(List.of("systemctl"));
            command.addAll(List.of(words));
            command.add(UNIT);
            return commands.run(command, LIMIT);
        }

        @Override
        public void undo() throws InterruptedException {
            if (isTouched) {
                systemctl(wasActive ? "restart" : "stop");
                if (!wasEnabled) {
                    systemctl("disable", "--quiet");
                }
                isTouched = false;
            }
        }

        @Override
        public void finish() {
            // it stays
        }

        @Override
        public String hint() {
            return "The gateway runs, and starts with this machine. Its log: journalctl -u reedgate";
        }
    }

    /** A process that lives as long as the test, where there is no systemd. */
    final class Child implements GatewayService {

        private static final Duration STOP = Duration.ofSeconds(15);

        private final List<String> command;
        private final Path log;
        private final String hint;
        private @Nullable Process process;

        /**
         * A process.
         *
         * @param command what starts it
         * @param log where its output goes
         * @param hint how the person starts it
         */
        public Child(List<String> command, Path log, String hint) {
            this.command = List.copyOf(command);
            this.log = log;
            this.hint = hint;
        }

        @Override
        public Optional<String> start() throws InterruptedException {
            try {
                Process started = new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start();
                process = started;
                started.getOutputStream().close();
                return started.waitFor(2, TimeUnit.SECONDS)
                        ? Optional.of(
                                "the gateway ended at once: " + lastWords(read(), "exit code " + started.exitValue()))
                        : Optional.empty();
            } catch (IOException e) {
                return Optional.of("the gateway can't be started: " + e.getMessage());
            }
        }

        private String read() throws IOException {
            return Files.readString(log, StandardCharsets.ISO_8859_1);
        }

        @Override
        public void undo() throws InterruptedException {
            finish();
        }

        @Override
        public void finish() throws InterruptedException {
            Process started = process;
            if (started != null) {
                started.destroy();
                if (!started.waitFor(STOP.toSeconds(), TimeUnit.SECONDS)) {
                    started.destroyForcibly();
                }
            }
        }

        @Override
        public String hint() {
            return hint;
        }
    }

    /** The line that tells why. */
    private static String lastWords(String log, String other) {
        return log.lines()
                .filter(line -> line.contains("reedgate: ") || line.contains(".yaml:"))
                .reduce((first, last) -> last)
                .map(line -> line.replaceFirst(".*reedgate: ", ""))
                .orElse(other.strip().isEmpty() ? "journalctl -u reedgate -n 50 tells why" : other.strip());
    }
}
