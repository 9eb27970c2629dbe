package io.github.reedgate.demo;

import io.github.reedgate.demo.World.Entry;
import io.github.reedgate.demo.World.Known;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Draws the board: the house, the panel, the broker and what happens on the left, the phone on the right, the keys below. Every row
 * has exactly the columns asked for, whatever the texts are. Pure: the same world has the same picture. Immutable.
 */
final class Picture {

    /** The board needs this many columns and rows; less is said so. */
    static final int COLUMNS = 80;

    static final int ROWS = 24;

    private static final int HOUSE_ROWS = 9;
    private static final int SMALL_ROWS = 4;
    private static final int TIME = 9;
    private static final List<String> KEYS = List.of(
            "o open   c close   b interference   w window   x cut or restore the broker",
            "a arm   d disarm   f disarm with a false code   q quit");

    private final Glyphs glyphs;
    private final int port;
    private final List<Row> invitation;

    /**
     * A drawer of boards.
     *
     * @param glyphs the characters that the terminal can show
     * @param port the broker's port
     * @param invitation how others can look on, each line with its tone; three lines at most are shown
     */
    Picture(Glyphs glyphs, int port, List<Row.Span> invitation) {
        this.glyphs = glyphs;
        this.port = port;
        this.invitation = invitation.stream()
                .limit(3)
                .map(span -> row(" " + span.text(), span.tone()))
                .toList();
    }

    static boolean fits(int columns, int rows) {
        return columns >= COLUMNS && rows >= ROWS;
    }

    /**
     * Draws a world.
     *
     * @param world what is to be seen
     * @param time the time of day, as it is shown
     * @param columns the terminal's, from 1
     * @param rows the terminal's, from 1
     * @return so many rows of so many columns each; if that is less than {@value #COLUMNS} by {@value #ROWS}, they say so
     */
    List<Row> rows(World world, String time, int columns, int rows) {
        if (!fits(columns, rows)) {
            return tooSmall(columns, rows);
        }
        int left = Math.max(39, columns * 45 / 100);
        int body = rows - 1 - invitation.size() - KEYS.size();
        List<Row> all = new ArrayList<>();
        all.add(title(world.known(), time, columns));
        all.addAll(beside(left(world, left, body), phone(world, columns - left, body)));
        all.addAll(invitation);
        KEYS.forEach(keys -> all.add(keys(keys)));
        return all.stream().map(row -> row.fit(columns)).toList();
    }

    private Row title(Known known, String time, int columns) {
        Row name = row(" reedgate demo", Tone.BOLD);
        Row what = known.isAlarm()
                ? row("  ALARM: press d to disarm", Tone.ALARM)
                : row("  A door moves, the phone knows.", Tone.DIM);
        return name.plus(what).fit(columns - time.length() - 1).plus(row(time + " ", Tone.DIM));
    }

    private List<Row> left(World world, int columns, int rows) {
        int panel = columns * 45 / 100;
        List<Row> all = new ArrayList<>(box("House", "", house(world), Tone.PLAIN, new Size(columns, HOUSE_ROWS)));
        all.addAll(beside(
                box("Panel", "", panel(world.known()), frame(world.known()), new Size(panel, SMALL_ROWS)),
                box("Broker", "", broker(world), Tone.PLAIN, new Size(columns - panel, SMALL_ROWS))));
        int left = rows - HOUSE_ROWS - SMALL_ROWS;
        List<Row> happened = lines(world.happened(), columns - 4, false);
        all.addAll(box(
                "What happens",
                "",
                happened.subList(Math.max(0, happened.size() - left + 2), happened.size()),
                Tone.PLAIN,
                new Size(columns, left)));
        return all;
    }

    private List<Row> house(World world) {
        Tone opened = world.known().isDisarmed() ? Tone.CALM : Tone.ALARM;
        List<Row> drawing = HouseDrawing.rows(world.house(), opened, glyphs);
        List<Row> names = List.of(
                Row.empty(),
                row("Front door", Tone.BOLD),
                position(world.house().isDoorOpen(), opened),
                Row.empty(),
                row("Kitchen window", Tone.BOLD),
                position(world.house().isWindowOpen(), opened),
                Row.empty());
        return beside(drawing, names);
    }

    private Row position(boolean isOpen, Tone opened) {
        return isOpen ? row("○ open", opened) : row("● closed", Tone.GOOD);
    }

    private List<Row> panel(Known known) {
        String state = known.panel().isEmpty() ? "not known" : World.spaced(known.panel());
        String key = known.isDisarmed() ? "a arms it" : "d disarms it";
        return List.of(row(state.toUpperCase(Locale.ROOT), Screen.panelTone(known.panel())), row(key, Tone.DIM));
    }

    private List<Row> broker(World world) {
        return world.house().isBrokerUp()
                ? List.of(row("● up, port " + port, Tone.GOOD), row("x cuts it", Tone.DIM))
                : List.of(row("○ down", Tone.WATCH), row("x restores it", Tone.DIM));
    }

