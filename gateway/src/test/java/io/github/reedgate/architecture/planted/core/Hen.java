package io.github.reedgate.architecture.planted.core;

/** Knows what comes from it, which knows it. */
public final class Hen {

    /** Makes what knows this class. */
    public Egg lay() {
        return new Egg.Hatched();
    }
}
