package io.github.reedgate.doctor;

import io.github.reedgate.time.ClockTrust;
import java.time.Instant;

/** Judges the wall clock. Stateless. */
final class ClockVerdict {

    private static final String FIX =
            "switch on NTP: sudo timedatectl set-ntp true, and see timedatectl timesync-status;"
                    + " without a network set it by hand: sudo timedatectl set-time '2026-01-31 12:00:00'";

    private ClockVerdict() {}

    static Finding judge(Instant now, ClockTrust trust) {
        String second = now.toString().substring(0, Math.min(19, now.toString().length())) + "Z";
        if (ClockTrust.isAbsurd(now)) {
            return Finding.fail(CheckName.CLOCK, "the clock says " + second + ", which can't be", FIX);
        }
        return switch (trust) {
            case SYNCHRONISED -> Finding.ok(CheckName.CLOCK, second + ", synchronised");
            case REAL_TIME_CLOCK -> Finding.ok(CheckName.CLOCK, second + ", kept by the real-time clock");
            case HOST -> Finding.ok(CheckName.CLOCK, second + ", kept by the host of this virtual machine");
            case NOBODY -> Finding.warn(CheckName.CLOCK, second + ", not synchronised", FIX);
        };
    }
}
