package io.github.reedgate.doctor;

import io.github.reedgate.contact.Sensor;
import io.github.reedgate.line.Level;
import io.github.reedgate.line.LineException;
import io.github.reedgate.line.LineSettings;
import io.github.reedgate.line.LineSource;
import io.github.reedgate.line.Pull;
import io.github.reedgate.output.Output;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Tries the lines of the sensors, if no gateway holds them. Those of outputs are not requested, for that might switch on what
 * is connected; only who uses them is asked. Used by one thread.
 */
final class LineChecks {

    /** How often a level is read, and the pause between in milliseconds. */
    private static final int READINGS = 40;

    private static final long PAUSE_MILLIS = 5;
    private static final String STOP = "; to try them, stop it first: sudo systemctl stop reedgate";

    private final List<Sensor> sensors;
    private final List<Output> outputs;
    private final Surroundings here;
    private final RunningGateway running;
    private final Map<Sensor, Readings> levels = new LinkedHashMap<>();

    LineChecks(List<Sensor> sensors, List<Output> outputs, Surroundings here, RunningGateway running) {
        this.sensors = List.copyOf(sensors);
        this.outputs = List.copyOf(outputs);
        this.here = here;
        this.running = running;
    }

    /** How often a line read high and low. */
    record Readings(int high, int low) {

        boolean isSteady() {
            return high == 0 || low == 0;
        }

        Level level() {
            return high >= low ? Level.HIGH : Level.LOW;
        }
    }

    /** Opens each sensor's line as the gateway would, reads it and lets go of it. */
    Finding lines() throws InterruptedException {
        if (running.isRunning()) {
            return Finding.ok(CheckName.LINES, running.seen() + " and holds the lines");
        }
        List<String> troubles = new ArrayList<>();
        try (LineSource source = here.lines().open()) {
            for (Sensor sensor : sensors) {
                try {
                    source.open(sensor.line(), edge -> {});
                    levels.put(sensor, read(source, sensor.line().offset()));
                } catch (LineException e) {
                    troubles.add(name(sensor) + ": " + e.getMessage()
                            + consumer(sensor.line().offset()));
                }
            }
        } catch (LineException e) {
            return Finding.failed(CheckName.LINES, String.valueOf(e.getMessage()));
        }
        for (Output output : outputs) {
            String consumer = consumer(output.line());
            if (!consumer.isEmpty()) {
                troubles.add(output.id() + " (line " + output.line() + "): the line is in use" + consumer);
            }
        }
        return troubles.isEmpty()
                ? Finding.ok(CheckName.LINES, names(sensors) + " can be opened")
                : Finding.fail(
                        CheckName.LINES,
                        String.join(" | ", troubles),
                        "end the program that uses the line, or take a device tree overlay that does out of"
                                + " /boot/firmware/config.txt; sudo gpioinfo names it (sudo apt install gpiod)");
    }

    private Readings read(LineSource source, int offset) throws LineException, InterruptedException {
        int high = 0;
        for (int i = 0; i < READINGS; i++) {
            high += source.read(offset) == Level.HIGH ? 1 : 0;
            Thread.sleep(PAUSE_MILLIS);
        }
        return new Readings(high, READINGS - high);
    }

    /** Who uses a line, in both forms that gpioinfo prints. */
    private String consumer(int offset) {
        Matcher found = Pattern.compile(
                        "line +" + offset
                                + ":\\s+(?:\"[^\"]*\"|\\S+)\\s+(?:\"(?<one>[^\"]+)\"|.*consumer=(?:\"(?<two>[^\"]+)\"|(?<three>\\S+)))")
                .matcher(here.programs().output(List.of("gpioinfo")).orElse(""));
        return found.find()
                ? Stream.of("one", "two", "three")
                        .map(found::group)
                        .filter(Objects::nonNull)
                        .map(name -> " (used by '" + name + "')")
                        .collect(Collectors.joining())
                : "";
    }

    /** What the lines read. */
    Finding level() {
        return running.isRunning() ? skipped(CheckName.LEVEL) : judgeLevels(levels);
    }

