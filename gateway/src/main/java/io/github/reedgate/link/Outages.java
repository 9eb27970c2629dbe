package io.github.reedgate.link;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** What the end of a connection means, and how long to wait before the next attempt. Owned by thread {@code broker-link}. */
final class Outages {

    private final BrokerSettings settings;
    private final String server;
    private final Backoff backoff;
    private final Takeovers takeovers = new Takeovers();
    private int failures;
    private long upNanos;

    Outages(BrokerSettings settings, String server) {
        this.settings = settings;
        this.server = server;
        this.backoff = new Backoff(settings.timing());
    }

    /** A connection is up. */
    void up() {
        upNanos = System.nanoTime();
    }

    /** Explains the end of the connection that was up; {@code withoutReason} if the broker just closed it. */
    Diagnosis lost(Throwable cause, boolean withoutReason) {
        long nowNanos = System.nanoTime();
        if (nowNanos - upNanos > settings.timing().retryMax().toNanos()) {
            failures = 0;
        }
        return takeovers.ended(upNanos, nowNanos, withoutReason)
                ? Diagnosis.takenOver(server, settings)
                : Diagnosis.ofLoss(cause, server, settings);
    }

    /** Explains an attempt that failed. */
    Diagnosis failed(Throwable cause) {
        return Diagnosis.ofAttempt(cause, server, settings);
    }

    /** What a connection ends with that this side gives up. */
    LinkException noAnswer(String what) {
        return new LinkException(LinkTrouble.NO_ANSWER, "broker " + server + " does not answer: " + what);
    }

    /** There is no connection any more, or still none: how long to wait. */
    Duration next(LinkTrouble trouble) {
        failures++;
        return backoff.next(failures, trouble, ThreadLocalRandom.current().nextDouble());
    }
}
