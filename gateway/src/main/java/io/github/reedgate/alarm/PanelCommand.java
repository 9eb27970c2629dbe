package io.github.reedgate.alarm;

import java.util.Set;

/** What somebody who may do so asks of the panel: codes and rights have been checked before. Immutable. */
public sealed interface PanelCommand {

    /** Who asked, for people: a user's name or a place such as {@code control socket}; never empty. */
    String by();

    /**
     * Arm.
     *
     * @param mode what for
     * @param bypass ids of sensors to be left out until the panel is disarmed; may be empty
     * @param by who asked
     * @param mayLower whether who asked may disarm as well: then less may be watched afterwards than before
     */
    record Arm(AlarmMode mode, Set<String> bypass, String by, boolean mayLower) implements PanelCommand {

        /** By somebody who may disarm as well. */
        public Arm(AlarmMode mode, Set<String> bypass, String by) {
            this(mode, bypass, by, true);
        }

        /** Copies the set. */
        public Arm {
            bypass = Set.copyOf(bypass);
        }
    }

    /**
     * Disarm; ends an incident, too.
     *
     * @param by who asked
     */
    record Disarm(String by) implements PanelCommand {}

    /**
     * Somebody knows of the incident: it is told no more, but what is armed stays armed.
     *
     * @param by who asked
     */
    record Acknowledge(String by) implements PanelCommand {}
}
