package io.github.reedgate.sim.scenario;

import io.github.reedgate.sim.BounceModel;
import java.util.List;

/** One statement of a scenario. */
sealed interface Step {

    /** How a step's time is told. */
    enum When {
        /** Since the beginning of the block's round. */
        AT,
        /** Since the step before. */
        AFTER
    }

    /**
     * Something that is done. Immutable.
     *
     * @param when how the time is told
     * @param time the time, in nanoseconds
     * @param verb what is done
     * @param door at which door; {@link DoorRef#NONE} for marks and waits
     * @param model how the contact bounces; {@link BounceModel#CLEAN} where it does not matter
     * @param text the mark's text, {@code on} or {@code off} for a deaf line, else empty
     */
    record Act(When when, Span time, Verb verb, DoorRef door, BounceModel model, String text) implements Step {}

    /**
     * Steps that are played again and again. Immutable.
     *
     * @param rounds how often
     * @param every how long a round lasts at least, in nanoseconds
     * @param window for rounds at random times: between which times of the enclosing round, in nanoseconds; {@code 0..0} for
     *     rounds one after the other
     * @param body what is played
     */
    record Block(Span rounds, Span every, Span window, List<Step> body) implements Step {

        /** Copies the body. */
        public Block {
            body = List.copyOf(body);
        }

        /** Whether the rounds begin at random times. */
        boolean atRandom() {
            return window.most() > 0;
        }
    }
}
