package io.github.reedgate.monitor.supervision;

import org.jspecify.annotations.Nullable;

/** What can happen to the supervision; the only way anything reaches it. Immutable. */
public sealed interface SupervisionInput {

    /**
     * The broker accepted the connection and the subscriptions.
     *
     * @param sessionKept whether the broker kept the session, so that no event is missing since the last connection
     */
    record LinkUp(boolean sessionKept) implements SupervisionInput {}

    /** The connection to the broker broke. */
    record LinkLost() implements SupervisionInput {}

    /**
     * The echo of a probe came back from the broker, so everything is known that the broker had before.
     *
     * @param askedNanos when the probe was sent, on the monotonic clock
     */
    record LineProved(long askedNanos) implements SupervisionInput {}

    /**
     * A message of a gateway.
     *
     * @param gateway the gateway's id, already checked
     * @param retained true if the broker had kept it, so that it is no sign of life
     * @param saying what it says
     */
    record Heard(String gateway, boolean retained, Saying saying) implements SupervisionInput {}

    /**
     * The recorder judged the history of a gateway.
     *
     * @param gateway the gateway's id
     * @param incomplete whether events are missing
     * @param conflict whether two events have the same number
     */
    record Recorded(String gateway, boolean incomplete, boolean conflict) implements SupervisionInput {}

    /**
     * Somebody who may do so knows of the monitor's alarms.
     *
     * @param by who
     * @param gateway whose alarm, or null for all
     */
    record Acknowledged(String by, @Nullable String gateway) implements SupervisionInput {}

    /**
     * The broker acknowledged an event of the monitor.
     *
     * @param seq the event's number
     */
    record Sent(long seq) implements SupervisionInput {}

    /** A deadline may have passed. */
    record Tick() implements SupervisionInput {}
}
