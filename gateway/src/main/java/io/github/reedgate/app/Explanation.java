package io.github.reedgate.app;

import io.github.reedgate.alarm.AlarmMode;
import io.github.reedgate.alarm.PanelCommand;
import io.github.reedgate.alarm.PanelSettings;
import io.github.reedgate.config.Config;
import io.github.reedgate.contact.Position;
import io.github.reedgate.contact.Sensor;
import io.github.reedgate.contact.TamperLoop;
import io.github.reedgate.core.Gateway;
import io.github.reedgate.core.GatewaySettings;
import io.github.reedgate.core.GatewayState;
import io.github.reedgate.core.Input;
import io.github.reedgate.core.StepOutput;
import io.github.reedgate.core.StepResult;
import io.github.reedgate.event.Priority;
import io.github.reedgate.line.Level;
import io.github.reedgate.message.Message;
import io.github.reedgate.message.Messages;
import io.github.reedgate.message.Payloads;
import io.github.reedgate.message.Topics;
import io.github.reedgate.output.Output;
import io.github.reedgate.output.OutputType;
import io.github.reedgate.time.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What would follow if a contact opened: the gateway's own core, played in a time of its own with all other contacts closed.
 * Nothing is opened, kept or sent, and a running gateway is not asked. Used once, by one thread; doesn't block.
 */
public final class Explanation {

    /** Whom the orders are from. */
    private static final String BY = "you";

    private static final Instant BEGIN = Instant.parse("2026-01-01T22:00:00Z");
    private static final Duration SETTLING = Duration.ofSeconds(5);
    private static final GatewaySettings.StartFacts START =
            new GatewaySettings.StartFacts(1, 1, GatewaySettings.LastStop.NONE, 0, 0);

    private final Config config;
    private final Gateway core;
    private final Payloads payloads;
    private final List<Position> positions = new ArrayList<>();
    private final List<Outcome> outcomes = new ArrayList<>();
    private Timestamp now = new Timestamp(0, BEGIN);
    private Timestamp zero = now;
    private GatewayState state;

    /** One thing that a gateway would do. */
    public sealed interface Outcome {

        /** How long after the opening; zero or more. */
        Duration at();
    }

    /**
     * A message.
     *
     * @param at how long after the opening; zero or more
     * @param message as it would be published
     */
    public record Published(Duration at, Message message) implements Outcome {}

    /**
     * A siren or strobe that is switched; an LED, which flashes all the time, is left out.
     *
     * @param at how long after the opening; zero or more
     * @param output its id
     * @param on whether it is on from then on
     */
    public record Switched(Duration at, String output, boolean on) implements Outcome {}

    /**
     * What is to be explained.
     *
     * @param mode what the panel is armed for, or null if it is disarmed or there is none
     * @param sensor index of the sensor that opens
     * @param closesAfter when it closes again, or null if it stays open
     * @param disarmedAfter when somebody disarms the panel, or null if nobody does
     * @param length how long is looked at
     */
    public record Question(
            @Nullable AlarmMode mode,
            int sensor,
            @Nullable Duration closesAfter,
            @Nullable Duration disarmedAfter,
            Duration length) {}

    private Explanation(Config config) {
        this.config = config;
        this.core = new Gateway(CoreSettings.of(config, START, GatewaySettings.Description.NONE));
        this.payloads =
                new Payloads(new Messages(Topics.of(config.topicPrefix(), config.gatewayId())), ZoneId.systemDefault());
        this.state = core.initial(now);
        config.sensors().forEach(sensor -> positions.add(Position.CLOSED));
    }

    /** What a gateway would do, in order. */
    public static List<Outcome> of(Config config, Question question) {
        return new Explanation(config).play(question);
    }

