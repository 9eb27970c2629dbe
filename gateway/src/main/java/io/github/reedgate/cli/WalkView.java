package io.github.reedgate.cli;

import io.github.reedgate.event.ClockText;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Shows a walk test: a line for each move as it is seen and, on a terminal, below them those not yet moved, drawn anew each
 * time. Owned by one thread.
 */
final class WalkView {

    private static final int MOST_NAMED = 15;
    private static final int ROW_INDENT = 4;
    private static final int MOVE_INDENT = 10;

    private final PrintWriter out;
    private final Look look;
    private final ZoneId zone;
    private final Map<String, WalkProgress.Walked> shown = new HashMap<>();
    private int drawn;

    /**
     * A view that has shown nothing.
     *
     * @param out where
     * @param look how
     * @param zone of the times shown
     */
    WalkView(PrintWriter out, Look look, ZoneId zone) {
        this.out = out;
        this.look = look;
        this.zone = zone;
    }

    /**
     * How it is shown.
     *
     * @param isTerminal whether lines can be drawn anew
     * @param rings whether the bell is rung with each move
     */
    record Look(boolean isTerminal, boolean rings) {}

    /** Shows what is new. */
    void show(WalkProgress progress) {
        List<Line> lines = new ArrayList<>();
        for (WalkProgress.Walked now : progress.sensors()) {
            WalkProgress.Walked before = shown.put(now.id(), now);
            lines.addAll(news(before, now));
        }
        if (lines.isEmpty() && drawn > 0) {
            return;
        }
        erase();
        lines.sort(Comparator.comparing(Line::at));
        lines.forEach(line -> Folded.print(out, line.text(), MOVE_INDENT));
        if (!lines.isEmpty() && look.isTerminal() && look.rings()) {
            Printer.painted(out, "\u0007");
        }
        if (look.isTerminal()) {
            draw(progress.missing());
        } else if (lines.stream().anyMatch(Line::isDone)) {
            out.println(progress.missing().size() + " not yet moved");
        }
        out.flush();
    }

    /** Shows what came of it, those not moved last. */
    void end(WalkProgress progress, String why) {
        erase();
        List<WalkProgress.Walked> missing = progress.missing();
        int all = progress.sensors().size();
        Folded.print(
                out,
                missing.isEmpty()
                        ? "all " + all + " sensors were moved and seen"
                        : why + ": " + (all - missing.size()) + " of " + all + " sensors moved; not moved:",
                2);
        missing.stream().map(WalkView::row).flatMap(this::folded).forEach(out::println);
        out.flush();
    }

    /** A line about one move. */
    private record Line(Instant at, String text, boolean isDone) {

        Line works() {
            return new Line(at, text + ": works", true);
        }
    }

    /** The moves of one sensor that are new, in their order. */
    private List<Line> news(WalkProgress.@Nullable Walked before, WalkProgress.Walked now) {
        List<Line> lines = new ArrayList<>();
        line(now, "opened", before == null ? null : before.opened(), now.opened())
                .ifPresent(lines::add);
        line(now, "closed", before == null ? null : before.closed(), now.closed())
                .ifPresent(lines::add);
        lines.sort(Comparator.comparing(Line::at));
        if (now.isDone() && (before == null || !before.isDone())) {
            lines.add(lines.remove(lines.size() - 1).works());
        }
        return lines;
    }

    private Optional<Line> line(
            WalkProgress.Walked sensor, String verb, @Nullable Instant before, @Nullable Instant now) {
        return now == null || now.equals(before)
                ? Optional.empty()
                : Optional.of(new Line(
                        now,
                        ClockText.clock(now, zone) + "  " + sensor.id() + "  " + sensor.name() + " " + verb,
                        false));
    }

    private void draw(List<WalkProgress.Walked> missing) {
        List<String> rows = new ArrayList<>();
        rows.add(missing.size() + " not yet moved" + (missing.isEmpty() ? "" : ":"));
        missing.stream().limit(MOST_NAMED).forEach(sensor -> rows.add(row(sensor)));
        if (missing.size() > MOST_NAMED) {
            rows.add("  and " + (missing.size() - MOST_NAMED) + " more");
        }
        List<String> lines = rows.stream().flatMap(this::folded).toList();
        lines.forEach(out::println);
        drawn = lines.size();
    }

    private static String row(WalkProgress.Walked sensor) {
        String half = sensor.opened() == null
                ? sensor.closed() == null ? "" : ", closed, not yet opened"
                : ", opened, not yet closed";
        return "  " + sensor.id() + "  " + sensor.name() + " (" + sensor.state() + ")" + half;
    }

    private Stream<String> folded(String row) {
        return Folded.lines(row, Printer.columns(out), ROW_INDENT).stream();
    }

    private void erase() {
        if (drawn > 0) {
            // from the first column, for the terminal has perhaps written ^C behind the last row
            Printer.painted(out, "\r\u001b[" + drawn + "A\u001b[J");
            drawn = 0;
        }
    }
}
