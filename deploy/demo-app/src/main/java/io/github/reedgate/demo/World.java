package io.github.reedgate.demo;

import io.github.reedgate.demo.Arrival.SeenEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Everything that the board shows, at one moment. Immutable; what happens makes a new one.
 *
 * @param house the house as it is
 * @param known the house as the phone knows it
 * @param happened what happened in the house, the newest last; at most {@value #MOST_LINES}
 * @param notifications what the phone was told, the newest last; at most {@value #MOST_LINES}
 * @param messages how many messages the phone got
 */
record World(HouseNow house, Known known, List<Entry> happened, List<Entry> notifications, int messages) {

    private static final int MOST_LINES = 200;

    /** The topics of the states say the same, or the alarm line does. */
    private static final Set<String> NOT_SHOWN =
            Set.of("opened", "closed", "arming", "armed", "pending", "triggered", "disarmed", "started");

    /** Copies the lists. */
    World {
        happened = newest(happened);
        notifications = newest(notifications);
    }

    /**
     * The house, whether or not anybody is told.
     *
     * @param isDoorOpen the front door
     * @param isWindowOpen the kitchen window
     * @param isBrokerUp whether the broker runs
     */
    record HouseNow(boolean isDoorOpen, boolean isWindowOpen, boolean isBrokerUp) {}

    /**
     * What the phone was told last, in the words of the topics; empty text if it was told nothing yet.
     *
     * @param door the front door's state
     * @param window the kitchen window's state
     * @param panel the panel's state
     * @param gateway the gateway's availability
     */
    record Known(String door, String window, String panel, String gateway) {

        boolean isDisarmed() {
            return panel.isEmpty() || panel.equals("disarmed");
        }

        boolean isAlarm() {
            return panel.equals("triggered");
        }
    }

    /**
     * A line with its time.
     *
     * @param time as it is shown
     * @param text what happened
     * @param tone what that means
     */
    record Entry(String time, String text, Tone tone) {}

    /** The house with everything closed, of which the phone knows nothing. */
    static World atFirst() {
        return new World(new HouseNow(false, false, true), new Known("", "", "", ""), List.of(), List.of(), 0);
    }

    private static List<Entry> newest(List<Entry> entries) {
        return List.copyOf(entries.subList(Math.max(0, entries.size() - MOST_LINES), entries.size()));
    }

    World with(HouseNow now) {
        return new World(now, known, happened, notifications, messages);
    }

    /** Returns the world after something happened in the house. */
    World did(String time, String text, Tone tone) {
        return new World(house, known, and(happened, new Entry(time, text, tone)), notifications, messages);
    }

    /** Returns the world after the phone got a message. */
    World got(String time, Arrival arrival) {
        World more = new World(house, known, happened, notifications, messages + 1);
        String payload = arrival.payload();
        if (arrival.endsWith("alarm")) {
            return known.isDisarmed()
                    ? more.told(time, payload, Tone.CALM)
                    : more.told(time, "ALARM " + payload, Tone.ALARM);
        } else if (arrival.endsWith("panel/state")) {
            return more.panel(time, payload);
        } else if (arrival.endsWith("panel/reply")) {
            return more.told(time, "You: " + Screen.words(arrival.reply()), Tone.BOLD);
        } else if (arrival.endsWith(House.DOOR + "/state")) {
            return more.knows(new Known(payload, known.window, known.panel, known.gateway))
                    .moved(time, "Front door", payload, known.door);
        } else if (arrival.endsWith(House.WINDOW + "/state")) {
            return more.knows(new Known(known.door, payload, known.panel, known.gateway))
                    .moved(time, "Kitchen window", payload, known.window);
        } else if (arrival.endsWith("availability")) {
            return more.gateway(time, payload);
        }
        return arrival.endsWith("event") ? more.event(time, arrival.event()) : more;
    }

    private World knows(Known now) {
        return new World(house, now, happened, notifications, messages);
    }

    private World told(String time, String text, Tone tone) {
        return new World(house, known, happened, and(notifications, new Entry(time, text, tone)), messages);
    }

    private World panel(String time, String state) {
        World now = knows(new Known(known.door, known.window, state, known.gateway));
        return state.equals(known.panel) || known.panel.isEmpty()
                ? now
                : now.told(time, "Panel: " + spaced(state), Screen.panelTone(state));
    }

    private World gateway(String time, String availability) {
        World now = knows(new Known(known.door, known.window, known.panel, availability));
        return availability.equals(known.gateway) || known.gateway.isEmpty()
                ? now
                : now.told(time, "Gateway " + availability, Tone.WATCH);
    }

    /** What opens while the panel watches comes with an alarm line of its own, and so does the front door at any time. */
    private World moved(String time, String name, String state, String before) {
        boolean isOpen = state.equals("open");
        boolean hasAlarmLine = isOpen && (name.equals("Front door") || !known.isDisarmed());
        if (before.isEmpty() || state.equals(before) || hasAlarmLine) {
            return this;
        }
        return told(time, name + " " + state, isOpen ? Tone.CALM : Tone.DIM);
    }

    private World event(String time, SeenEvent event) {
        if (NOT_SHOWN.contains(event.type())) {
            return this;
        }
        return told(time, "Event: " + spaced(event.type()) + Screen.tries(event), Tone.DIM);
    }

    static String spaced(String word) {
        return word.toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static List<Entry> and(List<Entry> entries, Entry more) {
        List<Entry> all = new ArrayList<>(entries);
        all.add(more);
        return all;
    }
}
