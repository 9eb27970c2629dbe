package io.github.reedgate.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reedgate.contact.Position;
import io.github.reedgate.line.Level;
import io.github.reedgate.message.Message;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every (state, event) pair of the core and the messages it leads to at once. */
class GatewayTableTest {

    /**
     * States: {@code new} before the start; {@code starting}: started, nothing read yet; {@code closed} and {@code open}:
     * one door at rest, connected; {@code opening}: an edge not settled yet; {@code lost}: closed, connection lost;
     * {@code blind}: the line can't be read; {@code synced}: one closed door, the clock synchronised.
     */
    private static CoreRig state(String name) {
        CoreRig rig = CoreRig.of(CoreRig.door(17));
        switch (name) {
            case "new" -> {}
            case "starting" -> rig.step(new Input.Started());
            case "closed" -> rig.started();
            case "open" -> {
                rig.started();
                rig.move(0, Position.OPEN);
                rig.pass(Duration.ofSeconds(1));
            }
            case "opening" -> {
                rig.started();
                rig.move(0, Position.OPEN);
            }
            case "lost" -> {
                rig.started();
                rig.step(new Input.LinkLost("gone"));
            }
            case "synced" -> {
                rig.started();
                rig.step(new Input.ClockChecked(true));
            }
            case "blind" -> {
                rig.started();
                rig.breakLine(0, "unreadable");
                rig.pass(Duration.ofSeconds(1));
            }
            default -> throw new IllegalArgumentException(name);
        }
        rig.forget();
        return rig;
    }

    private static Input event(String name, CoreRig rig) {
        return switch (name) {
            case "edge high" -> new Input.Edge(0, Level.HIGH, rig.now().monotonicNanos());
            case "edge low" -> new Input.Edge(0, Level.LOW, rig.now().monotonicNanos());
            case "read high" -> new Input.LevelRead(0, Level.HIGH);
            case "read low" -> new Input.LevelRead(0, Level.LOW);
            case "failed" -> new Input.LineFailed(0, "unreadable");
            case "edges lost" -> new Input.EdgesLost(3);
            case "started" -> new Input.Started();
            case "tick" -> new Input.Tick();
            case "link up" -> new Input.LinkUp();
            case "link lost" -> new Input.LinkLost("gone");
            case "clock" -> new Input.ClockChecked(true);
            case "no clock" -> new Input.ClockChecked(false);
            case "clock set" -> {
                rig.setClock(Duration.ofHours(-3));
                yield new Input.Tick();
            }
            case "dropped" -> new Input.MessagesDropped(2, 1);
            case "unlogged" -> new Input.EventsUnlogged(7);
            case "disk bad" -> new Input.StoreFailed("no room");
            case "disk good" -> new Input.StoreRecovered();
            case "defect" -> new Input.Failed(2, "IllegalStateException on Tick");
            case "test" -> new Input.TestRequested(1);
            case "stop" -> new Input.StopRequested();
            default -> throw new IllegalArgumentException(name);
        };
    }

