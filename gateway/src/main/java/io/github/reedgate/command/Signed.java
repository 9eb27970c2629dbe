package io.github.reedgate.command;

import java.time.Instant;
import java.util.List;

/**
 * What a signed command has beside what is to be done. Immutable; doesn't show the signature.
 *
 * @param user who signed it: {@code [a-z0-9_-]{1,32}}
 * @param nonce drawn by the sender for this command alone: {@code [A-Za-z0-9_-]{16,32}}
 * @param expires from when on it is refused; whole seconds
 * @param mac the signature: 64 hexadecimal digits, small letters
 */
public record Signed(String user, String nonce, Instant expires, String mac) {

    /** The first line of what is signed: a key that signs something else, too, signs no command by that. */
    private static final String FORM = "reedgate-command-1";

    /**
     * What is signed: seven lines without an end of line after the last. None of them can hold a line's end, nor an id a
     * comma, so no two commands have the same text.
     *
     * <pre>
     * reedgate-command-1
     * home                          the gateway's id
     * anna                          the user
     * ARM_AWAY                      the action
     * back_door,window              the bypass in its order, or an empty line
     * 9f86d081884c7d65              the nonce
     * 2026-11-22T21:14:33Z          when it expires
     * </pre>
     *
     * @param gatewayId the gateway it is for
     * @param action what is to be done
     * @param bypass ids of sensors to be left out
     */
    public String text(String gatewayId, Action action, List<String> bypass) {
        return String.join(
                "\n", FORM, gatewayId, user, action.name(), String.join(",", bypass), nonce, expires.toString());
    }

    /** Says whose it is said to be and until when it holds. */
    @Override
    public String toString() {
        return "Signed[" + user + ", " + expires + "]";
    }
}
