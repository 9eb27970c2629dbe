package io.github.reedgate.sim;

import java.util.Locale;

/**
 * What a simulated switch looks like at one moment. Immutable.
 *
 * @param name its name
 * @param offset its line's offset
 * @param position where the door really is
 * @param level the line's level
 * @param fault what is wrong with the contact
 * @param deaf whether level changes are kept from the listener
 * @param throwing what its line throws
 * @param edgesSent edges delivered so far
 */
public record SwitchStatus(
        String name,
        int offset,
        DoorPosition position,
        LineLevel level,
        Fault fault,
        boolean deaf,
        Throwing throwing,
        long edgesSent) {

    /** One JSON object on one line. */
    public String json() {
        return "{\"name\":\"" + name + "\",\"line\":" + offset + ",\"position\":\"" + lower(position)
                + "\",\"level\":\"" + lower(level) + "\",\"fault\":\"" + lower(fault) + "\",\"deaf\":" + deaf
                + ",\"throws\":\"" + throwing.word() + "\""
                + ",\"edges_sent\":" + edgesSent + "}";
    }

    /** One row of a table whose columns are those of {@link #header}. */
    public String row() {
        return String.format(
                Locale.ROOT,
                "%-32s %4d  %-8s  %-5s  %-12s  %-4s  %-10s  %10d",
                name,
                offset,
                lower(position),
                lower(level),
                lower(fault),
                deaf ? "yes" : "no",
                throwing.word(),
                edgesSent);
    }

    /** The heading over {@link #row}s. */
    public static String header() {
        return String.format(
                Locale.ROOT,
                "%-32s %4s  %-8s  %-5s  %-12s  %-4s  %-10s  %10s",
                "name",
                "line",
                "position",
                "level",
                "fault",
                "deaf",
                "throws",
                "edges sent");
    }

    private static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
