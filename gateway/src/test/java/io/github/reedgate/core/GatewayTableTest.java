package io.github.reedgate.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reedgate.contact.Position;
import io.github.reedgate.line.Level;
import io.github.reedgate.message.Message;
import java.time.Duration;
import java.util.ArrayList;
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
        new      | test        | alarm, event test
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
        starting | test        | alarm, event test
        starting | stop        | event stopping
        closed   | edge high   |
        closed   | edge low    |
        closed   | read high   |
        closed   | read low    |
        closed   | failed      | state unknown, detail, event sensor_fault
        closed   | edges lost  | event overflow
        closed   | started     | state unknown, detail, heartbeat
        closed   | tick        |
        closed   | link up     | heartbeat
        closed   | link lost   | event link_lost
        closed   | clock       | correct clock, event clock_corrected
        closed   | no clock    |
        closed   | clock set   | detail, event clock_corrected
        closed   | dropped     | event overflow
        closed   | unlogged    | event overflow
        closed   | disk bad    | event store_fault
        closed   | disk good   | event store_ok
        closed   | defect      | event gateway_fault
        closed   | test        | alarm, event test
        closed   | stop        | event stopping
        open     | edge high   |
        open     | edge low    |
        open     | read high   |
        open     | read low    |
        open     | failed      | state unknown, detail, event sensor_fault
        open     | edges lost  | event overflow
        open     | started     | state unknown, detail, heartbeat
        open     | tick        |
        open     | link up     | heartbeat
        open     | link lost   | event link_lost
        open     | clock       | correct clock, event clock_corrected
        open     | no clock    |
        open     | clock set   | detail, event clock_corrected
        open     | dropped     | event overflow
        open     | unlogged    | event overflow
        open     | disk bad    | event store_fault
        open     | disk good   | event store_ok
        open     | defect      | event gateway_fault
        open     | test        | alarm, event test
        open     | stop        | event stopping
        opening  | edge high   |
        opening  | edge low    |
        opening  | read high   |
        opening  | read low    |
        opening  | failed      | state unknown, detail, event sensor_fault
        opening  | edges lost  | event overflow
        opening  | started     | state unknown, detail, heartbeat
        opening  | tick        |
        opening  | link up     | heartbeat
        opening  | link lost   | event link_lost
        opening  | clock       | correct clock, event clock_corrected
        opening  | no clock    |
        opening  | clock set   | detail, event clock_corrected
        opening  | dropped     | event overflow
        opening  | unlogged    | event overflow
        opening  | disk bad    | event store_fault
        opening  | disk good   | event store_ok
        opening  | defect      | event gateway_fault
        opening  | test        | alarm, event test
        opening  | stop        | event stopping
        lost     | edge high   |
        lost     | edge low    |
        lost     | read high   |
        lost     | read low    |
        lost     | failed      | state unknown, detail, event sensor_fault
        lost     | edges lost  | event overflow
        lost     | started     | state unknown, detail, heartbeat
        lost     | tick        |
        lost     | link up     | event link_restored, heartbeat
        lost     | link lost   |
        lost     | clock       | correct clock, event clock_corrected
        lost     | no clock    |
        lost     | clock set   | detail, event clock_corrected
        lost     | dropped     | event overflow
        lost     | unlogged    | event overflow
        lost     | disk bad    | event store_fault
        lost     | disk good   | event store_ok
        lost     | defect      | event gateway_fault
        lost     | test        | alarm, event test
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
        blind    | clock set   | detail, event clock_corrected
        blind    | dropped     | event overflow
        blind    | unlogged    | event overflow
        blind    | disk bad    | event store_fault
        blind    | disk good   | event store_ok
        blind    | defect      | event gateway_fault
        blind    | test        | alarm, event test
        blind    | stop        | event stopping
        synced   | clock       |
        synced   | no clock    |
        synced   | clock set   | correct clock, detail, event clock_corrected
        synced   | tick        |
        synced   | edge high   |
        synced   | test        | alarm, event test
        synced   | link up     | heartbeat
        """)
    void everyPairTellsWhatItMust(String state, String event, String told) {
        CoreRig rig = state(state);
        rig.step(event(event, rig));

        List<String> done =
                rig.outputs().stream().flatMap(GatewayTableTest::brief).toList();
        assertThat(String.join(", ", done)).isEqualTo(told == null ? "" : told);
    }

    private static Stream<String> brief(StepOutput output) {
        List<String> done = new ArrayList<>();
        if (output.clock() != null) {
            done.add("correct clock");
        }
        CoreRig.messages(output).forEach(message -> done.add(brief(message)));
        if (output.heartbeat() != null) {
            done.add("heartbeat");
        }
        return done.stream();
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
