package io.github.reedgate.core;

import io.github.reedgate.command.CommandText;
import io.github.reedgate.event.EventType;
import io.github.reedgate.event.Priority;
import io.github.reedgate.message.Incoming;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Handles two messages of a home server. It has started: the gateway publishes all retained values again. Its button for a test
 * alarm was pressed: the gateway raises one. Anybody who may publish there can send the same, so both are limited in rate. Lives for
 * one step.
 */
final class HomeServerStage {

    /** A home server that has just started is busy with others, and so are they with it. */
    static final Duration EARLIEST = Duration.ofSeconds(1);

    /** The answer comes at a moment drawn from this much time after the earliest, so that gateways don't answer all at once. */
    static final Duration SPREAD = Duration.ofSeconds(9);

    /** How often a test alarm is made, and a press refused, at most. */
    static final Duration PAUSE = Duration.ofSeconds(10);

    private static final String STARTED = "online";
    private static final String PRESS = "PRESS";

    private final GatewaySettings settings;
    private final Reporter reporter;
    private final long nowNanos;

    private HomeServerStage(StepContext step) {
        this.settings = step.settings();
        this.reporter = step.reporter();
        this.nowNanos = step.nowNanos();
    }

    static void run(StepContext step) {
        HomeServer before = step.link().server();
        HomeServer after = before;
        if (step.input() instanceof Input.Received received) {
            after = new HomeServerStage(step).taken(before, received.message());
        } else if (step.input() instanceof Input.Tick) {
            after = new HomeServerStage(step).ticked(before);
        }
        if (!after.equals(before)) {
            step.link(step.link().withServer(after));
        }
    }

    /** Takes a message in if it is for the home server's part; what it does not know is left alone. */
    private HomeServer taken(HomeServer server, Incoming message) {
        if (settings.description().statusTopic().filter(message.topic()::equals).isPresent()) {
            boolean started = message.text().equals(STARTED) && server.refreshNanos() == null;
            return started ? server.refreshingAt(nowNanos + delayNanos()) : server;
        }
        return message.topic().equals(settings.topics().testSet()) ? button(server, message) : server;
    }

    /** Answers the start of a home server if that is due. */
    private HomeServer ticked(HomeServer server) {
        Long due = server.refreshNanos();
        if (due == null || nowNanos - due < 0) {
            return server;
        }
        reporter.refresh();
        return server.refreshingAt(null);
    }

    private HomeServer button(HomeServer server, Incoming message) {
        String refusal = refusal(server, message);
        if (refusal == null) {
            String alarm = "Test alarm from " + settings.gatewayId();
            reporter.gatewayEvent(EventType.TEST, Priority.ALARM, alarm, Map.of());
            return server.testedAt(nowNanos);
        }
        if (isRecent(server.refusedNanos())) {
            return server.refusedMore();
        }
        Map<String, Object> more = new LinkedHashMap<>();
        more.put("topic", message.topic());
        more.put("reason", refusal);
        more.put("untold", server.refusedUntold());
        reporter.gatewayEvent(EventType.COMMAND_REFUSED, "Test alarm refused: " + refusal, more);
        return server.refusedAt(nowNanos);
    }

    private @Nullable String refusal(HomeServer server, Incoming message) {
        if (message.retained()) {
            return "retained";
        }
        if (!CommandText.bare(message.text()).equals(PRESS)) {
            return "malformed";
        }
        return isRecent(server.testedNanos()) ? "too_often" : null;
    }

    private boolean isRecent(@Nullable Long atNanos) {
        return atNanos != null && nowNanos - atNanos < PAUSE.toNanos();
    }

    /** Looks random, and is the same each time for the same start and moment (a step of SplitMix64). */
    private long delayNanos() {
        long mixed = settings.start().seed() + nowNanos * 0x9e3779b97f4a7c15L;
        mixed = (mixed ^ (mixed >>> 30)) * 0xbf58476d1ce4e5b9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
        return EARLIEST.toNanos() + Math.floorMod(mixed ^ (mixed >>> 31), SPREAD.toNanos());
    }
}
