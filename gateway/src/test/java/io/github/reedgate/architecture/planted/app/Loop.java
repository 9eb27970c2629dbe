package io.github.reedgate.architecture.planted.app;

import io.github.reedgate.architecture.planted.core.ClockReader;

/** Knows the core, as it may; with the core knowing it, that is a cycle. */
public final class Loop {

    private final ClockReader core = new ClockReader();

    /** Does something. */
    public long turn() {
        return core.read();
    }
}
