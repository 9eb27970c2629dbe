package io.github.reedgate.demo;

import java.io.PrintWriter;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * The board on a terminal: its second screen, so that what was there before is there again in the end. A thread of its own draws
 * what has changed, and looks twice a second whether the terminal has another size. Safe for use by any thread.
 */
final class FullScreen implements Board, AutoCloseable {

    private static final int LOOK_AGAIN_MILLIS = 500;
    private static final String CLEAR = "\033[0m\033[2J";
    private static final String ENTER = "\033[?1049h\033[?25l\033[?7l" + CLEAR;
    private static final String LEAVE = "\033[0m\033[?7h\033[?25h\033[?1049l";
    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm:ss");

    private final PrintWriter out;
    private final Paint paint;
    private final Glyphs glyphs;
    private final List<String> lastWords = new ArrayList<>(); // guarded by this
    private List<String> drawn = List.of(); // guarded by this
    private World world = World.atFirst(); // guarded by this
    private TerminalSize size; // guarded by this
    private boolean open; // guarded by this
    private boolean changed; // guarded by this

    /**
     * A board that is not shown yet.
     *
     * @param out the terminal
     * @param paint the colours
     * @param glyphs the characters that can be shown
     * @param size how large the terminal is now
     */
    FullScreen(PrintWriter out, Paint paint, Glyphs glyphs, TerminalSize size) {
        this.out = out;
        this.paint = paint;
        this.glyphs = glyphs;
        this.size = size;
    }

    /** Takes the terminal and draws from now on. Gives it back when it is closed, or when the process is told to end. */
    synchronized void show(Picture picture) {
        open = true;
        Runtime.getRuntime().addShutdownHook(new Thread(this::close, "screen-end"));
        print(ENTER);
        Thread painter = new Thread(() -> paintAlways(picture), "painter");
        painter.setDaemon(true);
        painter.start();
    }

    @Override
    public Paint paint() {
        return paint;
    }

    @Override
    public void left(String text, Tone tone) {
        change(before -> before.did(now(), text, tone));
    }

    @Override
    public void arrived(Arrival arrival) {
        change(before -> before.got(now(), arrival));
    }

    /** Has no place on the board: it is printed before or after it. */
    @Override
    public synchronized void across(String text) {
        if (open) {
            lastWords.add(text);
        } else {
            print(glyphs.drawn(text) + System.lineSeparator());
        }
    }

    @Override
    public void chapter(String title) {
        left(title, Tone.BOLD);
    }

    /** The keys are on the board. So this draws all of it again, in case that something else has written over it. */
    @Override
    public synchronized void help(List<String> keys) {
        drawn = List.of();
        changed = true;
        notifyAll();
    }

    @Override
    public void house(World.HouseNow now) {
        change(before -> before.with(now));
    }

    private synchronized void change(UnaryOperator<World> by) {
        world = by.apply(world);
        changed = true;
        notifyAll();
    }

    private void paintAlways(Picture picture) {
        try {
            long lookAt = System.nanoTime() + LOOK_AGAIN_MILLIS * 1_000_000L;
            while (paintOnce(picture)) {
                if (System.nanoTime() - lookAt >= 0) {
                    TerminalSize.ask().ifPresent(this::resize);
                    lookAt = System.nanoTime() + LOOK_AGAIN_MILLIS * 1_000_000L;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void resize(TerminalSize now) {
        if (!now.equals(size)) {
            size = now;
            drawn = List.of();
            print(CLEAR);
        }
    }

    /** Draws the rows that have changed, and waits for another change; false once the terminal was given back. */
    private synchronized boolean paintOnce(Picture picture) throws InterruptedException {
        if (!open) {
            return false;
        }
        List<String> rows = picture.rows(world, now(), size.columns(), size.rows()).stream()
                .map(row -> row.painted(paint))
                .toList();
        StringBuilder changes = new StringBuilder();
        for (int i = 0; i < rows.size(); i++) {
            if (i >= drawn.size() || !rows.get(i).equals(drawn.get(i))) {
                changes.append("\033[").append(i + 1).append(";1H").append(rows.get(i));
            }
        }
        drawn = rows;
        print(changes.toString());
        awaitChange();
        return open;
    }

    private synchronized void awaitChange() throws InterruptedException {
        long until = System.nanoTime() + LOOK_AGAIN_MILLIS * 1_000_000L;
        long left = LOOK_AGAIN_MILLIS;
        while (open && !changed && left > 0) {
            wait(left);
            left = (until - System.nanoTime()) / 1_000_000;
        }
        changed = false;
    }

    private void print(String text) {
        out.print(text);
        out.flush();
    }

    private static String now() {
        return LocalTime.now(ZoneId.systemDefault()).format(CLOCK);
    }

    /** Gives the terminal back as it was, and prints what had no place on the board. May be called again. */
    @Override
    public synchronized void close() {
        if (open) {
            open = false;
            print(LEAVE);
            lastWords.forEach(this::across);
            notifyAll();
        }
    }
}
