package io.github.reedgate.delivery;

import io.github.reedgate.message.Message;
import java.util.Locale;

/**
 * A message that can't be delivered and is not tried any more. Immutable.
 *
 * @param message the message
 * @param why what the broker does about it
 * @param tries how often it was tried, as far as that counts
 * @param reason the same for people, with what to do about it
 */
public record SetAside(Message message, Why why, int tries, String reason) {

    /** What the broker does about a message. */
    public enum Why {
        /** It takes no message of that size. */
        TOO_LARGE,
        /** It refuses this one and takes others on the topic. */
        REFUSED,
        /** It closes the connection. */
        CONNECTION_CLOSED;

        /** The word sent. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
