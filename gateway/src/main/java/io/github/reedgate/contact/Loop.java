package io.github.reedgate.contact;

import io.github.reedgate.line.Level;
import io.github.reedgate.line.LineSettings;

/**
 * A second line beside that of a contact, which shows whether somebody tampers with its cable. Immutable.
 *
 * @param kind how it is wired
 * @param line the second GPIO line
 * @param openCircuitLevel the level of that line while its circuit is open
 */
public record Loop(Kind kind, LineSettings line, Level openCircuitLevel) {

    /** How a second line is wired. */
    public enum Kind {
        /** Two more cores of the cable, closed for as long as nobody cuts it or opens a housing. */
        PAIR,
        /** The other throw of a changeover switch (form C): exactly one of the two lines conducts. */
        CHANGEOVER
    }

    /** What a second line shows. */
    public enum Tamper {
        /** Nothing is wrong. */
        OK,
        /** A circuit is open that must not be. */
        CUT,
        /** Both circuits of a changeover switch are closed. */
        SHORT
    }

    /**
     * What two levels show; either may be of a moment at which the contact moves.
     *
     * @param contact how the contact's own line is wired
     * @param own the level of the contact's own line
     * @param other the level of this one
     */
    public Tamper judge(Wiring contact, Level own, Level other) {
        boolean conducts = other != openCircuitLevel;
        if (kind == Kind.PAIR) {
            return conducts ? Tamper.OK : Tamper.CUT;
        }
        boolean ownConducts = own != contact.openCircuitLevel();
        if (conducts != ownConducts) {
            return Tamper.OK;
        }
        return conducts ? Tamper.SHORT : Tamper.CUT;
    }
}
