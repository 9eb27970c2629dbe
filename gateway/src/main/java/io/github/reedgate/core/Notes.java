package io.github.reedgate.core;

/** The names under which it is stored what the core has to know after a restart. */
public final class Notes {

    /** The number of wrong codes. */
    public static final String FAILED_CODES = "failed_codes";

    /** The contacts that were reported as left open. */
    public static final String LEFT_OPEN = "left_open";

    /** The sensors that were reported as not to be trusted. */
    public static final String TROUBLES = "troubles";

    /** Why the panel's memory is lost. */
    public static final String PANEL_LOST = "panel_lost";

    /** The nonces of signed commands. */
    public static final String USED_NONCES = "used_nonces";

    private Notes() {}
}
