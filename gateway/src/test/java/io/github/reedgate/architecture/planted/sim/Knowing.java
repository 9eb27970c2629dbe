package io.github.reedgate.architecture.planted.sim;

import io.github.reedgate.architecture.planted.core.ClockReader;

/** A simulator that knows the gateway. */
public final class Knowing {

    /** Should stand on its own. */
    public long read(ClockReader gateway) {
        return gateway.read();
    }
}
