package io.github.reedgate.architecture.planted.core;

/** Knows what it comes from. */
public sealed class Egg {

    /** Makes the cycle, although a nested class does it. */
    public static final class Hatched extends Egg {

        /** Knows the other class. */
        public Hen hen() {
            return new Hen();
        }
    }
}
