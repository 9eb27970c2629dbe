package io.github.reedgate.alarm;

import io.github.reedgate.contact.Position;
import io.github.reedgate.contact.TamperLoop;
import io.github.reedgate.contact.Wiring;
import io.github.reedgate.line.Level;
import io.github.reedgate.line.LineSettings;
import io.github.reedgate.line.Pull;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * A contact whose cable a second line guards: what its two lines show once all has come to rest, and what the core lets the
 * panel know of that. Immutable.
 *
 * @param id the sensor's id
 * @param kind how the second line is wired
 * @param contact where the contact really is
 * @param flaws what is wrong with the cable
 * @param tampered whether that was noticed
 */
record Cable(String id, TamperLoop.Kind kind, Position contact, Set<Flaw> flaws, boolean tampered) {

    private static final Wiring WIRING = new Wiring(true, Level.HIGH);
    private static final LineSettings LINE = new LineSettings(21, Pull.UP);

    /** What can be wrong. */
    enum Flaw {
        OWN_CUT,
        OTHER_CUT,
        SHORT,
        OWN_UNREADABLE,
        OTHER_UNREADABLE
    }

    Cable {
        flaws = Set.copyOf(flaws);
    }

    /** A whole one; the contact is closed. */
    static Cable whole(String id, TamperLoop.Kind kind) {
        return new Cable(id, kind, Position.CLOSED, Set.of(), false);
    }

    /** The contact moves. */
    Cable moved() {
        return new Cable(id, kind, contact.other(), flaws, tampered).noticed();
    }

    /**
     * Something breaks, or is mended again. A changeover switch that was tampered with stays readable: whether it was can't be told
     * any more after a restart.
     */
    Cable with(Flaw flaw) {
        boolean hides = flaw == Flaw.OWN_UNREADABLE || flaw == Flaw.OTHER_UNREADABLE;
        if (hides && isDistrusted()) {
            return this;
        }
        Set<Flaw> next = EnumSet.noneOf(Flaw.class);
        next.addAll(flaws);
        if (!next.remove(flaw)) {
            next.add(flaw);
        }
        return new Cable(id, kind, contact, next, tampered).noticed();
    }

    private Cable noticed() {
        return new Cable(id, kind, contact, flaws, isGuarded() ? present() != TamperLoop.Tamper.OK : tampered);
    }

    /** Where the contact is as its own line shows it. */
    private Position shown() {
        return WIRING.position(own());
    }

    private Level own() {
        return level(has(Flaw.SHORT) || (contact == Position.CLOSED && !has(Flaw.OWN_CUT)));
    }

    private TamperLoop.Tamper present() {
        boolean conducts = kind == TamperLoop.Kind.PAIR
                ? !has(Flaw.OTHER_CUT)
                : has(Flaw.SHORT) || (contact == Position.OPEN && !has(Flaw.OTHER_CUT));
        return new TamperLoop(kind, LINE, Level.HIGH).judge(WIRING, own(), level(conducts));
    }

    private static Level level(boolean conducts) {
        return conducts ? Level.LOW : Level.HIGH;
    }

    private boolean has(Flaw flaw) {
        return flaws.contains(flaw);
    }

    /** Whether the lines that have to be looked at can be read. */
    private boolean isGuarded() {
        return !has(Flaw.OTHER_UNREADABLE) && (kind == TamperLoop.Kind.PAIR || !has(Flaw.OWN_UNREADABLE));
    }

    private boolean isDistrusted() {
        return kind == TamperLoop.Kind.CHANGEOVER && tampered;
    }

    private boolean isBelieved() {
        return !has(Flaw.OWN_UNREADABLE) && !isDistrusted();
    }

    private String tamper() {
        return id + ".tamper";
    }

    private Position guard() {
        return tampered ? Position.OPEN : Position.CLOSED;
    }

    /** What the panel gets to know if it was like that before: the contact's own line is the quicker one. */
    List<PanelInput> since(Cable before) {
        List<PanelInput> inputs = new ArrayList<>();
        if (!before.isDistrusted() && has(Flaw.OWN_UNREADABLE) && !before.has(Flaw.OWN_UNREADABLE)) {
            inputs.add(new PanelInput.Lost(id));
        } else if (!before.isDistrusted()
                && !has(Flaw.OWN_UNREADABLE)
                && (before.has(Flaw.OWN_UNREADABLE) || shown() != before.shown())) {
            inputs.add(new PanelInput.Moved(id, shown()));
        }
        if (has(Flaw.OTHER_UNREADABLE) && !before.has(Flaw.OTHER_UNREADABLE)) {
            inputs.add(new PanelInput.Lost(tamper()));
        } else if (isGuarded() && !before.isGuarded()) {
            inputs.add(new PanelInput.Moved(tamper(), before.guard()));
        }
        if (tampered != before.tampered()) {
            inputs.add(new PanelInput.Moved(tamper(), guard()));
        }
        if (isDistrusted() && !before.isDistrusted()) {
            inputs.add(new PanelInput.Lost(id));
        } else if (isBelieved() && before.isDistrusted()) {
            inputs.add(new PanelInput.Moved(id, shown()));
        }
        return inputs;
    }

    /** What the panel gets to know of it after a restart. */
    List<PanelInput> found() {
        List<PanelInput> inputs = new ArrayList<>();
        inputs.add(isBelieved() ? new PanelInput.Found(id, shown()) : new PanelInput.Lost(id));
        if (isGuarded()) {
            inputs.add(new PanelInput.Found(tamper(), guard()));
        } else if (has(Flaw.OTHER_UNREADABLE)) {
            inputs.add(new PanelInput.Lost(tamper()));
        }
        return inputs;
    }
}
