package io.github.reedgate.doctor;

import java.time.Instant;

/** Judges the wall clock. Stateless. */
final class ClockVerdict {

    /** No version of this program is older. */
    static final Instant EARLIEST = Instant.parse("2025-01-01T00:00:00Z");

    private static final Instant LATEST = Instant.parse("2100-01-01T00:00:00Z");
    private static final String FIX =
            "switch on NTP: sudo timedatectl set-ntp true, and see timedatectl timesync-status;"
                    + " without a network set it by hand: sudo timedatectl set-time '2026-01-31 12:00:00'";

    private ClockVerdict() {}

    /** True if the time can't be. */
    static boolean isAbsurd(Instant now) {
        return now.isBefore(EARLIEST) || now.isAfter(LATEST);
    }

    static Finding judge(Instant now, boolean isSynced) {
        String second = now.toString().substring(0, Math.min(19, now.toString().length())) + "Z";
        if (isAbsurd(now)) {
            return Finding.fail(CheckName.CLOCK, "the clock says " + second + ", which can't be", FIX);
        }
        return isSynced
                ? Finding.ok(CheckName.CLOCK, second + ", synchronised")
                : Finding.warn(CheckName.CLOCK, second + ", not synchronised", FIX);
    }
}
