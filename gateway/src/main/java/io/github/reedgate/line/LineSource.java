package io.github.reedgate.line;

import java.util.function.Consumer;

/**
 * The port to GPIO input lines, and the way to the output lines beside them. Edges alone are never trusted: whoever uses it reads the levels as well. All methods are
 * called by one thread; edges are delivered on threads of the library.
 */
public interface LineSource extends AutoCloseable {

    /**
     * Requests a line and delivers its edges from now on. The level at the time of the request is not delivered: read it.
     *
     * @param settings which line and how it is biased
     * @param edges called on a thread of the library for each edge; must return at once and must not throw
     * @throws LineException if the line is busy, missing or not permitted; other lines are not touched by it
     */
    void open(LineSettings settings, Consumer<LineEvent> edges) throws LineException;

    /**
     * Reads the level of an opened line now; takes microseconds.
     *
     * @param offset an offset given to {@link #open} before
     * @throws LineException if it was not opened or cannot be read
     */
    Level read(int offset) throws LineException;

    /** The lines of the same chip as outputs; the same object each time, closed with this one. None by default. */
    default LineSink sink() {
        return LineSink.NONE;
    }

    /** Releases all lines, outputs switched to their rest before; may take up to five seconds. Edges may still be delivered while it runs. */
    @Override
    void close();
}
