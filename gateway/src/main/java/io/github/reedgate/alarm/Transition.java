package io.github.reedgate.alarm;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A row of the panel's table. Immutable.
 *
 * @param from the phases it is for
 * @param cause what happens
 * @param guard under which condition
 * @param to the phase it leads to, or null if it stays as it is
 * @param deed what is done
 */
record Transition(
        Set<Phase> from, Cause cause, Guard guard, @Nullable Phase to, Deed deed) {

    private static final Set<Phase> ANYWHERE = EnumSet.allOf(Phase.class);
    private static final Set<Phase> WATCHING = EnumSet.complementOf(EnumSet.of(Phase.DISARMED));
    private static final Set<Phase> HOLDING = EnumSet.of(Phase.ARMING, Phase.ARMED);
    private static final Set<Phase> INCIDENT = EnumSet.of(Phase.PENDING, Phase.TRIGGERED);
    private static final Set<Phase> ARMABLE = EnumSet.of(Phase.DISARMED, Phase.ARMING, Phase.ARMED);

    /** The table. The first row that fits counts; where none does, nothing happens. */
    static final List<Transition> TABLE = List.of(
            stay(HOLDING, Cause.ARM, Guard.SAME_MODE, Deed.ACCEPT),
            go(EnumSet.of(Phase.ARMING), Cause.ARM, Guard.FORMER_MODE, Phase.ARMED, Deed.CALL_OFF),
            stay(ANYWHERE, Cause.ARM, Guard.IN_THE_WAY, Deed.REFUSE),
            go(ARMABLE, Cause.ARM, Guard.EXIT_DELAY, Phase.ARMING, Deed.BEGIN_EXIT),
            go(ARMABLE, Cause.ARM, Guard.ANY, Phase.ARMED, Deed.ARM),
            go(EnumSet.of(Phase.ARMING), Cause.DELAY_OVER, Guard.READY, Phase.ARMED, Deed.ARM),
            go(EnumSet.of(Phase.ARMING), Cause.DELAY_OVER, Guard.FORMER, Phase.ARMED, Deed.RETURN),
            go(EnumSet.of(Phase.ARMING), Cause.DELAY_OVER, Guard.ANY, Phase.DISARMED, Deed.GIVE_UP),
            go(EnumSet.of(Phase.ARMING), Cause.CLOSED, Guard.LAST_DOOR, Phase.ARMED, Deed.ARM),
            go(EnumSet.of(Phase.DISARMED), Cause.OPENED, Guard.ALWAYS, Phase.TRIGGERED, Deed.RAISE),
            go(HOLDING, Cause.OPENED, Guard.ENTRY_DELAY, Phase.PENDING, Deed.BEGIN_ENTRY),
            go(HOLDING, Cause.OPENED, Guard.WATCHED, Phase.TRIGGERED, Deed.RAISE),
            go(EnumSet.of(Phase.ARMING), Cause.OPENED, Guard.INTERRUPTS_CHANGE, Phase.ARMED, Deed.RETURN),
            go(EnumSet.of(Phase.ARMING), Cause.OPENED, Guard.INTERRUPTS, Phase.DISARMED, Deed.GIVE_UP),
            go(EnumSet.of(Phase.PENDING), Cause.OPENED, Guard.ALWAYS, Phase.TRIGGERED, Deed.RAISE),
            go(EnumSet.of(Phase.PENDING), Cause.OPENED, Guard.INSTANT, Phase.TRIGGERED, Deed.RAISE),
            stay(INCIDENT, Cause.OPENED, Guard.NEW, Deed.JOIN),
            go(EnumSet.of(Phase.DISARMED), Cause.TROUBLED, Guard.ALWAYS, Phase.TRIGGERED, Deed.RAISE),
            go(HOLDING, Cause.TROUBLED, Guard.WATCHED, Phase.TRIGGERED, Deed.RAISE),
            stay(INCIDENT, Cause.TROUBLED, Guard.NEW, Deed.JOIN),
            go(EnumSet.of(Phase.PENDING), Cause.DELAY_OVER, Guard.ANY, Phase.TRIGGERED, Deed.RAISE),
            go(EnumSet.of(Phase.TRIGGERED), Cause.DELAY_OVER, Guard.REARMS, Phase.ARMED, Deed.REARM),
            go(EnumSet.of(Phase.TRIGGERED), Cause.DELAY_OVER, Guard.ANY, Phase.DISARMED, Deed.STAND_DOWN),
            stay(EnumSet.of(Phase.DISARMED), Cause.DISARM, Guard.INCIDENT, Deed.DISARM),
            stay(EnumSet.of(Phase.DISARMED), Cause.DISARM, Guard.ANY, Deed.ACCEPT),
            go(EnumSet.complementOf(EnumSet.of(Phase.DISARMED)), Cause.DISARM, Guard.ANY, Phase.DISARMED, Deed.DISARM),
            stay(ANYWHERE, Cause.ACKNOWLEDGE, Guard.UNACKNOWLEDGED, Deed.ACKNOWLEDGE),
            stay(ANYWHERE, Cause.ACKNOWLEDGE, Guard.ANY, Deed.NO_INCIDENT),
            stay(ANYWHERE, Cause.REPEAT_DUE, Guard.UNACKNOWLEDGED, Deed.REPEAT),
            stay(WATCHING, Cause.FOUND_OPEN, Guard.FOUND_BYPASS, Deed.LEAVE_OUT),
            stay(ANYWHERE, Cause.FOUND_OPEN, Guard.WATCHED, Deed.NOTE));

    private static Transition go(Set<Phase> from, Cause cause, Guard guard, Phase to, Deed deed) {
        return new Transition(from, cause, guard, to, deed);
    }

    private static Transition stay(Set<Phase> from, Cause cause, Guard guard, Deed deed) {
        return new Transition(from, cause, guard, null, deed);
    }

    boolean fits(PanelLook look) {
        return from.contains(look.phase()) && cause == look.trigger().cause() && look.holds(guard);
    }
}
