package io.github.reedgate.alarm;

import io.github.reedgate.alarm.PanelSettings.After;
import io.github.reedgate.alarm.PanelSettings.AtBoot;
import io.github.reedgate.alarm.PanelSettings.Downtime;
import java.util.List;
import java.util.Set;

/** For each row of the table a panel that is about to take it. */
final class Scene {

    private Scene() {}

    /** A panel in a phase, in which nothing but the row's own trigger is missing. */
    static House of(Transition row, Phase from) {
        After after = row.deed() == Deed.STAND_DOWN ? After.DISARM : After.REARM;
        AtBoot atBoot = row.guard() == Guard.FOUND_BYPASS ? AtBoot.BYPASS : AtBoot.NOTIFY;
        House house = new House(House.settings(after, Downtime.COUNTS, atBoot));
        if (from == Phase.ARMING && isChange(row)) {
            change(house, row);
        } else {
            enter(house, from);
        }
        if (row.deed() == Deed.REFUSE || row.deed() == Deed.GIVE_UP || row.guard() == Guard.FORMER) {
            house.step(new PanelInput.Lost(House.WINDOW));
        }
        if (row.guard() == Guard.UNACKNOWLEDGED || row.guard() == Guard.INCIDENT) {
            house.remember(new Incident("old", List.of(House.WINDOW), true, false, 0L));
        } else if (row.deed() == Deed.NO_INCIDENT && from != Phase.DISARMED) {
            house.remember(new Incident("old", List.of(House.WINDOW), true, true, null));
        }
        return house;
    }

    /** True if a row is for a panel that was armed before. */
    private static boolean isChange(Transition row) {
        return switch (row.guard()) {
            case FORMER, FORMER_MODE, INTERRUPTS_CHANGE, ENTRY_DELAY, FOUND_BYPASS -> true;
            default -> false;
        };
    }

    /** On the way from one mode to another; only away has an entry delay. */
    private static void change(House house, Transition row) {
        if (row.guard() == Guard.ENTRY_DELAY) {
            house.away().arm(AlarmMode.NIGHT);
            return;
        }
        String[] bypass = row.guard() == Guard.INTERRUPTS_CHANGE ? new String[] {House.WINDOW} : new String[0];
        house.arm(AlarmMode.HOME, bypass);
        house.arm(AlarmMode.AWAY);
    }

    private static void enter(House house, Phase phase) {
        switch (phase) {
            case DISARMED -> {}
            case ARMING -> house.arm(AlarmMode.AWAY);
            case ARMED -> house.away();
            case PENDING -> {
                house.away();
                house.open(House.DOOR);
            }
            case TRIGGERED -> {
                house.away();
                house.open(House.BATH);
            }
        }
    }

    static Trigger trigger(Transition row, Phase from) {
        return switch (row.cause()) {
            case ARM -> Trigger.of(new PanelCommand.Arm(asked(row), Set.of(), "anna"));
            case DISARM -> Trigger.of(new PanelCommand.Disarm("anna"));
            case ACKNOWLEDGE -> Trigger.of(new PanelCommand.Acknowledge("anna"));
            case OPENED, CLOSED, FOUND_OPEN, TROUBLED -> Trigger.of(row.cause(), sensor(row, from));
            case DELAY_OVER, REPEAT_DUE -> Trigger.of(row.cause());
        };
    }

    /** Away and night have an exit delay, home has none. */
    private static AlarmMode asked(Transition row) {
        if (row.guard() == Guard.SAME_MODE) {
            return AlarmMode.AWAY;
        }
        return row.guard() == Guard.EXIT_DELAY ? AlarmMode.NIGHT : AlarmMode.HOME;
    }

    private static PanelSensor sensor(Transition row, Phase from) {
        boolean isQuiet = from == Phase.DISARMED || from == Phase.ARMING;
        String id = switch (row.guard()) {
            case ALWAYS -> House.BOX;
            case LAST_DOOR, ENTRY_DELAY -> House.DOOR;
            case NEW -> from == Phase.PENDING ? House.HALL : House.WINDOW;
            case WATCHED -> isQuiet ? House.BOX : House.WINDOW;
            default -> House.WINDOW;
        };
        return House.SETTINGS.sensor(id).orElseThrow();
    }

    /** The state as it is once the sensor that did it has moved, with an incident where the row needs one. */
    static PanelState moved(PanelState state, Trigger trigger) {
        PanelSensor sensor = trigger.sensor();
        boolean isOpen = trigger.cause() == Cause.OPENED || trigger.cause() == Cause.FOUND_OPEN;
        return sensor == null || trigger.cause() == Cause.TROUBLED ? state : state.withPosition(sensor.id(), isOpen);
    }
}
