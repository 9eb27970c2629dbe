package io.github.reedgate.config;

import io.github.reedgate.alarm.PanelSettings;
import io.github.reedgate.command.Policy;
import io.github.reedgate.contact.Sensor;
import io.github.reedgate.discovery.DiscoverySettings;
import io.github.reedgate.link.BrokerSettings;
import io.github.reedgate.notify.NotifyTarget;
import io.github.reedgate.output.Output;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The whole configuration, read once at start. Immutable.
 *
 * @param gatewayId the gateway's id: {@code [a-z0-9_-]{1,32}}
 * @param gatewayName its name for people; 1 to 64 characters
 * @param topicPrefix first topic level(s) of everything published, without trailing slash
 * @param monitorPrefix first topic level(s) of monitors, without trailing slash; neither below the other prefixes nor above them
 * @param stateDir folder for what survives a restart and for the sockets
 * @param broker how to reach the broker
 * @param viewer the account with which commands log in at the broker beside the gateway
 * @param gpio how lines are read
 * @param store bounds of what is kept on disk
 * @param limits bounds on how often things are told
 * @param diagnostics how the gateway tells how it is
 * @param discovery how the gateway describes itself to home servers
 * @param sensors 1 to 32 sensors in the file's order, no two with the same id or line
 * @param panel the alarm panel, or null if there is none
 * @param commands which commands by MQTT need what proof
 * @param outputs up to 16 outputs in the file's order, none on another's or a sensor's line; may be empty
 * @param targets who is told beside the broker; 8 at most
 * @param quieted ids of the sensors whose openings raise no alarm by themselves only because there is an alarm section
 */
public record Config(
        String gatewayId,
        String gatewayName,
        String topicPrefix,
        String monitorPrefix,
        Path stateDir,
        BrokerSettings broker,
        ViewerAccount viewer,
        Gpio gpio,
        Store store,
        Limits limits,
        Diagnostics diagnostics,
        DiscoverySettings discovery,
        List<Sensor> sensors,
        @Nullable PanelSettings panel,
        Policy commands,
        List<Output> outputs,
        List<NotifyTarget> targets,
        List<String> quieted) {

    /** Copies the lists. */
    public Config {
        sensors = List.copyOf(sensors);
        outputs = List.copyOf(outputs);
        targets = List.copyOf(targets);
        quieted = List.copyOf(quieted);
    }

    /** Whether the broker is on this machine, by its URL. */
    public boolean isBrokerHere() {
        return Loopback.isLoopback(Loopback.hostOf(broker.url()));
    }

    /** The host of the broker, as the configuration names it. */
    public String brokerHost() {
        return Loopback.hostOf(broker.url());
    }

    /** The files that the section {@code broker} names for the gateway itself: password, authority, certificate and key. */
    public List<Path> brokerFiles() {
        return Stream.of(broker.passwordFile(), broker.caFile(), broker.certificateFile(), broker.keyFile())
                .flatMap(Optional::stream)
                .toList();
    }

    /** The same with lines read from elsewhere, as {@code run --simulate} asks. */
    public Config withProvider(Provider provider) {
        return new Config(
                gatewayId,
                gatewayName,
                topicPrefix,
                monitorPrefix,
                stateDir,
                broker,
                viewer,
                new Gpio(provider, gpio.reconcile(), gpio.queue()),
                store,
                limits,
                diagnostics,
                discovery,
                sensors,
                panel,
                commands,
                outputs,
                targets,
                quieted);
    }

    /** Where lines are read from. */
    public enum Provider {
        /** The Linux GPIO character device through Pi4J's gpiod plug-in. */
        GPIOD,
        /** The software simulator. */
        SIMULATOR
    }

    /**
     * How lines are read.
     *
     * @param provider where from
     * @param reconcile how often all levels are read, whatever the edges said; 10 ms to 10 s, 100 ms by default
     * @param queue how many edges may wait for the loop; 64 to 65536, 4096 by default
     */
    public record Gpio(Provider provider, Duration reconcile, int queue) {}

    /**
     * Bounds of the store: whichever is reached first.
     *
     * @param maxEvents how many events the log keeps, and how many messages wait for the broker, at most; 500 to 1000000,
     *     100000 by default
     * @param maxAge how long an event stays in the log at most; 30 days to 10 years, 400 days by default
     * @param maxBytes how much of the disk it takes at most; 16 MiB to 4 GiB, 256 MiB by default
     */
    public record Store(int maxEvents, Duration maxAge, long maxBytes) {

        /** What the defaults say. */
        public static final Store DEFAULT = new Store(100_000, Duration.ofDays(400), 256L * 1024 * 1024);
    }

    /**
     * Bounds on how often things are told.
     *
     * @param edgesPerMinute edges a minute above which a sensor counts as chattering; 60 to 100000, 600 by default
     * @param changesPerMinute settled changes a minute above which it does so too; 4 to 600, 30 by default
     * @param chatterReport how often a chattering sensor's state is told at most; 1 s to 10 min, 10 s by default
     */
    public record Limits(int edgesPerMinute, int changesPerMinute, Duration chatterReport) {

        /** What the defaults say. */
        public static final Limits DEFAULT = new Limits(600, 30, Duration.ofSeconds(10));
    }

    /**
     * How the gateway tells how it is.
     *
     * @param interval how often; 10 s to 1 h, 60 s by default
     * @param ping the URL that is called each minute while the gateway is well; its path may be a secret
     */
    public record Diagnostics(Duration interval, Optional<URI> ping) {

        /** What the defaults say. */
        public static final Diagnostics DEFAULT = new Diagnostics(Duration.ofSeconds(60), Optional.empty());
    }
}
