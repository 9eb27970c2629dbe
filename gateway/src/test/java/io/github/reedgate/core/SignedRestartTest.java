package io.github.reedgate.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reedgate.alarm.AlarmMode;
import io.github.reedgate.alarm.PanelSensor;
import io.github.reedgate.alarm.PanelSettings;
import io.github.reedgate.alarm.Reaction;
import io.github.reedgate.command.Action;
import io.github.reedgate.command.Policy;
import io.github.reedgate.command.SignedCommands;
import io.github.reedgate.contact.Sensor;
import io.github.reedgate.contact.SensorType;
import io.github.reedgate.core.GatewaySettings.Before;
import io.github.reedgate.core.GatewaySettings.LastStop;
import io.github.reedgate.core.GatewaySettings.StartFacts;
import io.github.reedgate.message.Incoming;
import io.github.reedgate.message.Topics;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Signed commands to a gateway that is cut off after any step: none that was carried out is carried out again. */
class SignedRestartTest {

    private static final long SEED = 20_261_124L;
    private static final int HISTORIES = 150;
    private static final int STEPS = 10;
    private static final List<Sensor> SENSORS = List.of(CoreRig.sensor(1, SensorType.DOOR, Sensor.AlarmPolicy.NEVER));

    private final Random random = new Random(SEED);
    private Instant wall = CoreRig.START.wall();
    private GatewaySnapshot stored = GatewaySnapshot.NOTHING;
    private int seen;
    private CoreRig rig = begin();

    private static PanelSettings panel() {
        return new PanelSettings(
                List.of(new PanelSensor(
                        "s1", EnumSet.allOf(AlarmMode.class), Reaction.DELAYED, PanelSensor.Bypass.NEVER, false)),
                Map.of(AlarmMode.AWAY, new PanelSettings.Delays(Duration.ZERO, Duration.ofSeconds(20))),
                Duration.ofMinutes(3),
                PanelSettings.After.REARM,
                Duration.ofMinutes(5),
                new PanelSettings.Restart(PanelSettings.Downtime.COUNTS, PanelSettings.AtBoot.NOTIFY));
    }

    /** A start with what is on disk; the wall clock goes on, the monotonic one begins anew. */
    private CoreRig begin() {
        StartFacts facts = new StartFacts(4, 1_000, LastStop.UNCLEAN, 0, 43, new Before(Map.of(), null, false, stored));
        CoreRig fresh = new CoreRig(
                SENSORS,
                new GatewaySettings(
                        "home",
                        Topics.of("reedgate", "home"),
                        SENSORS,
                        ZoneOffset.UTC,
                        GatewaySettings.Watch.DEFAULT,
                        CoreRig.HEARTBEAT,
                        facts,
                        Policy.STRICT,
                        GatewaySettings.Description.NONE,
                        panel(),
                        List.of(),
                        List.of()));
        seen = 0;
        fresh.start();
        fresh.pass(Duration.ofSeconds(2));
        fresh.setClock(Duration.between(CoreRig.START.wall(), wall));
        fresh.step(new Input.ClockChecked(true));
        return fresh;
    }

    private List<StepOutput> news() {
        List<StepOutput> all = rig.outputs();
        List<StepOutput> fresh = List.copyOf(all.subList(seen, all.size()));
        seen = all.size();
        return fresh;
    }

    /** Takes a step; returns whether the panel was told of a command in it. What is kept is on disk afterwards, all at once. */
    private boolean step(Input input) {
        news();
        rig.step(input);
        List<StepOutput> outputs = news();
        Optional<StepOutput.CodeCheck> check =
                outputs.stream().flatMap(output -> output.checks().stream()).findFirst();
        if (check.isPresent()) {
            StepOutput.CodeCheck code = check.get();
            return step(new Input.CodeChecked(code.command(), SignedCommands.match(code.proof())));
        }
        boolean told = false;
        boolean kept = false;
        for (StepOutput output : outputs) {
            GatewaySnapshot snapshot = output.snapshot();
            if (snapshot != null) {
                kept |= !Objects.equals(snapshot.nonces(), stored.nonces());
                stored = Snapshots.of(SnapshotJson.write(snapshot));
            }
            told |= !output.answers().isEmpty();
        }
        assertThat(kept).as("nonce and effect are kept in the same step").isEqualTo(told);
        return told;
    }

    private String signed(int number) {
        Action action = random.nextBoolean() ? Action.ARM_AWAY : Action.DISARM;
        return SignedCommands.payload(action, number, wall.plusSeconds(20 + random.nextInt(200)));
    }

    private boolean send(String payload) {
        return step(new Input.Received(Incoming.text("reedgate/home/panel/set", payload)));
    }

    @Test
    void cutOffAfterAnyStepNoCommandIsCarriedOutTwice() {
        for (int history = 0; history < HISTORIES; history++) {
            stored = GatewaySnapshot.NOTHING;
            wall = CoreRig.START.wall();
            rig = begin();
            List<String> done = new ArrayList<>();
            for (int step = 0; step < STEPS; step++) {
                String where = "seed " + SEED + ", history " + history + ", step " + step;
                String fresh = signed(history * STEPS + step);
                assertThat(send(fresh)).as(where).isTrue();
                done.add(fresh);
                if (random.nextInt(2) == 0) {
                    wall = wall.plusSeconds(random.nextInt(30)); // dead for so long, or with a clock that is slow
                    rig = begin();
                }
                done.forEach(old -> assertThat(send(old)).as(where).isFalse());
            }
        }
    }
}
