package io.github.reedgate.architecture.planted.time;

import java.time.Instant;
import java.time.ZoneOffset;

/** Takes the wall clock's time on its own. */
public final class Now {

    /** Should be an argument. */
    public Instant read() {
        return Instant.now();
    }

    /** The same in disguise. */
    public int year() {
        return java.time.LocalDate.now(ZoneOffset.UTC).getYear();
    }
}
