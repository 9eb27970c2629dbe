package io.github.reedgate.alarm;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reedgate.alarm.PanelSettings.After;
import io.github.reedgate.alarm.PanelSettings.AtBoot;
import io.github.reedgate.alarm.PanelSettings.Downtime;
import io.github.reedgate.contact.Position;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The power goes at every step of hundreds of random histories: no false alarm, and nothing is disarmed. */
class RestartPropertyTest {

    /** How many histories; each is cut off before each of its steps. The whole check asks for ten thousand, which begin alike. */
    private static final int HISTORIES = Integer.getInteger("reedgate.histories", 500);

    private static final long SEED = Long.getLong("reedgate.seed", 20_261_123L);

    @Test
    @Timeout(600)
    void historyThatWasCutOffAnywhereGoesOnAsTheOneThatWasNot() {
        Random random = new Random(SEED);
        for (int number = 0; number < HISTORIES; number++) {
            RestartHistory history = new RestartHistory(random);
            cutOffEverywhere(history, number, random);
        }
    }

    private static void cutOffEverywhere(RestartHistory history, int number, Random random) {
        House whole = new House(history.settings);
        whole.told().clear();
        List<House> before = new ArrayList<>();
        List<Integer> toldBefore = new ArrayList<>();
        for (int step = 0; step < history.length(); step++) {
            before.add(whole.copy());
            toldBefore.add(whole.told().size());
            history.play(whole, step, step + 1);
        }
        for (int cut = 0; cut < history.length(); cut++) {
            int step = cut + 1;
            Supplier<String> where =
                    () -> "seed " + SEED + ", history " + number + " cut off before step " + step + ": " + history;
            House other = before.get(cut).copy();
            String remembered = other.remembered();
            other.restart(downtime(history, random), true);
            history.findSensors(other, cut);
            assertThat(other.told()).as(where).isEmpty();
            assertThat(other.remembered()).as(where).isEqualTo(remembered);

            history.play(other, cut, history.length());
            assertThat(other.told())
                    .as(where)
                    .isEqualTo(whole.told()
                            .subList(toldBefore.get(cut), whole.told().size()));
            assertThat(other.remembered()).as(where).isEqualTo(whole.remembered());
            assertThat(other.surprises()).as(where).isEmpty();
        }
    }

    /** Any, where delays stand still meanwhile; else none, or what would have happened meanwhile is missing. */
    private static Duration downtime(RestartHistory history, Random random) {
        boolean pauses = history.settings.restart().downtime() == Downtime.PAUSES;
        return pauses ? Duration.ofMillis(random.nextInt(100_000_000)) : Duration.ZERO;
    }

    @Test
    @Timeout(600)
    void whateverMovesWhileThePowerIsOutNothingIsDisarmedAndNothingFalselyRaised() {
        Random random = new Random(SEED + 1);
        for (int number = 0; number < HISTORIES; number++) {
            RestartHistory history = new RestartHistory(random);
            House house = new House(history.settings);
            history.play(house, 0, random.nextInt(history.length()));
            PanelState before = house.state();
            house.told().clear();

            house.restart(Duration.ofMillis(random.nextInt(1_000_000)), random.nextBoolean());
            for (PanelSensor sensor : history.settings.sensors()) {
                Position position = random.nextBoolean() ? Position.OPEN : Position.CLOSED;
                house.step(new PanelInput.Found(sensor.id(), position));
            }

            int which = number;
            check(() -> "seed " + SEED + ", history " + which + ": " + history, before, house);
        }
    }

    private static void check(Supplier<String> where, PanelState before, House house) {
        PanelState after = house.state();
        boolean mayEnd = before.state() == AlarmState.TRIGGERED
                && (house.settings().after() == After.DISARM || before.mode() == null);
        boolean failedToArm = before.state() == AlarmState.ARMING;
        Watching former = before.former();
        if (former != null) {
            assertThat(after.mode()).as(where).isIn(former.mode(), before.mode());
        }
        if (before.mode() != null && !mayEnd && !failedToArm) {
            assertThat(after.mode()).as(where).isEqualTo(before.mode());
            assertThat(after.bypassed()).as(where).containsAll(before.bypassed());
        }
        List<PanelEffect> raised = house.told().stream()
                .filter(PanelEffect.Triggered.class::isInstance)
                .toList();
        boolean delayOver = before.state() == AlarmState.PENDING;
        if (house.settings().restart().atBoot() != AtBoot.ALARM && !delayOver) {
            assertThat(raised).as(where).isEmpty();
            assertThat(house.told()).as(where).noneMatch(PanelEffect.Pending.class::isInstance);
        }
        Set<PanelEffect> once = new HashSet<>(raised);
        assertThat(once).as(where).hasSameSizeAs(raised);
    }
}
