package io.github.reedgate.monitor.app;

import io.github.reedgate.monitor.config.MonitorConfig;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;

/** A monitor that runs until it is stopped. */
public interface Running {

    /**
     * Starts what the configuration describes; returns once everything runs, connected or not, history reachable or not.
     *
     * @throws IOException if the state folder can't be used, or another monitor uses it; says what to do
     */
    static Running start(MonitorConfig config, Map<String, String> environment) throws IOException {
        return config.source() == MonitorConfig.Source.KAFKA
                ? KafkaRun.start(config, environment)
                : MonitorRun.start(config, environment);
    }

    /** Blocks until the monitor has been stopped. */
    void await() throws InterruptedException;

    /**
     * Stops: ends the connection, stores what has arrived, and ends.
     *
     * @param limit how long storing may take
     * @return false if it was not done in time; what was not acknowledged comes again
     */
    boolean stop(Duration limit) throws InterruptedException;
}
