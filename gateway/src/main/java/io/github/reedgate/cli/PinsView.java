package io.github.reedgate.cli;

import io.github.reedgate.setup.HeaderPin;
import io.github.reedgate.setup.LineActivity;
import io.github.reedgate.setup.PinsWatch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * What {@code reedgate pins} shows: the header as it is, with what each line does beside its pin. 79 characters wide and,
 * with the head, 22 lines high, so that it fits a terminal of 80 by 24. Stateless but for the names.
 */
final class PinsView {

    private static final String LEFT = "%7s %5s %5s %5s  %6s %2s";
    private static final String RIGHT = "%-2s %-6s  %-5s %5s %5s %7s";

    private final Map<Integer, String> names;

    /** A view in which lines have names, perhaps none. */
    PinsView(Map<Integer, String> names) {
        this.names = Map.copyOf(names);
    }

    /** The columns that the picture of the header takes. */
    static final int WIDTH = 79;

    /**
     * The header.
     *
     * @param columns how wide it may be; below {@value #WIDTH} it is a list of the GPIO lines, 35 columns wide
     */
    List<String> header(PinsWatch watch, int columns) {
        return columns < WIDTH ? list(watch) : picture(watch);
    }

    private List<String> list(PinsWatch watch) {
        List<String> lines = new ArrayList<>();
        lines.add(String.format(Locale.ROOT, RIGHT, "", "", "level", "edges", "moves", "bounce"));
        for (int pin = 1; pin <= HeaderPin.COUNT; pin++) {
            if (HeaderPin.line(pin).isPresent()) {
                lines.add(right(pin, watch).stripTrailing());
            }
        }
        return lines;
    }

    private List<String> picture(PinsWatch watch) {
        List<String> lines = new ArrayList<>();
        lines.add(String.format(Locale.ROOT, LEFT, "bounce", "moves", "edges", "level", "", "")
                + "     "
                + String.format(Locale.ROOT, RIGHT, "", "", "level", "edges", "moves", "bounce"));
        for (int pin = 1; pin < HeaderPin.COUNT; pin += 2) {
            lines.add((left(pin, watch) + " ┃ " + right(pin + 1, watch)).stripTrailing());
        }
        return lines;
    }

    private String left(int pin, PinsWatch watch) {
        Cells cells = cells(pin, watch);
        return String.format(
                Locale.ROOT, LEFT, cells.bounce, cells.moves, cells.edges, cells.level, HeaderPin.label(pin), pin);
    }

    private String right(int pin, PinsWatch watch) {
        Cells cells = cells(pin, watch);
        return String.format(
                Locale.ROOT, RIGHT, pin, HeaderPin.label(pin), cells.level, cells.edges, cells.moves, cells.bounce);
    }

    /** What stands beside a pin. */
    private record Cells(String level, String edges, String moves, String bounce) {

        private static final Cells NONE = new Cells("", "", "", "");
    }

    private static Cells cells(int pin, PinsWatch watch) {
        OptionalInt line = HeaderPin.line(pin);
        if (line.isEmpty()) {
            return Cells.NONE;
        }
        LineActivity activity = watch.watched().get(line.getAsInt());
        if (activity == null) {
            return watch.refused().containsKey(line.getAsInt()) ? new Cells("busy", "", "", "") : Cells.NONE;
        }
        String level = activity.level().map(Enum::name).orElse("?");
        return new Cells(
                level,
                String.valueOf(activity.edges()),
                String.valueOf(activity.moves()),
                activity.moves() == 0 ? "" : millis(activity.longest()));
    }

    /** One movement as a line of text. */
    String line(LineActivity.Moved moved) {
        String name = names.getOrDefault(moved.line(), "");
        String place =
                "line " + moved.line() + " (pin " + HeaderPin.of(moved.line()).orElse(0) + ")";
        String bounced = moved.edges() == 1 ? "1 edge, no bounce" : moved.edges() + " edges in " + millis(moved.took());
        return (name.isEmpty() ? place : name + ", " + place) + " went " + moved.level() + ", " + bounced;
    }

    /** All lines for programs. */
    List<Map<String, @Nullable Object>> json(PinsWatch watch) {
        List<Map<String, @Nullable Object>> all = new ArrayList<>();
        for (int line = 0; line < HeaderPin.LINES; line++) {
            LineActivity activity = watch.watched().get(line);
            String refusal = watch.refused().get(line);
            if (activity != null || refusal != null) {
                all.add(json(line, activity, refusal));
            }
        }
        return all;
    }

    private Map<String, @Nullable Object> json(int line, @Nullable LineActivity activity, @Nullable String refusal) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("line", line);
        json.put("header_pin", HeaderPin.of(line).orElse(0));
        if (names.containsKey(line)) {
            json.put("sensor", names.get(line));
        }
        if (activity == null) {
            json.put("error", refusal);
            return json;
        }
        json.put(
                "level",
                activity.level()
                        .map(level -> level.name().toLowerCase(Locale.ROOT))
                        .orElse(null));
        json.put("edges", activity.edges());
        json.put("moves", activity.moves());
        json.put("bounces", activity.bounces());
        json.put("glitches", activity.glitches());
        json.put("missed_edges", activity.missed());
        json.put("longest_bounce_ms", Math.round(activity.longest().toNanos() / 1e3) / 1e3);
        return json;
    }

    /** Milliseconds with a digit behind the point: {@code 3.1ms}. */
    private static String millis(Duration duration) {
        return String.format(Locale.ROOT, "%.1fms", duration.toNanos() / 1e6);
    }
}
