package io.github.reedgate.demo;

import java.io.PrintWriter;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;

/**
 * Two columns that grow downwards: on the left what happens in the house, on the right what the phone gets. 80
 * characters wide. Safe for use by any thread.
 */
final class Scroll implements Board {

    private static final int LEFT = 37;
    private static final int RIGHT = 40;
    private static final int TIME = 11;
    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("mm:ss.SSS");

    private final PrintWriter out;
    private final Paint paint;
    private final Glyphs glyphs;
    private final List<Runnable> early = new ArrayList<>(); // guarded by this
    private boolean open; // guarded by this

    /**
     * Columns without anything in them.
     *
     * @param out where they go; flushed after each line
     * @param paint the colours
     * @param glyphs the characters that can be shown
     */
    Scroll(PrintWriter out, Paint paint, Glyphs glyphs) {
        this.out = out;
        this.paint = paint;
        this.glyphs = glyphs;
    }

    @Override
    public Paint paint() {
        return paint;
    }

    /** Opens the columns; what came for them before follows at once. */
    synchronized void heading() {
        open = true;
        say("");
        say(paint.bold(Columns.pad("in the house", LEFT)) + " │ " + paint.bold("what the phone gets"));
        say("─".repeat(LEFT) + "─┼─" + "─".repeat(RIGHT - 1));
        early.forEach(Runnable::run);
        early.clear();
    }

    @Override
    public synchronized void left(String text, Tone tone) {
        String time = now();
        whenOpen(() -> sayLeft(time, glyphs.shown(text), tone));
    }

    private void sayLeft(String now, String text, Tone tone) {
        String time = now;
        for (String part : Columns.wrap(text, LEFT - TIME)) {
            say(paint.dim(Columns.pad(time, TIME)) + paint.tone(tone, Columns.pad(part, LEFT - TIME)) + " │");
            time = "";
        }
    }

    @Override
    public void arrived(Arrival arrival) {
        Screen.line(arrival).ifPresent(line -> right(line.text(), line.tone()));
    }

    private synchronized void right(String text, Tone tone) {
        String time = now();
        whenOpen(() -> sayRight(time, glyphs.shown(text), tone));
    }

    private void sayRight(String now, String text, Tone tone) {
        String time = now;
        for (String part : Columns.wrap(text, RIGHT - TIME)) {
            say(" ".repeat(LEFT) + " │ " + paint.dim(Columns.pad(time, TIME)) + paint.tone(tone, part));
            time = "";
        }
    }

    @Override
    public synchronized void across(String text) {
        say(text);
    }

    @Override
    public synchronized void chapter(String title) {
        say(" ".repeat(LEFT) + " │");
        say(paint.bold(Columns.pad(title, LEFT)) + " │");
    }

    @Override
    public void help(List<String> keys) {
        keys.forEach(line -> across(paint.dim(line)));
    }

    private void whenOpen(Runnable print) {
        if (open) {
            print.run();
        } else {
            early.add(print);
        }
    }

    private void say(String line) {
        out.println(glyphs.drawn(line.stripTrailing()));
        out.flush();
    }

    private static String now() {
        return LocalTime.now(ZoneId.systemDefault()).format(CLOCK);
    }
}