    private List<Outcome> play(Question question) {
        step(new Input.Started());
        step(new Input.ClockChecked(true));
        pass(SETTLING);
        AlarmMode mode = question.mode();
        if (mode != null) {
            step(new Input.PanelCommanded(new PanelCommand.Arm(mode, Set.of(), BY), 1));
            pass(exitDelay(mode).plus(SETTLING));
        }
        zero = now;
        outcomes.clear();
        move(question.sensor(), Position.OPEN);
        Duration closes = question.closesAfter();
        Duration disarmed = question.disarmedAfter();
        boolean closesFirst = closes != null && (disarmed == null || closes.compareTo(disarmed) <= 0);
        if (closesFirst) {
            close(question, closes);
        }
        if (disarmed != null && isWithin(question, disarmed)) {
            passUntil(disarmed);
            step(new Input.PanelCommanded(new PanelCommand.Disarm(BY), 2));
        }
        if (!closesFirst) {
            close(question, closes);
        }
        passUntil(question.length());
        return outcomes;
    }

    private void close(Question question, @Nullable Duration closes) {
        if (closes != null && isWithin(question, closes)) {
            passUntil(closes);
            move(question.sensor(), Position.CLOSED);
        }
    }

    private static boolean isWithin(Question question, Duration time) {
        return time.compareTo(question.length()) <= 0;
    }

    private Duration exitDelay(AlarmMode mode) {
        PanelSettings panel = config.panel();
        return panel == null ? Duration.ZERO : panel.of(mode).exit();
    }

    private void move(int sensor, Position position) {
        positions.set(sensor, position);
        step(new Input.Edge(sensor, level(sensor), now.monotonicNanos()));
    }

    private Level level(int sensor) {
        int count = config.sensors().size();
        Sensor settings = config.sensors().get(sensor % count);
        Position position = positions.get(sensor % count);
        if (sensor < count) {
            return settings.wiring().level(position);
        }
        Sensor second = settings.lines().get(1);
        boolean opens = Objects.requireNonNull(settings.loop()).kind() == TamperLoop.Kind.CHANGEOVER;
        return second.wiring().level(opens ? position : Position.CLOSED);
    }

    private void passUntil(Duration afterZero) {
        pass(afterZero.minusNanos(now.monotonicNanos() - zero.monotonicNanos()));
    }

    /** Lets time pass, with every deadline acted upon. */
    private void pass(Duration duration) {
        Timestamp end = now.plus(duration);
        for (long due = core.deadlineNanos(state); due <= end.monotonicNanos(); due = core.deadlineNanos(state)) {
            now = now.atNanos(Math.max(now.monotonicNanos(), due));
            step(new Input.Tick());
        }
        now = end;
    }

    private Duration sinceZero() {
        return Duration.ofNanos(now.monotonicNanos() - zero.monotonicNanos());
    }

    private void step(Input first) {
        Deque<Input> events = new ArrayDeque<>(List.of(first));
        while (!events.isEmpty()) {
            StepResult step = core.step(state, events.remove(), now);
            state = step.state();
            add(step.output());
            for (int sensor : step.output().reads()) {
                events.add(new Input.LevelRead(sensor, level(sensor)));
            }
        }
    }

    /** Notes what a step wants published and switched, in the order in which a gateway does it. */
    private void add(StepOutput step) {
        for (StepOutput.Recorded recorded : step.events()) {
            if (recorded.priority() == Priority.ALARM) {
                publish(payloads.alarmLine(recorded.event()));
            }
        }
        for (StepOutput.SwitchOutput switched : step.outputs()) {
            Output output = config.outputs().get(switched.output());
            if (output.type() != OutputType.LED) {
                outcomes.add(new Switched(sinceZero(), output.id(), switched.on()));
            }
        }
        step.states().forEach(value -> publish(payloads.retained(value)));
        step.events().forEach(recorded -> publish(payloads.event(recorded.event())));
        step.details().forEach(value -> publish(payloads.retained(value)));
        step.retainedOnceStored().forEach(value -> publish(payloads.retained(value)));
        step.replies().forEach(reply -> publish(payloads.reply(reply, true)));
    }

    private void publish(Message message) {
        outcomes.add(new Published(sinceZero(), message));
    }
}
