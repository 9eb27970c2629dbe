package io.github.reedgate.architecture.planted.message;

import java.util.Random;

/** Draws random numbers where everything is a function. */
public final class Dice {

    /** Should be a seed. */
    public int roll(Random random) {
        return random.nextInt();
    }
}
