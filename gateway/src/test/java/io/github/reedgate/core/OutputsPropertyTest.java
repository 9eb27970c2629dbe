package io.github.reedgate.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reedgate.alarm.AlarmMode;
import io.github.reedgate.alarm.AlarmState;
import io.github.reedgate.alarm.Incident;
import io.github.reedgate.alarm.PanelCommand;
import io.github.reedgate.alarm.PanelSensor;
import io.github.reedgate.alarm.PanelSettings;
import io.github.reedgate.alarm.Reaction;
import io.github.reedgate.contact.Position;
import io.github.reedgate.contact.Sensor;
import io.github.reedgate.contact.SensorType;
import io.github.reedgate.line.Level;
import io.github.reedgate.output.Output;
import io.github.reedgate.output.Output.Until;
import io.github.reedgate.output.OutputType;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Whatever happens, in whatever order: a siren sounds when the panel says so and at no other time. */
class OutputsPropertyTest {

    private static final int HISTORIES = 30;
    private static final int STEPS = 40;
    private static final Set<AlarmMode> ALL = EnumSet.allOf(AlarmMode.class);

    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);

    private CoreRig rig() {
        List<Sensor> sensors = List.of(
                CoreRig.sensor(1, SensorType.DOOR, Sensor.AlarmPolicy.NEVER),
                CoreRig.sensor(2, SensorType.WINDOW, Sensor.AlarmPolicy.NEVER),
                CoreRig.sensor(3, SensorType.TAMPER, Sensor.AlarmPolicy.NEVER));
        PanelSettings panel = new PanelSettings(
                List.of(
                        new PanelSensor("s1", ALL, Reaction.DELAYED, PanelSensor.Bypass.NEVER, false),
                        new PanelSensor("s2", ALL, Reaction.INSTANT, PanelSensor.Bypass.ASKED, false),
                        new PanelSensor("s3", ALL, Reaction.ALWAYS, PanelSensor.Bypass.NEVER, false)),
                Map.of(AlarmMode.AWAY, new PanelSettings.Delays(Duration.ofSeconds(3), Duration.ofSeconds(3))),
                Duration.ofSeconds(10),
                random.nextBoolean() ? PanelSettings.After.REARM : PanelSettings.After.DISARM,
                Duration.ofMinutes(1),
                new PanelSettings.Restart(PanelSettings.Downtime.COUNTS, PanelSettings.AtBoot.ALARM));
        List<Output> outputs = List.of(
                new Output("siren", OutputType.SIREN, 24, Level.HIGH, ALL, Until.SIREN_TIME),
                new Output("led", OutputType.LED, 5, Level.HIGH, ALL, Until.ACKNOWLEDGED));
        return new CoreRig(sensors, CoreRig.FACTS, panel, outputs);
    }

    private void act(CoreRig rig) {
        switch (random.nextInt(9)) {
            case 0 -> rig.step(new Input.PanelCommanded(new PanelCommand.Disarm("anna"), 1));
            case 1 -> rig.step(new Input.PanelCommanded(new PanelCommand.Acknowledge("anna"), 1));
            case 2, 3 -> {
                AlarmMode mode = random.nextBoolean() ? AlarmMode.AWAY : AlarmMode.HOME;
                rig.step(new Input.PanelCommanded(new PanelCommand.Arm(mode, Set.of("s2"), "anna"), 1));
            }
            case 4 -> rig.step(random.nextBoolean() ? new Input.LinkUp() : new Input.LinkLost("cable"));
            case 5 -> rig.breakLine(random.nextInt(3), random.nextBoolean() ? "broken" : "");
            default -> rig.move(random.nextInt(3), random.nextBoolean() ? Position.OPEN : Position.CLOSED);
        }
        rig.pass(Duration.ofMillis(random.nextInt(4_000)));
    }

    private static boolean isToSound(CoreRig rig) {
        Panel panel = Objects.requireNonNull(rig.state().panel());
        Incident incident = panel.state().incident();
        return panel.state().state() == AlarmState.TRIGGERED && incident != null && !incident.acknowledged();
    }

    @Test
    void sirenSoundsWhenThePanelSaysSoAndAtNoOtherTime() {
        int sounded = 0;
        for (int history = 0; history < HISTORIES; history++) {
            CoreRig rig = rig();
            rig.start();
            Boolean[] on = new Boolean[2];
            for (int step = 0; step < STEPS; step++) {
                act(rig);
                for (StepOutput.SwitchOutput drive : rig.all(StepOutput::outputs)) {
                    assertThat(on[drive.output()])
                            .as("seed %d, history %d, step %d: told what it knew", seed, history, step)
                            .isNotEqualTo(drive.on());
                    on[drive.output()] = drive.on();
                }
                rig.forget();
                assertThat(on[0])
                        .as("seed %d, history %d, step %d", seed, history, step)
                        .isEqualTo(isToSound(rig));
                sounded += isToSound(rig) ? 1 : 0;
            }
        }
        assertThat(sounded)
                .as("seed %d: histories in which nothing sounds prove nothing", seed)
                .isGreaterThan(HISTORIES);
    }
}
