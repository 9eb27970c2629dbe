package io.github.reedgate.app;

import io.github.reedgate.contact.Position;
import io.github.reedgate.core.SensorState;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** How the gateway is, in one line for people: {@code front_door closed; broker connected; 0 waiting}. */
final class StatusLine {

    /** With more sensors than this, the closed ones are counted instead of named. */
    private static final int MOST_NAMED = 4;

    private StatusLine() {}

    /**
     * The line.
     *
     * @param ids the sensors' ids, in the order of their states
     * @param states the sensors
     * @param connected whether there is a connection to the broker
     * @param waiting how many messages wait for it
     */
    static String of(List<String> ids, List<SensorState> states, boolean connected, int waiting) {
        List<String> parts = new ArrayList<>();
        int closed = 0;
        for (int i = 0; i < ids.size(); i++) {
            String state = word(states.get(i));
            if (ids.size() > MOST_NAMED && state.equals("closed")) {
                closed++;
            } else {
                parts.add(ids.get(i) + " " + state);
            }
        }
        if (closed > 0) {
            parts.add(parts.isEmpty() ? "all " + closed + " closed" : closed + " others closed");
        }
        return String.join(", ", parts)
                + (connected ? "; broker connected; " : "; broker not connected; ")
                + waiting + " waiting";
    }

    private static String word(SensorState state) {
        Position position = state.told().position();
        return position == null || state.trust().unreadable() != null
                ? "unknown"
                : position.name().toLowerCase(Locale.ROOT);
    }
}
