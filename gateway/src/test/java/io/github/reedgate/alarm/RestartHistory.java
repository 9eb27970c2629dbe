package io.github.reedgate.alarm;

import io.github.reedgate.alarm.PanelSettings.After;
import io.github.reedgate.alarm.PanelSettings.AtBoot;
import io.github.reedgate.alarm.PanelSettings.Downtime;
import io.github.reedgate.contact.Position;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;

/** A random history of a house: what people and sensors do, and how long they wait in between. */
final class RestartHistory {

    private static final int STEPS = 24;
    private static final Duration[] PAUSES = {
        Duration.ofMillis(1),
        Duration.ofSeconds(1),
        House.ENTRY,
        House.EXIT,
        House.SIREN,
        House.REPEAT,
        House.EXIT.minusNanos(1),
        Duration.ofHours(1)
    };

    final PanelSettings settings;
    private final List<Deed> deeds = new ArrayList<>();

    /** Something that happens, and what is true of the sensors from then on. */
    private record Deed(String words, Consumer<House> act, Map<String, Position> open) {}

    RestartHistory(Random random) {
        settings = House.settings(
                one(random, After.values()), one(random, Downtime.values()), one(random, AtBoot.values()));
        Map<String, Position> truth = new HashMap<>();
        House.ALL.forEach(id -> truth.put(id, Position.CLOSED));
        for (int i = 0; i < STEPS; i++) {
            deeds.add(deed(random, truth));
        }
    }

    /** A sensor that can't be read is missing in the truth. */
    private static Deed deed(Random random, Map<String, Position> truth) {
        String sensor = House.ALL.get(random.nextInt(House.ALL.size()));
        int chance = random.nextInt(100);
        if (chance < 30) {
            Duration pause = one(random, PAUSES);
            return new Deed("pass " + pause, house -> house.pass(pause), Map.copyOf(truth));
        } else if (chance < 62) {
            Position position = truth.get(sensor) == Position.CLOSED ? Position.OPEN : Position.CLOSED;
            truth.put(sensor, position);
            return new Deed(sensor + " " + position, moving(sensor, position), Map.copyOf(truth));
        } else if (chance < 65) {
            truth.remove(sensor);
            return new Deed(sensor + " lost", house -> house.step(new PanelInput.Lost(sensor)), Map.copyOf(truth));
        } else if (chance < 88) {
            AlarmMode mode = one(random, AlarmMode.values());
            String[] bypass = random.nextInt(3) == 0 ? new String[] {House.WINDOW} : new String[0];
            return new Deed("arm " + mode, house -> house.arm(mode, bypass), Map.copyOf(truth));
        } else if (chance < 95) {
            return new Deed("disarm", House::disarm, Map.copyOf(truth));
        }
        return new Deed("acknowledge", House::acknowledge, Map.copyOf(truth));
    }

    private static Consumer<House> moving(String sensor, Position position) {
        return house -> house.step(new PanelInput.Moved(sensor, position));
    }

    @SafeVarargs
    private static <T> T one(Random random, T... all) {
        return all[random.nextInt(all.length)];
    }

    int length() {
        return deeds.size();
    }

    /** Does a part of it. */
    void play(House house, int from, int to) {
        deeds.subList(from, to).forEach(deed -> deed.act().accept(house));
    }

    /** The house after a restart behind a step: every sensor is found where it is, if it can be read. */
    void findSensors(House house, int after) {
        Map<String, Position> truth =
                after == 0 ? Map.of() : deeds.get(after - 1).open();
        for (String id : House.ALL) {
            Position position = after == 0 ? Position.CLOSED : truth.get(id);
            house.step(position == null ? new PanelInput.Lost(id) : new PanelInput.Found(id, position));
        }
    }

    @Override
    public String toString() {
        return settings.after() + " " + settings.restart() + " "
                + deeds.stream().map(Deed::words).toList();
    }
}
