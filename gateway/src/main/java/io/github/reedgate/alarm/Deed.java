package io.github.reedgate.alarm;

/** What the panel does in a row of the table; {@link PanelWork#act} does it. */
enum Deed {
    /** Answers, and changes nothing. */
    ACCEPT("nothing more"),
    /** Answers that it can't be done. */
    REFUSE("refuses, with the sensors in the way"),
    /** Begins the exit delay. */
    BEGIN_EXIT("begins the exit delay"),
    /** Is armed. */
    ARM("is armed"),
    /** Is disarmed, since arming failed. */
    GIVE_UP("gives arming up, and says so"),
    /** Is armed as before, since arming for another mode failed. */
    RETURN("gives the change up, is armed as before, and says so"),
    /** Is armed as before, since somebody asked for that. */
    CALL_OFF("gives the change up, is armed as before"),
    /** Is disarmed by command. */
    DISARM("is disarmed; the incident is over"),
    /** Tells of the incident no more. */
    ACKNOWLEDGE("tells of it no more"),
    /** Says that there is nothing to acknowledge. */
    NO_INCIDENT("refuses: there is no incident"),
    /** Begins an incident and the entry delay. */
    BEGIN_ENTRY("begins an incident and the entry delay"),
    /** Raises the alarm. */
    RAISE("raises the alarm, in the incident that runs or a new one"),
    /** Tells one more sensor. */
    JOIN("tells the sensor, too"),
    /** The alarm is over and the panel armed again. */
    REARM("is armed again"),
    /** The alarm is over and the panel disarmed. */
    STAND_DOWN("is disarmed"),
    /** Tells the incident again. */
    REPEAT("tells the incident again"),
    /** Tells what was found open. */
    NOTE("tells it, without alarm"),
    /** Tells what was found open and leaves it out. */
    LEAVE_OUT("tells it, and leaves it out");

    private final String words;

    Deed(String words) {
        this.words = words;
    }

    String words() {
        return words;
    }
}
