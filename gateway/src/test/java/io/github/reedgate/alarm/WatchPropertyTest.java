package io.github.reedgate.alarm;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reedgate.alarm.PanelSettings.After;
import io.github.reedgate.alarm.PanelSettings.AtBoot;
import io.github.reedgate.alarm.PanelSettings.Downtime;
import io.github.reedgate.contact.Position;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Whatever is commanded by people who may arm but not disarm, opens, closes, can't be read or restarts, in whatever order: what was
 * watched before is watched afterwards, and its opening is an incident.
 */
class WatchPropertyTest {

    private static final int HISTORIES = Integer.getInteger("reedgate.histories", 2_000);
    private static final long SEED = Long.getLong("reedgate.seed", 20_261_128L);
    private static final int STEPS = 24;
    private static final Duration[] PAUSES = {
        Duration.ofMillis(1), House.ENTRY, House.EXIT, House.EXIT.minusNanos(1), House.SIREN, Duration.ofHours(1)
    };

    private final List<String> words = new ArrayList<>();

    @Test
    @Timeout(120)
    void nothingLeavesLessWatchedUnlessSomebodyDisarmed() {
        Random random = new Random(SEED);
        for (int number = 0; number < HISTORIES; number++) {
            AtBoot atBoot = random.nextBoolean() ? AtBoot.ALARM : AtBoot.NOTIFY;
            House house = new House(House.guarded(House.settings(After.REARM, Downtime.COUNTS, atBoot)));
            words.clear();
            for (int step = 0; step < STEPS; step++) {
                Set<String> watched = watched(house);
                boolean disarms = random.nextInt(12) == 0;
                if (disarms) {
                    byOwner(house, random);
                } else {
                    byAnybody(house, random);
                }
                String where = "seed " + SEED + ", history " + number + ": " + words;
                if (!disarms) {
                    assertThat(watched(house)).as(where).containsAll(watched);
                }
                assertThat(raisesWhatItWatches(house)).as(where).isEmpty();
            }
        }
    }

    /** The sensors whose opening is an incident, as anybody outside the panel would say it. */
    private static Set<String> watched(House house) {
        PanelState state = house.state();
        Watching now = state.watching();
        Set<String> watched = new LinkedHashSet<>();
        for (PanelSensor sensor : house.settings().sensors()) {
            boolean counts = sensor.reaction() == Reaction.ALWAYS
                    || (now != null && sensor.modes().contains(now.mode()));
            List<String> out = now == null ? state.bypassed() : now.bypassed();
            if (counts && !out.contains(sensor.id())) {
                watched.add(sensor.id());
            }
        }
        return watched;
    }

    /** Those of them whose opening, tried on a copy, is no incident: the proof that the set is true. */
    private static List<String> raisesWhatItWatches(House house) {
        List<String> deaf = new ArrayList<>();
        for (String id : watched(house)) {
            House copy = house.copy();
            copy.close(id);
            copy.open(id);
            boolean isTold = copy.state().incident() != null
                    && copy.state().incident().sensors().contains(id)
                    && (copy.word() == AlarmState.PENDING || copy.word() == AlarmState.TRIGGERED);
            if (!isTold) {
                deaf.add(id);
            }
        }
        return deaf;
    }

    private void byOwner(House house, Random random) {
        if (random.nextBoolean()) {
            words.add("disarm");
            house.disarm();
        } else {
            words.add("owner arms home, which has no exit delay, without the window");
            house.arm(AlarmMode.HOME, House.WINDOW);
        }
    }

    private void byAnybody(House house, Random random) {
        List<PanelSensor> sensors = house.settings().sensors();
        String sensor = sensors.get(random.nextInt(sensors.size())).id();
        int chance = random.nextInt(100);
        if (chance < 30) {
            arm(house, one(random, AlarmMode.values()), random.nextInt(3) == 0 ? Set.of(sensor) : Set.of());
        } else if (chance < 60) {
            Position position = random.nextInt(3) == 0 ? Position.OPEN : Position.CLOSED;
            words.add(sensor + " " + position);
            house.step(new PanelInput.Moved(sensor, position));
        } else if (chance < 64) {
            words.add(sensor + " lost");
            house.step(new PanelInput.Lost(sensor));
        } else if (chance < 68) {
            words.add("acknowledge");
            house.acknowledge();
        } else if (chance < 72) {
            words.add(sensor + " troubled");
            house.step(new PanelInput.Troubled(sensor, "can't be read"));
        } else if (chance < 80) {
            restart(house, random);
        } else {
            Duration pause = one(random, PAUSES);
            words.add("pass " + pause);
            house.pass(pause);
        }
    }

    private void arm(House house, AlarmMode mode, Set<String> bypass) {
        words.add("arm " + mode + " " + bypass);
        house.step(new PanelInput.Commanded(new PanelCommand.Arm(mode, bypass, "cleaner", false)));
    }

    private void restart(House house, Random random) {
        Duration down = one(random, PAUSES);
        words.add("restart after " + down);
        house.restart(down, random.nextBoolean());
        for (PanelSensor each : house.settings().sensors()) {
            if (random.nextInt(8) > 0) {
                Position position = random.nextInt(6) == 0 ? Position.OPEN : Position.CLOSED;
                words.add(each.id() + " found " + position);
                house.step(new PanelInput.Found(each.id(), position));
            }
        }
    }

    @SafeVarargs
    private static <T> T one(Random random, T... all) {
        return all[random.nextInt(all.length)];
    }
}
