package io.github.reedgate.monitor.record;

import java.time.Instant;

/** Says what two events with one number point to. Stateless. */
public final class Signs {

    private static final long SAME_START_MILLIS = 5_000;

    private Signs() {}

    /**
     * Compares two events.
     *
     * @param first the one in the history
     * @param second the one that came later
     * @return one line: the signs, then what they point to
     */
    public static String of(RecordedEvent first, RecordedEvent second) {
        String boots = "start " + first.boot() + " and start " + second.boot();
        if (second.boot() < first.boot()) {
            return boots
                    + ": the later message is of an earlier start; points to a restored backup of the state folder,"
                    + " or to a second machine with an old copy of it";
        }
        if (second.boot() > first.boot()) {
            return boots + ": a later start used numbers again; points to a state folder that was restored or lost";
        }
        if (!first.clockSynced() || !second.clockSynced()) {
            return "both of start " + first.boot()
                    + ", and a clock was not set, so the starts can't be compared; points to"
                    + " a cloned SD card, two gateways with one id, or a restored backup";
        }
        long firstStart = first.timeMillis() - first.uptimeMillis();
        long secondStart = second.timeMillis() - second.uptimeMillis();
        if (Math.abs(firstStart - secondStart) > SAME_START_MILLIS) {
            return "both of start " + first.boot() + ", which began " + Instant.ofEpochMilli(firstStart)
                    + " on one machine and "
                    + Instant.ofEpochMilli(secondStart)
                    + " on another; points to a cloned SD card, or two gateways with one id";
        }
        return "both of start " + first.boot()
                + ", which began at one time; points to somebody else who publishes as this" + " gateway";
    }
}
