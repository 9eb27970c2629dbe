package io.github.reedgate.doctor;

/**
 * What a check found. Immutable; holds no secret.
 *
 * @param check which
 * @param status how it ended
 * @param seen what was seen, one line
 * @param fix what to do about it, one line; empty if there is nothing to do
 */
public record Finding(CheckName check, Status status, String seen, String fix) {

    private static final String END = "; ";

    static Finding ok(CheckName check, String seen) {
        return new Finding(check, Status.OK, seen, "");
    }

    static Finding warn(CheckName check, String seen, String fix) {
        return new Finding(check, Status.WARN, seen, fix);
    }

    /** Something that keeps the gateway from working. */
    public static Finding fail(CheckName check, String seen, String fix) {
        return new Finding(check, Status.FAIL, seen, fix);
    }

    static Finding skipped(CheckName check, String why) {
        return new Finding(check, Status.SKIPPED, why, "");
    }

    /** A failure told by a message of this program, where the fix stands behind the first semicolon. */
    static Finding failed(CheckName check, String message) {
        int end = message.indexOf(END);
        return end < 0
                ? fail(check, message, "see the log")
                : fail(check, message.substring(0, end), message.substring(end + END.length()));
    }
}
