package io.github.reedgate.command;

import java.util.Locale;

/** Why a command is refused; the word sent is the name in lower case. */
public enum Refusal {
    /** It is retained: it may be years old. */
    RETAINED("the command was retained by the broker"),
    /** Its payload is longer than allowed. */
    TOO_LARGE("the payload is longer than " + CommandText.LIMIT_BYTES + " bytes"),
    /** Its payload is no UTF-8. */
    NOT_UTF8("the payload is not UTF-8"),
    /** Its payload is neither a word nor a JSON object as described. */
    MALFORMED("the payload is neither a known word nor the JSON that is expected"),
    /** It has a field that is not known. */
    UNKNOWN_FIELD("the payload has a field that is not known"),
    /** Its action is not known. */
    UNKNOWN_ACTION("the action is not known"),
    /** It was given too long ago. */
    STALE("the command is older than " + Gate.LONGEST_AGE.toSeconds() + " s"),
    /** It is said to be given in the future. */
    FROM_THE_FUTURE("the command is dated in the future"),
    /** Whether it is in time can't be told, as the clock is not synchronised. */
    CLOCK_NOT_SET("the gateway's clock is not synchronised, so times can't be judged"),
    /** It needs a code and has none. */
    NO_CODE("a code is needed"),
    /** Its code is nobody's. */
    WRONG_CODE("the code is wrong"),
    /** There were too many wrong codes. */
    LOCKED_OUT("there were too many wrong codes; try again later"),
    /** It has a signature, and none is taken. */
    SIGNATURE_NOT_TAKEN("signed commands are not taken; alarm.commands in the configuration says so"),
    /** It has no signature, and only such are taken. */
    NOT_SIGNED("only signed commands are taken; alarm.commands in the configuration says so"),
    /** Its signature is nobody's, or not of what it says. */
    WRONG_SIGNATURE("the signature is wrong"),
    /** It was signed for a time that is over. */
    EXPIRED("the signed command has expired"),
    /** It was signed for too long a time. */
    EXPIRES_TOO_LATE("the signed command expires more than " + Nonces.LONGEST_LIFE.toMinutes() + " min from now"),
    /** It was used before. */
    REPEATED("the signed command, or another with its nonce, was used before"),
    /** Too many were used that have not expired yet. */
    TOO_MANY_NONCES("more than " + Nonces.MOST + " signed commands of this user have not expired yet; try again later"),
    /** Which were used before the start is not known. */
    NONCES_UNKNOWN("it is not known which signed commands were used before the start; try again after "
            + Nonces.LONGEST_LIFE.toMinutes() + " min"),
    /** There are no users. */
    NO_USERS("no user is set up; run: reedgate user add"),
    /** The users can't be read. */
    USERS_UNREADABLE("the users can't be read; the gateway's log says why"),
    /** The code's owner may not do this. */
    NOT_PERMITTED("this user may not do this"),
    /** The code's owner may not do it now. */
    NOT_VALID_NOW("this user's code is not valid at this time"),
    /** A request for the log does not say where the answer goes. */
    NO_RESPONSE_TOPIC("the request has no response topic or no correlation data, or they are too long"),
    /** The answer to a request for the log would go where no monitor is. */
    FOREIGN_RESPONSE_TOPIC("the response topic is not that of a monitor's answers from this gateway"),
    /** A request for the log asks for too much. */
    TOO_MANY_NUMBERS("the request asks for too many numbers at once"),
    /** Others wait to be looked at. */
    BUSY("too many commands at a time; try again");

    private final String sentence;

    Refusal(String sentence) {
        this.sentence = sentence;
    }

    /** The word sent. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** For people: lower case first, no full stop. */
    public String sentence() {
        return sentence;
    }
}
