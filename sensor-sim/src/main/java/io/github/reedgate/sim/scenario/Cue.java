package io.github.reedgate.sim.scenario;

import io.github.reedgate.sim.BounceModel;
import io.github.reedgate.sim.DoorPosition;
import io.github.reedgate.sim.Fault;
import io.github.reedgate.sim.SimulatedLines;

/**
 * One thing to do at one time, all ranges drawn and all doors known. Immutable.
 *
 * @param atNanos when, in nanoseconds since the scenario's beginning
 * @param verb what; never {@link Verb#WAIT}
 * @param door at which door; empty for marks
 * @param model how the contact bounces
 * @param text the mark's text, {@code on} or {@code off} for a deaf line, else empty
 */
public record Cue(long atNanos, Verb verb, String door, BounceModel model, String text) {

    /** Does it now; a mark does nothing. */
    void perform(SimulatedLines lines) {
        switch (verb) {
            case OPEN -> lines.move(door, DoorPosition.OPEN, model);
            case CLOSE -> lines.move(door, DoorPosition.CLOSED, model);
            case BOUNCE -> lines.bounce(door, model);
            case STICK -> lines.fault(door, Fault.STUCK);
            case LOOSEN -> lines.fault(door, Fault.INTERMITTENT);
            case MEND -> lines.fault(door, Fault.NONE);
            case DEAF -> lines.deaf(door, text.equals("on"));
            case MARK, WAIT -> {}
        }
    }
}
