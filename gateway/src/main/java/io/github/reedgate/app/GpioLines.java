package io.github.reedgate.app;

import io.github.reedgate.line.LineException;
import io.github.reedgate.line.LineSource;
import io.github.reedgate.line.pi4j.Pi4jContexts;
import io.github.reedgate.line.pi4j.Pi4jLineSource;
import java.util.Map;

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
        return new Pi4jLineSource(Pi4jContexts.create("gpiod", Map.of()), System::nanoTime);
    }
}
