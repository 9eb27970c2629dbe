package io.github.reedgate.core;

import io.github.reedgate.event.EventType;
import io.github.reedgate.message.Retained;
import io.github.reedgate.time.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Skips event numbers that were used before, as the broker's watermark proves: an older state folder was put back, the folder was
 * lost, or another gateway has the same id. Numbering goes on far above them, and events that the broker has not acknowledged get new
 * numbers. Runs before the step numbers an event. Lives for one step.
 */
final class NumbersStage {

    /** The clock is not believed if it says more milliseconds than this; nor is a watermark, which does not come here then. */
    static final long MOST_BELIEVED = 1_000_000_000_000_000L;

    /** So many numbers above the watermark may have been used: the broker takes events before it gets the watermark. */
    static final int MARGIN = 10_000;

    /** So often numbers are skipped in {@link #PERIOD}: whoever may write the watermark must not have it done without end. */
    static final int MOST_JUMPS = 12;

    static final Duration PERIOD = Duration.ofHours(1);

    private final GatewaySettings settings;
    private final StepContext step;
    private final Timestamp now;
    private final Reporter reporter;

    private NumbersStage(StepContext step) {
        this.settings = step.settings();
        this.step = step;
        this.now = step.now();
        this.reporter = step.reporter();
    }

    static void run(StepContext step) {
        if (step.input() instanceof Input.BrokerAsked) {
            new NumbersStage(step).heard();
        } else if (step.input() instanceof Input.BrokerRemembers remembers) {
            new NumbersStage(step).remembered(remembers);
        }
    }

    private void heard() {
        BrokerNumbers numbers = step.link().numbers();
        step.link(step.link().withNumbers(new BrokerNumbers(true, numbers.jumps(), numbers.sinceNanos())));
    }

    private void remembered(Input.BrokerRemembers remembers) {
        if (!remembers.isAhead() || remembers.seq() > MOST_BELIEVED) {
            heard();
            return;
        }
        BrokerNumbers numbers = step.link().numbers();
        boolean isNew = numbers.jumps() == 0 || now.monotonicNanos() - numbers.sinceNanos() >= PERIOD.toNanos();
        int jumps = isNew ? 1 : numbers.jumps() + 1;
        if (jumps > MOST_JUMPS) {
            reporter.log(
                    true,
                    "the broker remembers events up to number " + remembers.seq() + ", above the last one sent, "
                            + remembers.sent() + "; numbers were skipped " + MOST_JUMPS
                            + " times in an hour for that, and are not again: another gateway has this one's id, or"
                            + " another client writes the watermark");
            return;
        }
        long since = isNew ? now.monotonicNanos() : numbers.sinceNanos();
        jump(remembers);
        step.link(step.link().withNumbers(new BrokerNumbers(true, jumps, since)));
    }

    private void jump(Input.BrokerRemembers remembers) {
        long last = reporter.nextSeq() - 1;
        long from = lowest(remembers.unacknowledged());
        long first = Math.max(Math.max(remembers.seq(), last) + MARGIN, clockMillis()) + 1;
        long by = first - from;
        if (from <= last) {
            reporter.renumber(from, last, by);
        }
        reporter.skipTo(last + 1 + by);
        for (int i = 0; i < step.sensors().size(); i++) {
            SensorState sensor = step.sensors().get(i);
            if (sensor.told().seq() >= from) {
                SensorState renumbered = sensor.renumbered(by);
                step.sensor(i, renumbered);
                String id = settings.sensors().get(i).id();
                reporter.retain(new Retained.SensorDetail(id, renumbered.detail()));
            }
        }
        tell(remembers, first);
    }

    /** The lowest number that is given anew: of those the broker has not acknowledged, and never one that no event has. */
    private long lowest(long unacknowledged) {
        GatewaySettings.StartFacts start = settings.start();
        long lowest = unacknowledged < start.firstSeq() - start.skipped()
                ? unacknowledged
                : Math.max(unacknowledged, start.firstSeq());
        return Math.min(Math.max(1, lowest), reporter.nextSeq());
    }

    /** A damaged start file has numbers go on from here too: no count of events has ever reached it. */
    private long clockMillis() {
        Instant safe = now.wall().isBefore(GatewaySettings.EARLIEST) ? GatewaySettings.EARLIEST : now.wall();
        return Math.min(safe.toEpochMilli(), MOST_BELIEVED);
    }

    private void tell(Input.BrokerRemembers remembers, long first) {
        String reason = reason();
        String why = switch (reason) {
            case "cloned" -> "another gateway with this id runs, give each an id of its own";
            case "lost" -> "the state folder is lost, or another gateway has this id";
            default -> "the state folder is older than that, or another gateway with this id has run";
        };
        Map<String, Object> skipped = new LinkedHashMap<>();
        skipped.put("from", remembers.seq() + 1);
        skipped.put("to", first - 1);
        Map<String, Object> more = new LinkedHashMap<>();
        more.put("reason", reason);
        more.put("sent", remembers.sent());
        more.put("skipped", skipped);
        String message = "Event numbers skipped: the broker has events up to number " + remembers.seq()
                + ", the gateway has sent up to " + remembers.sent() + " only; " + why;
        reporter.gatewayEvent(EventType.NUMBERS_SKIPPED, message, more);
        reporter.log(true, message + "; numbers go on from " + first);
    }

    private String reason() {
        if (step.link().numbers().heard()) {
            return "cloned";
        }
        return settings.start().lastStop() == GatewaySettings.LastStop.NONE ? "lost" : "restored";
    }
}
