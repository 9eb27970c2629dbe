package io.github.reedgate.core;

import io.github.reedgate.event.Event;
import io.github.reedgate.event.EventType;
import io.github.reedgate.message.Messages;
import io.github.reedgate.time.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The turn of event numbers that somebody has used already, as the broker's watermark proves: an older state folder was put
 * back, or it was lost, or another gateway has the same id. Numbering goes on far above them, and what the broker has not
 * acknowledged gets new numbers. Comes before anything of a step is numbered. Never kept.
 */
final class NumbersTurn {

    /** The clock is not believed if it says more milliseconds than this; nor is a watermark, which does not come here then. */
    static final long MOST_BELIEVED = 1_000_000_000_000_000L;

    /** So many numbers above the watermark may have been used: the broker takes events before it gets the watermark. */
    static final int MARGIN = 10_000;

    /** So often numbers are skipped in {@link #PERIOD}: whoever may write the watermark must not have it done without end. */
    static final int MOST_JUMPS = 12;

    static final Duration PERIOD = Duration.ofHours(1);

    private final GatewaySettings settings;
    private final Messages messages;
    private final Timestamp now;
    private final Reporter reporter;

    NumbersTurn(GatewaySettings settings, Messages messages, Timestamp now, Reporter reporter) {
        this.settings = settings;
        this.messages = messages;
        this.now = now;
        this.reporter = reporter;
    }

    GatewayState take(GatewayState state, Input input) {
        if (input instanceof Input.BrokerAsked) {
            return state.withLink(state.link().withNumbers(heard(state)));
        }
        return input instanceof Input.BrokerRemembers remembers ? remembered(state, remembers) : state;
    }

    private GatewayState remembered(GatewayState state, Input.BrokerRemembers remembers) {
        if (!remembers.isAhead() || remembers.seq() > MOST_BELIEVED) {
            return state.withLink(state.link().withNumbers(heard(state)));
        }
        BrokerNumbers numbers = state.link().numbers();
        boolean isNew = numbers.jumps() == 0 || now.monotonicNanos() - numbers.sinceNanos() >= PERIOD.toNanos();
        int jumps = isNew ? 1 : numbers.jumps() + 1;
        if (jumps > MOST_JUMPS) {
            reporter.log(
                    true,
                    "the broker remembers events up to number " + remembers.seq() + ", above the last one sent, "
                            + remembers.sent() + "; numbers were skipped " + MOST_JUMPS
                            + " times in an hour for that, and are not again: another gateway has this one's id, or"
                            + " another client writes the watermark");
            return state;
        }
        long since = isNew ? now.monotonicNanos() : numbers.sinceNanos();
        GatewayState next = jump(state, remembers);
        return next.withLink(next.link().withNumbers(new BrokerNumbers(true, jumps, since)));
    }

    private static BrokerNumbers heard(GatewayState state) {
        BrokerNumbers numbers = state.link().numbers();
        return new BrokerNumbers(true, numbers.jumps(), numbers.sinceNanos());
    }

    private GatewayState jump(GatewayState state, Input.BrokerRemembers remembers) {
        long last = state.nextSeq() - 1;
        long from = lowest(state, remembers.unacknowledged());
        long first = Math.max(Math.max(remembers.seq(), last) + MARGIN, clockMillis()) + 1;
        long by = first - from;
        if (from <= last) {
            reporter.renumber(from, last, by);
        }
        reporter.skipTo(last + 1 + by);
        GatewayState next = state;
        for (int i = 0; i < state.sensors().size(); i++) {
            SensorState sensor = state.sensors().get(i);
            if (sensor.told().seq() >= from) {
                SensorState renumbered = sensor.renumbered(by);
                next = next.withSensor(i, renumbered);
                String id = settings.sensors().get(i).id();
                reporter.retain(() -> messages.detail(id, renumbered.detail()));
            }
        }
        tell(state, remembers, first);
        return next;
    }

    /** The lowest number that is given anew: of those the broker has not acknowledged, and never one that no event has. */
    private long lowest(GatewayState state, long unacknowledged) {
        GatewaySettings.StartFacts start = settings.start();
        long lowest = unacknowledged < start.firstSeq() - start.skipped()
                ? unacknowledged
                : Math.max(unacknowledged, start.firstSeq());
        return Math.min(Math.max(1, lowest), state.nextSeq());
    }

    /** A damaged start file has numbers go on from here too: no count of events has ever reached it. */
    private long clockMillis() {
        Instant safe = now.wall().isBefore(GatewaySettings.EARLIEST) ? GatewaySettings.EARLIEST : now.wall();
        return Math.min(safe.toEpochMilli(), MOST_BELIEVED);
    }

    private void tell(GatewayState state, Input.BrokerRemembers remembers, long first) {
        String reason = reason(state);
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

    private String reason(GatewayState state) {
        if (state.link().numbers().heard()) {
            return "cloned";
        }
        return settings.start().lastStop() == GatewaySettings.LastStop.NONE ? "lost" : "restored";
    }
}
