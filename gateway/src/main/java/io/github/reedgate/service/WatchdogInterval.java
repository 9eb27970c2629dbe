package io.github.reedgate.service;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Within which time systemd wants to be told that the service is alive. */
public final class WatchdogInterval {

    private static final Logger LOG = LoggerFactory.getLogger(WatchdogInterval.class);

    private WatchdogInterval() {}

    /**
     * The interval that systemd wants of this process; empty if it watches nothing, or another process.
     *
     * @param environment the process's environment
     * @param process the id of this process
     */
    public static Optional<Duration> of(Map<String, String> environment, long process) {
        String micros = environment.getOrDefault("WATCHDOG_USEC", "");
        String watched = environment.getOrDefault("WATCHDOG_PID", "");
        if (micros.isEmpty() || !(watched.isEmpty() || watched.equals(Long.toString(process)))) {
            return Optional.empty();
        }
        try {
            return Optional.of(Duration.ofNanos(Math.multiplyExact(Long.parseLong(micros), 1_000L)))
                    .filter(interval -> !interval.isNegative() && !interval.isZero());
        } catch (NumberFormatException | ArithmeticException e) {
            LOG.warn("WATCHDOG_USEC is '{}' instead of a number of microseconds; the watchdog is not fed", micros);
            return Optional.empty();
        }
    }
}
