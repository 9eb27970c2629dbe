package io.github.reedgate.message;

/**
 * A message that is written when it is sent: an alarm is on its way before the event and the detail behind it are JSON. Holds
 * values only, so it gives the same message whenever and wherever it is asked.
 */
@FunctionalInterface
public interface Draft {

    /** Writes the message. */
    Message message();
}
