package io.github.reedgate.monitor.supervision;

import java.io.IOException;

/** A file that the monitor keeps is there, but what is in it can't be used. The message says why. */
public final class DamagedFileException extends IOException {

    private static final long serialVersionUID = 1L;

    DamagedFileException(String reason, IOException cause) {
        super(reason, cause);
    }
}
