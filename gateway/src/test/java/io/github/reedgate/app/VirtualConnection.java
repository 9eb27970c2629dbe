package io.github.reedgate.app;

import io.github.reedgate.link.FakeLink;
import java.util.LinkedHashMap;
import java.util.Map;

/** One connection of a {@link VirtualLine}, as both ends see it. */
final class VirtualConnection {

    final Map<Long, FakeLink.Sent> unanswered = new LinkedHashMap<>();
    boolean gatewayOpen = true;
    boolean brokerOpen = true;
    boolean watermarkTold;
    boolean watermarkShown;
    long number;
    long watermark;
    long lastThereNanos = Long.MIN_VALUE;
    long lastBackNanos = Long.MIN_VALUE;
}