    @ParameterizedTest(name = "{0} + {1} -> {2}")
    @CsvSource(delimiter = '|', textBlock = """
        new      | edge high   |
        new      | edge low    |
        new      | read high   |
        new      | read low    |
        new      | failed      | state unknown, detail, event started
        new      | edges lost  | event overflow
        new      | started     | state unknown, detail, heartbeat
        new      | tick        |
        new      | link up     | heartbeat
        new      | link lost   | event link_lost
        new      | clock       |
        new      | no clock    |
        new      | clock set   | event clock_corrected
        new      | dropped     | event overflow
        new      | unlogged    | event overflow
        new      | disk bad    | event store_fault
        new      | disk good   | event store_ok
        new      | defect      | event gateway_fault
        new      | test        | event test, alarm
        new      | stop        | event stopping
        starting | edge high   |
        starting | edge low    |
        starting | read high   |
        starting | read low    |
        starting | failed      | state unknown, detail, event started
        starting | edges lost  | event overflow
        starting | started     | state unknown, detail, heartbeat
        starting | tick        |
        starting | link up     | heartbeat
        starting | link lost   | event link_lost
        starting | clock       |
        starting | no clock    |
        starting | clock set   | event clock_corrected
        starting | dropped     | event overflow
        starting | unlogged    | event overflow
        starting | disk bad    | event store_fault
        starting | disk good   | event store_ok
        starting | defect      | event gateway_fault
        starting | test        | event test, alarm
        starting | stop        | event stopping
        closed   | edge high   |
        closed   | edge low    |
        closed   | read high   |
        closed   | read low    |
        closed   | failed      | state unknown, event sensor_fault, detail
        closed   | edges lost  | event overflow
        closed   | started     | state unknown, detail, heartbeat
        closed   | tick        |
        closed   | link up     | heartbeat
        closed   | link lost   | event link_lost
        closed   | clock       | correct clock, event clock_corrected
        closed   | no clock    |
        closed   | clock set   | event clock_corrected, detail
        closed   | dropped     | event overflow
        closed   | unlogged    | event overflow
        closed   | disk bad    | event store_fault
        closed   | disk good   | event store_ok
        closed   | defect      | event gateway_fault
        closed   | test        | event test, alarm
        closed   | stop        | event stopping
        open     | edge high   |
        open     | edge low    |
        open     | read high   |
        open     | read low    |
        open     | failed      | state unknown, event sensor_fault, detail
        open     | edges lost  | event overflow
        open     | started     | state unknown, detail, heartbeat
        open     | tick        |
        open     | link up     | heartbeat
        open     | link lost   | event link_lost
        open     | clock       | correct clock, event clock_corrected
        open     | no clock    |
        open     | clock set   | event clock_corrected, detail
        open     | dropped     | event overflow
        open     | unlogged    | event overflow
        open     | disk bad    | event store_fault
        open     | disk good   | event store_ok
        open     | defect      | event gateway_fault
        open     | test        | event test, alarm
        open     | stop        | event stopping
        opening  | edge high   |
        opening  | edge low    |
        opening  | read high   |
        opening  | read low    |
        opening  | failed      | state unknown, event sensor_fault, detail
        opening  | edges lost  | event overflow
        opening  | started     | state unknown, detail, heartbeat
        opening  | tick        |
        opening  | link up     | heartbeat
        opening  | link lost   | event link_lost
        opening  | clock       | correct clock, event clock_corrected
        opening  | no clock    |
        opening  | clock set   | event clock_corrected, detail
        opening  | dropped     | event overflow
        opening  | unlogged    | event overflow
        opening  | disk bad    | event store_fault
        opening  | disk good   | event store_ok
        opening  | defect      | event gateway_fault
        opening  | test        | event test, alarm
        opening  | stop        | event stopping
        lost     | edge high   |
        lost     | edge low    |
        lost     | read high   |
        lost     | read low    |
        lost     | failed      | state unknown, event sensor_fault, detail
        lost     | edges lost  | event overflow
        lost     | started     | state unknown, detail, heartbeat
        lost     | tick        |
        lost     | link up     | event link_restored, heartbeat
        lost     | link lost   |
        lost     | clock       | correct clock, event clock_corrected
        lost     | no clock    |
        lost     | clock set   | event clock_corrected, detail
        lost     | dropped     | event overflow
        lost     | unlogged    | event overflow
        lost     | disk bad    | event store_fault
        lost     | disk good   | event store_ok
        lost     | defect      | event gateway_fault
        lost     | test        | event test, alarm
        lost     | stop        | event stopping
        blind    | edge high   |
        blind    | edge low    |
        blind    | read high   |
        blind    | read low    |
        blind    | failed      |
        blind    | edges lost  | event overflow
        blind    | started     | state unknown, detail, heartbeat
        blind    | tick        |
        blind    | link up     | heartbeat
        blind    | link lost   | event link_lost
        blind    | clock       | correct clock, event clock_corrected
        blind    | no clock    |
        blind    | clock set   | event clock_corrected, detail
        blind    | dropped     | event overflow
        blind    | unlogged    | event overflow
        blind    | disk bad    | event store_fault
        blind    | disk good   | event store_ok
        blind    | defect      | event gateway_fault
        blind    | test        | event test, alarm
        blind    | stop        | event stopping
        synced   | clock       |
        synced   | no clock    |
        synced   | clock set   | correct clock, event clock_corrected, detail
        synced   | tick        |
        synced   | edge high   |
        synced   | test        | event test, alarm
        synced   | link up     | heartbeat
        """)
    void everyPairTellsWhatItMust(String state, String event, String told) {
        CoreRig rig = state(state);
        rig.step(event(event, rig));

        List<String> effects =
                rig.effects().stream().flatMap(GatewayTableTest::brief).toList();
        assertThat(String.join(", ", effects)).isEqualTo(told == null ? "" : told);
    }

    private static Stream<String> brief(Effect effect) {
        if (effect instanceof Effect.Heartbeat) {
            return Stream.of("heartbeat");
        } else if (effect instanceof Effect.CorrectClock) {
            return Stream.of("correct clock");
        }
        return CoreRig.message(effect).stream().map(GatewayTableTest::brief);
    }

    private static String brief(Message message) {
        String topic = message.topic().substring(message.topic().lastIndexOf('/') + 1);
        return switch (topic) {
            case "event" -> "event " + CoreRig.json(message.payload()).get("event_type");
            case "state" -> "state " + message.payload();
            default -> topic;
        };
    }
}
