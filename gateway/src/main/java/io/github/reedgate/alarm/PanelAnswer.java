package io.github.reedgate.alarm;

import java.util.List;
import java.util.Locale;

/** What becomes of a {@link PanelCommand}. Immutable. */
public sealed interface PanelAnswer {

    /** It is done. */
    record Accepted() implements PanelAnswer {}

    /**
     * It is not done, and nothing has changed.
     *
     * @param reason why
     * @param sensors ids of the sensors that stand in the way, in the order of the configuration; may be empty
     */
    record Refused(Reason reason, List<String> sensors) implements PanelAnswer {

        /** Copies the list. */
        public Refused {
            sensors = List.copyOf(sensors);
        }
    }

    /** Why a command is refused. */
    enum Reason {
        /** No alarm panel is configured. */
        NO_PANEL("no alarm panel is configured"),
        /** No sensor counts in that mode. */
        MODE_NOT_CONFIGURED("no sensor counts in that mode"),
        /** Sensors that count in that mode are open, or it isn't known that they are closed. */
        NOT_READY("sensors are open or can't be trusted"),
        /** An incident is under way; it has to be disarmed first. */
        INCIDENT("an incident is under way; disarm first"),
        /** A sensor to be bypassed does not exist, or may not be bypassed. */
        BYPASS_NOT_ALLOWED("a sensor may not be bypassed, or there is none of that id"),
        /** Less would be watched than now, and who asked may not disarm. */
        WATCHES_LESS("less would be watched than now, so the panel has to be disarmed first"),
        /** There is no incident to acknowledge. */
        NO_INCIDENT("there is no incident");

        private final String sentence;

        Reason(String sentence) {
            this.sentence = sentence;
        }

        /** The word published: the name in lower case. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** The same for people, to stand behind a colon. */
        public String sentence() {
            return sentence;
        }
    }

    /** True if the command is done. */
    default boolean accepted() {
        return this instanceof Accepted;
    }
}
