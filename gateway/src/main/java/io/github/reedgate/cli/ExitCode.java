package io.github.reedgate.cli;

/** What the process returns to the shell; stable, listed in {@code reedgate --help}. */
public final class ExitCode {

    /** All went well. */
    public static final int OK = 0;

    /** It failed, for a reason told on standard error. */
    public static final int FAILED = 1;

    /** The command line is wrong. */
    public static final int USAGE = 2;

    /** The configuration is wrong. */
    public static final int CONFIG = 3;

    /** The broker or the running gateway cannot be reached. */
    public static final int UNREACHABLE = 4;

    /** The broker refused: wrong credentials or missing permission. */
    public static final int REFUSED = 5;

    /** It did not finish within the time given. */
    public static final int TIMED_OUT = 6;

    private ExitCode() {}
}
