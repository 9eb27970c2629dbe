package io.github.reedgate.monitor.record;

import java.util.List;
import java.util.Set;

/** Which numbers are missing and can't be on their way any more. Used by the recorder's thread. */
public interface Gaps {

    /** Ids of the gateways that have such numbers; nobody changes it. */
    Set<String> incomplete();

    /**
     * Such numbers of a gateway, in order; empty if there are none.
     *
     * @param nowNanos the monotonic time
     */
    List<NumberRange> missing(String gateway, long nowNanos);
}
