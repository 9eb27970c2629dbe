package io.github.reedgate.doctor;

/** How a check ended. */
public enum Status {
    /** All is well. */
    OK,
    /** The gateway works, but not as well or as safely as it should. */
    WARN,
    /** The gateway does not work, or will not. */
    FAIL,
    /** Not tried; the finding says why. */
    SKIPPED
}
