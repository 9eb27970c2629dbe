package io.github.reedgate.wizard.host;

import io.github.reedgate.doctor.LineOpener;
import io.github.reedgate.line.Level;
import io.github.reedgate.line.LineException;
import io.github.reedgate.line.LineSource;
import io.github.reedgate.line.Pull;
import io.github.reedgate.setup.HeaderPin;
import io.github.reedgate.setup.LineActivity;
import io.github.reedgate.setup.PinsWatch;
import io.github.reedgate.wizard.Outcome;
import io.github.reedgate.wizard.Outcome.Part;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Watches the header until a line moves. Used by one thread; blocks for a minute at most. */
public final class HeaderWatch {

    /** How long a person has to move a door. */
    static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final Duration LISTEN_FIRST = Duration.ofMillis(800);
    private static final Duration TOGETHER = Duration.ofMillis(600);
    private static final int FIRST_LINE = 2;
    private static final int RESTLESS_EDGES = 3;
    private static final int CHATTER_EDGES = 24;
    private static final int CHATTER_MOVES = 3;

    private final LineOpener lines;
    private final LongSupplier nanoTime;
    private final Keys keys;
    private @Nullable Opened opened;

    /** The port to the keyboard while something else is awaited. */
    public interface Keys {

        /** Nothing, for how long nothing was typed. */
        enum Pressed {
            /** No key. */
            NONE,
            /** A key, which is part of the next answer. */
            SOME,
            /** Enter. */
            ENTER,
            /** The person leaves. */
            LEFT
        }

        /** Waits for a key for a moment, about 20 ms. */
        Pressed await() throws InterruptedException;
    }

    /** Watches lines. */
    public HeaderWatch(LineOpener lines, LongSupplier nanoTime, Keys keys) {
        this.lines = lines;
        this.nanoTime = nanoTime;
        this.keys = keys;
    }

    /** Lines that are open already. */
    private record Opened(LineSource source, PinsWatch watch) implements AutoCloseable {

        @Override
        public void close() {
            source.close();
        }
    }

    /** Opens the lines for {@link #opening}. A failure shows there. */
    void prepareOpening(Set<Integer> leftOut, Pull pull) {
        prepare(free(leftOut), pull);
    }

    /** Opens the line for {@link #closing}. A failure shows there. */
    void prepareClosing(int line, Pull pull) {
        prepare(List.of(line), pull);
    }

    private void prepare(List<Integer> wanted, Pull pull) {
        try {
            opened = open(wanted, pull);
        } catch (LineException e) {
            opened = null;
        }
    }

    private Opened open(List<Integer> wanted, Pull pull) throws LineException {
        LineSource source = lines.open();
        return new Opened(source, new PinsWatch(source, wanted, pull));
    }

    /** Until a line of the header moves that is not left out. */
    Outcome opening(Set<Integer> leftOut, Pull pull) throws InterruptedException {
        return watched(free(leftOut), pull);
    }

    private static List<Integer> free(Set<Integer> leftOut) {
        return IntStream.range(FIRST_LINE, HeaderPin.LINES)
                .filter(line -> !leftOut.contains(line))
                .boxed()
                .toList();
    }

    /** Until this line moves. */
    Outcome closing(int line, Pull pull) throws InterruptedException {
        return watched(List.of(line), pull);
    }

    private Outcome watched(List<Integer> wanted, Pull pull) throws InterruptedException {
        Opened ready = opened;
        opened = null;
        try (Opened now = ready == null ? open(wanted, pull) : ready) {
            PinsWatch watch = now.watch();
            if (watch.watched().isEmpty()) {
                String why = watch.refused().values().stream().findFirst().orElse("there is none");
                return noLine("no line can be watched: " + why);
            }
            return until(watch);
        } catch (LineException e) {
            return noLine(String.valueOf(e.getMessage()));
        }
    }

    private static Outcome noLine(String why) {
        return new Outcome.Wrong(
                Part.OTHER, why, "type where the switch is wired; sudo reedgate doctor finds out more about the lines");
    }

    private Outcome until(PinsWatch watch) throws InterruptedException {
        long begunNanos = nanoTime.getAsLong();
        Set<Integer> restless = new TreeSet<>();
        Map<Integer, Long> edgesBefore = new HashMap<>();
        List<LineActivity.Moved> moved = new ArrayList<>();
        while (nanoTime.getAsLong() - begunNanos < PATIENCE.toNanos()) {
            long nowNanos = nanoTime.getAsLong();
            List<LineActivity.Moved> now = watch.look(nowNanos);
            if (nowNanos - begunNanos < LISTEN_FIRST.toNanos()) {
                restless(watch, restless, edgesBefore);
            }
            now.stream()
                    .filter(each -> each.atNanos() - begunNanos >= LISTEN_FIRST.toNanos())
                    .filter(each -> !restless.contains(each.line()))
                    .forEach(moved::add);
            int loose = loose(watch, restless, edgesBefore, moved);
            if (loose >= 0) {
                return new Outcome.Chattered(loose);
            }
            if (!moved.isEmpty() && nowNanos - moved.get(0).atNanos() >= TOGETHER.toNanos()) {
                return together(moved, watch);
            }
            Keys.Pressed pressed = keys.await();
            if (pressed != Keys.Pressed.NONE) {
                return meant(pressed);
            }
        }
        return new Outcome.Still(List.copyOf(restless));
    }

    /** What a key means that was pressed instead. */
    static Outcome meant(Keys.Pressed pressed) {
        return pressed == Keys.Pressed.LEFT ? new Outcome.Left() : new Outcome.Typed(pressed == Keys.Pressed.ENTER);
    }

    /** A line that changes again and again before anybody could have moved a door. */
    private static void restless(PinsWatch watch, Set<Integer> restless, Map<Integer, Long> before) {
        watch.watched().forEach((line, activity) -> {
            before.put(line, activity.edges());
            if (activity.edges() >= RESTLESS_EDGES) {
                restless.add(line);
            }
        });
    }

    private static int loose(
            PinsWatch watch, Set<Integer> restless, Map<Integer, Long> before, List<LineActivity.Moved> moved) {
        for (LineActivity activity : watch.watched().values()) {
            int line = activity.line();
            long edges = activity.edges() - before.getOrDefault(line, 0L);
            long moves = moved.stream().filter(each -> each.line() == line).count();
            if (!restless.contains(line) && (edges >= CHATTER_EDGES || moves >= CHATTER_MOVES)) {
                return line;
            }
        }
        return -1;
    }

    private static Outcome together(List<LineActivity.Moved> moved, PinsWatch watch) {
        List<Integer> which =
                moved.stream().map(LineActivity.Moved::line).distinct().toList();
        LineActivity first = watch.watched().get(which.get(0));
        Level level = first == null
                ? moved.get(0).level()
                : first.level().orElse(moved.get(0).level());
        return new Outcome.Moved(which, level);
    }
}
