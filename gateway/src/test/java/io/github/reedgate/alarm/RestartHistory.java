package io.github.reedgate.alarm;

import io.github.reedgate.alarm.PanelSettings.After;
import io.github.reedgate.alarm.PanelSettings.AtBoot;
import io.github.reedgate.alarm.PanelSettings.Downtime;
import io.github.reedgate.command.Action;
import io.github.reedgate.contact.Position;
import io.github.reedgate.contact.TamperLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A random history of a house: what people and sensors do, what becomes of cables, which commands come from outside, and how long
 * nothing happens in between.
 */
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

    private static final List<String> PLAIN = List.of(House.HALL, House.BATH, House.BOX);
    private static final int MOST_SECONDS = 250;

    final PanelSettings settings;
    private final List<Deed> deeds = new ArrayList<>();

    /** Something that happens, and what is true from then on. */
    private record Deed(String words, Consumer<House> act, Truth truth) {}

    /**
     * Where the sensors are. Immutable.
     *
     * @param plain those without a second line; one that can't be read is missing
     * @param guarded the others
     */
    private record Truth(Map<String, Position> plain, Map<String, Cable> guarded) {

        Truth {
            plain = Map.copyOf(plain);
            guarded = Map.copyOf(guarded);
        }

        static Truth atFirst() {
            Map<String, Position> plain = new HashMap<>();
            PLAIN.forEach(id -> plain.put(id, Position.CLOSED));
            return new Truth(
                    plain,
                    Map.of(
                            House.DOOR, Cable.whole(House.DOOR, TamperLoop.Kind.CHANGEOVER),
                            House.WINDOW, Cable.whole(House.WINDOW, TamperLoop.Kind.PAIR)));
        }

        Truth with(String id, @Nullable Position position) {
            Map<String, Position> next = new HashMap<>(plain);
            if (position == null) {
                next.remove(id);
            } else {
                next.put(id, position);
            }
            return new Truth(next, guarded);
        }

        Truth with(Cable cable) {
            Map<String, Cable> next = new HashMap<>(guarded);
            next.put(cable.id(), cable);
            return new Truth(plain, next);
        }

        Cable cable(String id) {
            return Objects.requireNonNull(guarded.get(id), id);
        }
    }

    RestartHistory(Random random) {
        settings = House.guarded(House.settings(
                one(random, After.values()), one(random, Downtime.values()), one(random, AtBoot.values())));
        for (int i = 0; i < STEPS; i++) {
            deeds.add(deed(random, truth(i)));
        }
    }

    /** What is true once so many deeds are done. */
    private Truth truth(int done) {
        return done == 0 ? Truth.atFirst() : deeds.get(done - 1).truth();
    }

    private static Deed deed(Random random, Truth truth) {
        String sensor = House.ALL.get(random.nextInt(House.ALL.size()));
        int chance = random.nextInt(100);
        if (chance < 27) {
            Duration pause = one(random, PAUSES);
            return new Deed("pass " + pause, house -> house.pass(pause), truth);
        } else if (chance < 53) {
            return PLAIN.contains(sensor)
                    ? moved(sensor, truth)
                    : wired(truth, truth.cable(sensor).moved());
        } else if (chance < 56) {
            String plain = one(random, PLAIN.toArray(String[]::new));
            return new Deed(plain + " lost", house -> house.step(new PanelInput.Lost(plain)), truth.with(plain, null));
        } else if (chance < 65) {
            Cable cable = truth.cable(random.nextBoolean() ? House.DOOR : House.WINDOW);
            return wired(truth, cable.with(one(random, Cable.Flaw.values())));
        } else if (chance < 77) {
            return signed(random, truth);
        }
        return ordered(random, chance, truth);
    }

    private static Deed moved(String sensor, Truth truth) {
        Position position = truth.plain().get(sensor) == Position.CLOSED ? Position.OPEN : Position.CLOSED;
        return new Deed(
                sensor + " " + position,
                house -> house.step(new PanelInput.Moved(sensor, position)),
                truth.with(sensor, position));
    }

    /** A contact with a second line moves, or something happens to its cable. */
    private static Deed wired(Truth truth, Cable cable) {
        List<PanelInput> inputs = cable.since(truth.cable(cable.id()));
        return new Deed(
                cable.id() + " " + cable.contact() + " " + new TreeSet<>(cable.flaws()),
                house -> inputs.forEach(house::step),
                truth.with(cable));
    }

    private static Deed signed(Random random, Truth truth) {
        Orders.Kind kind = one(random, Orders.Kind.values());
        Action action = one(random, Action.values());
        int number = random.nextInt(MOST_SECONDS);
        return new Deed(kind + " " + action, house -> house.order(kind, action, number), truth);
    }

    private static Deed ordered(Random random, int chance, Truth truth) {
        if (chance < 92) {
            AlarmMode mode = one(random, AlarmMode.values());
            String[] bypass = random.nextInt(3) == 0 ? new String[] {House.WINDOW} : new String[0];
            return new Deed("arm " + mode, house -> house.arm(mode, bypass), truth);
        } else if (chance < 96) {
            return new Deed("disarm", House::disarm, truth);
        }
        return new Deed("acknowledge", House::acknowledge, truth);
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
        Truth truth = truth(after);
        for (String id : PLAIN) {
            Position position = truth.plain().get(id);
            house.step(position == null ? new PanelInput.Lost(id) : new PanelInput.Found(id, position));
        }
        for (String id : List.of(House.DOOR, House.WINDOW)) {
            truth.cable(id).found().forEach(house::step);
        }
    }

    @Override
    public String toString() {
        return settings.after() + " " + settings.restart() + " "
                + deeds.stream().map(Deed::words).toList();
    }
}
