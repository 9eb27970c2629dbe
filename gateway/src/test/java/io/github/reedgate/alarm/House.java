package io.github.reedgate.alarm;

import io.github.reedgate.command.Action;
import io.github.reedgate.contact.Position;
import io.github.reedgate.json.Json;
import io.github.reedgate.text.JsonObject;
import io.github.reedgate.time.Timestamp;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A house with a panel, in virtual time: the door and the hall behind it, two windows, a tamper contact. */
final class House {

    private static final Set<AlarmMode> EVERY = EnumSet.allOf(AlarmMode.class);

    static final String DOOR = "door";
    static final String HALL = "hall";
    static final String WINDOW = "window";
    static final String BATH = "bath";
    static final String BOX = "box";
    static final List<String> ALL = List.of(DOOR, HALL, WINDOW, BATH, BOX);
    static final Duration EXIT = Duration.ofSeconds(30);
    static final Duration ENTRY = Duration.ofSeconds(20);
    static final Duration SIREN = Duration.ofMinutes(3);
    static final Duration REPEAT = Duration.ofMinutes(5);
    static final Instant NIGHTFALL = Instant.parse("2026-11-22T21:14:00Z");
    static final PanelSettings SETTINGS =
            settings(PanelSettings.After.REARM, PanelSettings.Downtime.COUNTS, PanelSettings.AtBoot.NOTIFY);

    private final PanelSettings settings;
    private final List<PanelEffect> told = new ArrayList<>();
    private PanelState state;
    private Timestamp now = new Timestamp(7_000_000_000L, NIGHTFALL);
    private int incidents;
    private Orders orders = new Orders();

    House(PanelSettings settings) {
        this.settings = settings;
        this.state = PanelState.disarmed(settings, NIGHTFALL);
        settings.sensors().forEach(sensor -> step(new PanelInput.Found(sensor.id(), Position.CLOSED)));
    }

    House() {
        this(SETTINGS);
    }

    static PanelSettings settings(
            PanelSettings.After after, PanelSettings.Downtime downtime, PanelSettings.AtBoot atBoot) {
        Set<AlarmMode> notAtHome = EnumSet.of(AlarmMode.AWAY, AlarmMode.NIGHT);
        return new PanelSettings(
                List.of(
                        new PanelSensor(DOOR, EVERY, Reaction.DELAYED, PanelSensor.Bypass.NEVER, true),
                        new PanelSensor(HALL, notAtHome, Reaction.FOLLOWER, PanelSensor.Bypass.ASKED, false),
                        new PanelSensor(WINDOW, EVERY, Reaction.INSTANT, PanelSensor.Bypass.ASKED, false),
                        new PanelSensor(BATH, EVERY, Reaction.INSTANT, PanelSensor.Bypass.AUTOMATIC, false),
                        new PanelSensor(BOX, Set.of(), Reaction.ALWAYS, PanelSensor.Bypass.NEVER, false)),
                Map.of(
                        AlarmMode.AWAY, new PanelSettings.Delays(EXIT, ENTRY),
                        AlarmMode.NIGHT, new PanelSettings.Delays(EXIT, Duration.ZERO)),
                SIREN,
                after,
                REPEAT,
                new PanelSettings.Restart(downtime, atBoot));
    }

    /** The same with second lines that guard the cables of the door and of the window. */
    static PanelSettings guarded(PanelSettings settings) {
        List<PanelSensor> sensors = new ArrayList<>(settings.sensors());
        sensors.add(new PanelSensor(DOOR + ".tamper", Set.of(), Reaction.ALWAYS, PanelSensor.Bypass.NEVER, false));
        sensors.add(new PanelSensor(WINDOW + ".tamper", Set.of(), Reaction.ALWAYS, PanelSensor.Bypass.ASKED, false));
        return new PanelSettings(
                sensors,
                settings.delays(),
                settings.sirenTime(),
                settings.after(),
                settings.repeat(),
                settings.restart());
    }