    static Finding judgeLevels(Map<Sensor, Readings> levels) {
        List<String> seen = new ArrayList<>();
        List<String> restless = new ArrayList<>();
        levels.forEach((sensor, readings) -> {
            if (readings.isSteady()) {
                String position =
                        sensor.wiring().position(readings.level()).name().toLowerCase(Locale.ROOT);
                seen.add(name(sensor) + " " + readings.level() + " = " + position);
            } else {
                restless.add(name(sensor) + " changes by itself (" + readings.high() + " times high, " + readings.low()
                        + " times low)");
            }
        });
        return restless.isEmpty()
                ? Finding.ok(CheckName.LEVEL, String.join(", ", seen))
                : Finding.warn(
                        CheckName.LEVEL,
                        String.join(", ", restless),
                        "look for a loose wire at the line and at ground; a long cable needs 1 kOhm to 4.7 kOhm to"
                                + " 3.3 V and 0.1 uF across the switch");
    }

    /** Whether lines without the Pi's own resistor have another one: with it they keep their level whichever way they are pulled. */
    Finding pull() throws InterruptedException {
        Optional<Finding> fixed = judgeFixedPulls(sensors);
        if (fixed.isPresent()) {
            return fixed.get();
        }
        List<Sensor> bare = sensors.stream()
                .filter(sensor -> sensor.line().pull() == Pull.NONE)
                .toList();
        if (bare.isEmpty()) {
            return Finding.ok(CheckName.PULL, "each line has a resistor inside the Pi");
        }
        if (running.isRunning()) {
            return skipped(CheckName.PULL);
        }
        try {
            return judgePulls(bare, floating(bare));
        } catch (LineException e) {
            return Finding.skipped(CheckName.PULL, "could not be tried: " + e.getMessage());
        }
    }

    private List<Sensor> floating(List<Sensor> bare) throws LineException, InterruptedException {
        List<Level> up = pulled(bare, Pull.UP);
        List<Level> down = pulled(bare, Pull.DOWN);
        List<Sensor> floating = new ArrayList<>();
        for (int i = 0; i < bare.size(); i++) {
            if (up.get(i) == Level.HIGH && down.get(i) == Level.LOW) {
                floating.add(bare.get(i));
            }
        }
        return floating;
    }

    private List<Level> pulled(List<Sensor> bare, Pull pull) throws LineException, InterruptedException {
        List<Level> found = new ArrayList<>();
        try (LineSource source = here.lines().open()) {
            for (Sensor sensor : bare) {
                int offset = sensor.line().offset();
                source.open(new LineSettings(offset, pull), edge -> {});
                found.add(read(source, offset).level());
            }
        }
        return found;
    }

    /** Lines 2 and 3 have a resistor on the board that nothing switches off. */
    static Optional<Finding> judgeFixedPulls(List<Sensor> sensors) {
        return sensors.stream()
                .filter(sensor -> sensor.line().offset() == 2 || sensor.line().offset() == 3)
                .filter(sensor -> sensor.line().pull() == Pull.DOWN)
                .findFirst()
                .map(sensor -> Finding.fail(
                        CheckName.PULL,
                        name(sensor) + " has pull: down, but a pull-up of 1.8 kOhm on the Pi's board outweighs it",
                        "set sensors." + sensor.configuredId()
                                + ".pull to up and wire the switch to ground, or use another" + " line"));
    }

    static Finding judgePulls(List<Sensor> bare, List<Sensor> floating) {
        return floating.isEmpty()
                ? Finding.ok(CheckName.PULL, names(bare) + " held by a resistor outside the Pi, or by the switch")
                : Finding.fail(
                        CheckName.PULL,
                        names(floating) + " floats: pull is none, and no resistor outside the Pi holds it",
                        "set sensors." + floating.get(0).configuredId()
                                + ".pull to up in the configuration, or fit 1 kOhm to 4.7 kOhm from the line to 3.3 V");
    }

    private Finding skipped(CheckName check) {
        return Finding.skipped(check, running.seen() + " and holds the lines" + STOP);
    }

    private static String names(List<Sensor> sensors) {
        return String.join(", ", sensors.stream().map(LineChecks::name).toList());
    }

    private static String name(Sensor sensor) {
        return sensor.id() + " (line " + sensor.line().offset() + ")";
    }
}
