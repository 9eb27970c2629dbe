package io.github.reedgate.app;

import io.github.reedgate.line.LineException;
import io.github.reedgate.line.LineSource;
import io.github.reedgate.line.pi4j.HeaderChip;
import java.nio.file.Path;

/** The Pi's GPIO lines for tools that look at them without a gateway. Stateless. */
public final class GpioLines {

    private GpioLines() {}

    /**
     * Opens the header's chip; no line is requested yet. Blocks for the device.
     *
     * @return the lines; close them
     * @throws LineException if there is no chip or this user may not use it
     */
    public static LineSource open() throws LineException {
        return HeaderChip.lines(Path.of(System.getProperty("java.io.tmpdir", "/tmp")), System::nanoTime);
    }
}