    /** Another house in the same state, which has told nothing yet. */
    House copy() {
        House other = new House(settings);
        other.told.clear();
        other.state = state;
        other.now = now;
        other.incidents = incidents;
        other.orders = orders.copy();
        return other;
    }

    /** All that it remembers, with what is left of each delay instead of when it ends, and without wall times. */
    String remembered() {
        return Json.write(document(true).fields()).replaceAll("\"(since|at)\":\"[^\"]*\"", "");
    }

    /** What would be stored now. */
    PanelDocument document(boolean clockSynced) {
        return new PanelDocument(state, PanelDocument.sensors(settings), now.monotonicNanos(), now.wall(), clockSynced);
    }

    /** Fields as they come from the disk. */
    static Map<String, @Nullable Object> asRead(String text) {
        try {
            return JsonObject.read(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One input; gives what it made the panel tell. */
    List<PanelEffect> step(PanelInput input) {
        AlarmPanel.Step step =
                new AlarmPanel(settings).step(state, input, new Moment(now, "incident-" + (incidents + 1)));
        if (!sameIncident(step.state().incident(), state.incident())) {
            incidents++;
        }
        state = step.state();
        told.addAll(step.effects());
        return step.effects();
    }

    private static boolean sameIncident(@Nullable Incident one, @Nullable Incident other) {
        return one == null || (other != null && one.id().equals(other.id()));
    }

    List<PanelEffect> arm(AlarmMode mode, String... bypass) {
        return step(new PanelInput.Commanded(new PanelCommand.Arm(mode, Set.of(bypass), "anna")));
    }

    List<PanelEffect> disarm() {
        return step(new PanelInput.Commanded(new PanelCommand.Disarm("anna")));
    }

    List<PanelEffect> acknowledge() {
        return step(new PanelInput.Commanded(new PanelCommand.Acknowledge("anna")));
    }

    /** A signed command comes from outside; see {@link Orders#send}. */
    List<PanelEffect> order(Orders.Kind kind, Action action, int number) {
        return orders.send(kind, action, number, now)
                .map(command -> step(new PanelInput.Commanded(command)))
                .orElse(List.of());
    }

    /** Signed commands that were carried out and must not have been, or the other way round. */
    List<String> surprises() {
        return orders.surprises();
    }

    List<PanelEffect> open(String sensor) {
        return step(new PanelInput.Moved(sensor, Position.OPEN));
    }

    List<PanelEffect> close(String sensor) {
        return step(new PanelInput.Moved(sensor, Position.CLOSED));
    }

    /** Time passes, and the panel acts on each deadline; gives what it told. */
    List<PanelEffect> pass(Duration length) {
        List<PanelEffect> all = new ArrayList<>();
        Timestamp end = now.plus(length);
        Long next = state.nextNanos();
        while (next != null && next - end.monotonicNanos() <= 0) {
            now = now.atNanos(Math.max(next, now.monotonicNanos()));
            all.addAll(step(new PanelInput.TimePassed()));
            next = state.nextNanos();
        }
        now = end;
        return all;
    }

    /** Armed away, with the exit delay over. */
    House away() {
        arm(AlarmMode.AWAY);
        pass(EXIT);
        told.clear();
        return this;
    }

    /** The power goes and comes back later: only what was kept is left. */
    void restart(Duration down, boolean clockTrusted) {
        PanelDocument read = PanelDocument.of(asRead(Json.write(document(true).fields())));
        now = new Timestamp(90_000_000_000L, now.wall().plus(down));
        state = read.resumed(settings, now.monotonicNanos());
        orders.restart(now.monotonicNanos());
        if (clockTrusted) {
            step(new PanelInput.WasDown(read.age(now.wall())));
        }
    }

    /** As if there were this incident. */
    void remember(Incident incident) {
        state = state.withIncident(incident);
    }

    PanelState state() {
        return state;
    }

    AlarmState word() {
        return state.state();
    }

    Timestamp now() {
        return now;
    }

    PanelSettings settings() {
        return settings;
    }

    /** What was told, oldest first. */
    List<PanelEffect> told() {
        return told;
    }
}
