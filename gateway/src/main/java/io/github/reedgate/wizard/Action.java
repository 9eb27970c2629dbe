package io.github.reedgate.wizard;

import io.github.reedgate.line.Pull;
import java.util.Set;

/** Something that is to be done before the next question. */
public sealed interface Action {

    /** Finds out whether a broker can be set up on this machine; changes nothing. */
    record LookAtThisMachine() implements Action {}

    /** Tries a broker: its name, its port, TLS, the login, a message and a subscription. */
    record TryBroker(BrokerChoice broker, String gatewayId) implements Action {}

    /**
     * Watches the header until a line moves.
     *
     * @param leftOut lines that are not looked at
     * @param pull the resistor inside the Pi
     * @param isFirst true if no door is known yet
     */
    record WatchOpening(Set<Integer> leftOut, Pull pull, boolean isFirst) implements Action {

        /** Copies the set. */
        public WatchOpening {
            leftOut = Set.copyOf(leftOut);
        }
    }

    /** Watches one line until it moves back. */
    record WatchClosing(int line, Pull pull) implements Action {}

    /** Sends a test to an ntfy topic. */
    record Push(Phone.Ntfy target) implements Action {}

    /**
     * Writes everything and starts the gateway.
     *
     * @param draft what is written; nothing is written if it holds nothing new
     * @param alarm true if a test alarm is sent at the end
     */
    record CarryOut(Draft draft, boolean alarm) implements Action {}
}
