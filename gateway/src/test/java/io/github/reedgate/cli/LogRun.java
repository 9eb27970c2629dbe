package io.github.reedgate.cli;

import java.io.OutputStream;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Map;
import picocli.CommandLine;

/** A call of {@code log} that has ended: what it printed. Time stands still; pauses are the test's. */
record LogRun(int exitCode, String out, String err) {

    /** When it is. */
    static final Instant NOW = Instant.parse("2026-11-22T21:10:00Z");

    /** Where. */
    static final ZoneId ZONE = ZoneId.of("Europe/Berlin");

    /** Time as the commands of tests see it. */
    static final Clock CLOCK = Clock.fixed(NOW, ZONE);

    /** Calls without following. */
    static LogRun of(String... arguments) {
        return of(() -> false, new Printed(), arguments);
    }

    /**
     * Calls.
     *
     * @param pause between two looks
     * @param out standard output
     */
    static LogRun of(Pause pause, OutputStream out, String... arguments) {
        Printed err = new Printed();
        CommandLine command = new CommandLine(new LogCommand(Map.of("NO_COLOR", "1"), CLOCK, pause))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setOut(Printer.to(out))
                .setErr(Printer.to(err));
        int exitCode = command.execute(arguments);
        return new LogRun(exitCode, out.toString(), err.toString());
    }
}