    private static Tone frame(Known known) {
        return known.isAlarm() ? Tone.ALARM : Tone.PLAIN;
    }

    private List<Row> phone(World world, int columns, int rows) {
        int inner = columns - 4;
        Known known = world.known();
        List<Row> all = new ArrayList<>();
        all.add(fact("Front door", known.door(), sensorTone(known, known.door())));
        all.add(fact("Kitchen window", known.window(), sensorTone(known, known.window())));
        all.add(fact("Panel", World.spaced(known.panel()), Screen.panelTone(known.panel())));
        all.add(fact("Gateway", known.gateway(), known.gateway().equals("online") ? Tone.GOOD : Tone.WATCH));
        String heading = glyphs.shown("── Notifications ");
        all.add(row(heading, Tone.DIM).plus(row("─".repeat(inner - Columns.of(heading)), Tone.DIM)));
        List<Row> notifications = lines(world.notifications(), inner, true);
        int room = rows - 2 - all.size();
        boolean allFit = notifications.size() <= room;
        all.addAll(notifications.subList(0, allFit ? notifications.size() : room - 1));
        if (!allFit) {
            all.add(row("… older ones below", Tone.DIM));
        }
        String connected = world.house().isBrokerUp() ? world.messages() + " messages" : "no connection";
        Tone frame = world.house().isBrokerUp() ? frame(known) : Tone.WATCH;
        return box("Phone", connected, all, frame, new Size(columns, rows));
    }

    private Row fact(String name, String value, Tone tone) {
        return row(Columns.pad(name, 17), Tone.PLAIN).plus(row(value.isEmpty() ? "?" : value, tone));
    }

    private static Tone sensorTone(Known known, String state) {
        return switch (state) {
            case "closed" -> Tone.GOOD;
            case "open" -> known.isDisarmed() ? Tone.CALM : Tone.ALARM;
            default -> Tone.WATCH;
        };
    }

    /** The entries with their times, broken to the columns; the newest comes first or last. */
    private List<Row> lines(List<Entry> entries, int columns, boolean isNewestFirst) {
        List<Row> rows = new ArrayList<>();
        for (Entry entry : entries) {
            List<Row> ofOne = new ArrayList<>();
            String time = entry.time();
            for (String part : Columns.wrap(glyphs.shown(entry.text()), columns - TIME)) {
                ofOne.add(row(Columns.pad(time, TIME), Tone.DIM).plus(row(part, entry.tone())));
                time = "";
            }
            rows.addAll(isNewestFirst ? 0 : rows.size(), ofOne);
        }
        return rows;
    }

    private List<Row> tooSmall(int columns, int rows) {
        List<Row> all = new ArrayList<>();
        Columns.wrap(
                        "The board needs 80 columns and 24 rows; this terminal has " + columns + " and " + rows
                                + ". Enlarge it; q quits.",
                        Math.max(2, columns))
                .forEach(part -> all.add(row(part, Tone.BOLD)));
        while (all.size() < rows) {
            all.add(Row.empty());
        }
        return all.subList(0, rows).stream().map(row -> row.fit(columns)).toList();
    }

    /** A key is bold, what it does is not. */
    private Row keys(String keys) {
        Row row = Row.of(" ", Tone.PLAIN);
        for (String key : keys.split(" {3}", -1)) {
            row = row.plus(row(key.substring(0, 1), Tone.BOLD)).plus(row(key.substring(1) + "   ", Tone.DIM));
        }
        return row;
    }

    /**
     * How large a box is, its frame included.
     *
     * @param columns from 4
     * @param rows from 2
     */
    private record Size(int columns, int rows) {}

    private List<Row> box(String title, String note, List<Row> content, Tone frame, Size size) {
        int inner = size.columns() - 4;
        String end = note.isEmpty() ? "─╮" : " " + note + " ─╮";
        String head = "╭─ " + title + " ";
        int rest = size.columns() - Columns.of(head) - Columns.of(end);
        List<Row> all = new ArrayList<>();
        all.add(row(head + "─".repeat(Math.max(0, rest)) + end, frame).fit(size.columns()));
        for (int i = 0; i < size.rows() - 2; i++) {
            Row inside = i < content.size() ? content.get(i) : Row.empty();
            all.add(row("│ ", frame).plus(inside.fit(inner)).plus(row(" │", frame)));
        }
        all.add(row("╰" + "─".repeat(size.columns() - 2) + "╯", frame));
        return all;
    }

    private static List<Row> beside(List<Row> left, List<Row> right) {
        List<Row> all = new ArrayList<>();
        for (int i = 0; i < Math.min(left.size(), right.size()); i++) {
            all.add(left.get(i).plus(right.get(i)));
        }
        return all;
    }

    private Row row(String text, Tone tone) {
        return Row.of(glyphs.shown(text), tone);
    }
}
