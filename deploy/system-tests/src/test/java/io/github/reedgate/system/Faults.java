package io.github.reedgate.system;

import io.github.reedgate.testbroker.TestBroker;
import java.util.Random;

/** How hard the fault tests try: a little in every build, much more with the profile {@code faults}. */
final class Faults {

    private static final String ROUNDS = "reedgate.fault.rounds";
    private static final String SEED = "reedgate.fault.seed";
    private static final int QUICK_ROUNDS = 5;

    private Faults() {}

    /** How often a gateway is killed. */
    static int rounds() {
        return Integer.getInteger(ROUNDS, QUICK_ROUNDS);
    }

    /** Whether there is time. */
    static boolean heavy() {
        return rounds() > QUICK_ROUNDS;
    }

    /** Chance, with its seed printed; the system property {@value #SEED} sets it. */
    static Random chance() {
        long seed = Long.getLong(SEED, System.nanoTime());
        System.out.println("-D" + SEED + "=" + seed);
        return new Random(seed);
    }

    /** SIGKILL if the broker is a process of its own. */
    static void end(TestBroker broker) {
        if (broker.canBeKilled()) {
            broker.kill();
        } else {
            broker.stop();
        }
    }
}
