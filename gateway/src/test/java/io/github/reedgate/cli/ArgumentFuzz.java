package io.github.reedgate.cli;

import io.github.reedgate.setup.SensorPlan;
import io.github.reedgate.setup.SetupException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import picocli.CommandLine.TypeConversionException;

/** Fuzz target: times, durations and places on the command line are read, or refused as their interfaces say. */
public final class ArgumentFuzz {

    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-03-29T00:30:00Z"), ZoneId.of("Europe/Berlin"));

    private ArgumentFuzz() {}

    /** Tries one input; throws if a rule is broken. */
    public static void fuzzerTestOneInput(byte[] input) {
        String text = new String(input, StandardCharsets.UTF_8);
        for (Moments.Edge edge : Moments.Edge.values()) {
            new Moments(CLOCK, edge).read(text);
        }
        try {
            new Durations().convert(text);
        } catch (TypeConversionException e) {
            // refused
        }
        try {
            SensorPlan.parse(text);
        } catch (SetupException e) {
            // refused
        }
    }
}
