package io.github.reedgate.setup;

import io.github.reedgate.line.Level;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What one line did while it was watched: edges that follow each other closely are one movement of a switch and its bounces. A
 * movement is over when nothing came for {@link #QUIET}; if the level is then another one than before, it counts as a move,
 * else as a glitch. Pure: time is an argument, in monotonic nanoseconds. Owned by one thread.
 */
public final class LineActivity {

    /** The quiet time after which a movement is over. */
    public static final Duration QUIET = Duration.ofMillis(150);

    private final int line;
    private Optional<Level> settled = Optional.empty();
    private Optional<Level> level = Optional.empty();
    private long edges;
    private long moves;
    private long glitches;
    private long missed;
    private long bounces;
    private Duration longest = Duration.ZERO;

    // the movement that goes on
    private long firstNanos;
    private long lastNanos;
    private long edgesNow;

    /** A line that nothing is known of. */
    public LineActivity(int line) {
        this.line = line;
    }

    /**
     * A movement that is over.
     *
     * @param line the line's offset
     * @param level the level after it
     * @param edges how many edges it had; more than one means bounces
     * @param took from its first to its last edge
     * @param atNanos when it began
     */
    public record Moved(int line, Level level, long edges, Duration took, long atNanos) {}

    /** An edge came. */
    public void edge(Level now, long atNanos) {
        edges++;
        if (edgesNow == 0) {
            firstNanos = atNanos;
        }
        edgesNow++;
        lastNanos = atNanos;
        level = Optional.of(now);
    }

    /**
     * The level was read, which is the truth, whatever the edges said; to be called several times within {@link #QUIET}.
     *
     * @return the movement that this reading ends, if one
     */
    public Optional<Moved> read(Level now, long nowNanos) {
        if (settled.isEmpty() && edgesNow == 0) {
            settled = Optional.of(now);
        }
        if (edgesNow == 0 && settled.filter(before -> before != now).isPresent()) {
            missed++; // it moved and no edge told
            firstNanos = nowNanos;
            lastNanos = nowNanos;
            edgesNow = 1;
        }
        level = Optional.of(now);
        return edgesNow > 0 && nowNanos - lastNanos >= QUIET.toNanos()
                ? Optional.ofNullable(end(now))
                : Optional.empty();
    }

    /** Ends the movement; null if it was a glitch. */
    private @Nullable Moved end(Level now) {
        Duration took = Duration.ofNanos(lastNanos - firstNanos);
        Moved moved = new Moved(line, now, edgesNow, took, firstNanos);
        boolean isMove = settled.isEmpty() || settled.get() != now;
        if (isMove) {
            moves++;
            bounces += edgesNow - 1;
            longest = took.compareTo(longest) > 0 ? took : longest;
        } else {
            glitches++;
        }
        settled = Optional.of(now);
        edgesNow = 0;
        return isMove ? moved : null;
    }

    /** The line's offset. */
    public int line() {
        return line;
    }

    /** The level as it was last seen; empty before the first reading. */
    public Optional<Level> level() {
        return level;
    }

    /** Edges in all. */
    public long edges() {
        return edges;
    }

    /** Movements after which the level was another one. */
    public long moves() {
        return moves;
    }

    /** Movements after which the level was what it had been: pulses and noise. */
    public long glitches() {
        return glitches;
    }

    /** Movements that only reading showed, for no edge came. */
    public long missed() {
        return missed;
    }

    /** Edges of moves beyond the first. */
    public long bounces() {
        return bounces;
    }

    /** How long the longest bouncing of a move took. */
    public Duration longest() {
        return longest;
    }
}
