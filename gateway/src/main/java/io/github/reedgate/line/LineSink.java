package io.github.reedgate.line;

/** The port to GPIO output lines. All methods are called by one thread. */
public interface LineSink extends AutoCloseable {

    /** No line can be an output. */
    LineSink NONE = new LineSink() {

        @Override
        public void open(int offset, Level rest) throws LineException {
            throw new LineException("line " + offset + " can't be opened: these lines can't be switched");
        }

        @Override
        public void write(int offset, Level level) throws LineException {
            throw new LineException("line " + offset + " is not open");
        }

        @Override
        public void close() {
            // there is nothing to be switched
        }
    };

    /**
     * Requests a line as an output that has this level from its first moment on.
     *
     * @param offset the line's offset on the header chip, which on a Raspberry Pi is its BCM number; 0 to 53
     * @param rest its level at first, and once more at the end
     * @throws LineException if the line is busy, missing or not permitted; other lines are not touched by it
     */
    void open(int offset, Level rest) throws LineException;

    /**
     * Switches an opened line; takes microseconds.
     *
     * @param offset an offset given to {@link #open} before
     * @throws LineException if it was not opened or can't be switched
     */
    void write(int offset, Level level) throws LineException;

    /** Switches all lines to their rest, each although another can't be; called once or more. */
    @Override
    void close();
}
