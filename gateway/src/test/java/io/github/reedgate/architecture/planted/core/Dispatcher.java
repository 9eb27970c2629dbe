package io.github.reedgate.architecture.planted.core;

import io.github.reedgate.architecture.planted.app.Loop;

/** Knows the shell. */
public final class Dispatcher {

    /** Calls backwards. */
    public void call(Loop loop) {
        loop.turn();
    }
}
