package io.github.reedgate.app;

import io.github.reedgate.config.Config;
import io.github.reedgate.contact.Position;
import io.github.reedgate.contact.Sensor;
import io.github.reedgate.core.Gateway;
import io.github.reedgate.core.GatewaySettings;
import io.github.reedgate.delivery.Courier;
import io.github.reedgate.delivery.MemoryOutbox;
import io.github.reedgate.line.LineException;
import io.github.reedgate.line.LineSource;
import io.github.reedgate.line.pi4j.Pi4jContexts;
import io.github.reedgate.line.pi4j.Pi4jLineSource;
import io.github.reedgate.link.BrokerLink;
import io.github.reedgate.message.Message;
import io.github.reedgate.message.Messages;
import io.github.reedgate.message.Topics;
import io.github.reedgate.time.Timestamp;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A running gateway: everything wired together and started. */
public final class GatewayRun {

    /** How long a stop waits for acknowledgements of what was published last. */
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private static final Logger LOG = LoggerFactory.getLogger(GatewayRun.class);

    private final InputQueue queue;
    private final CountDownLatch ended = new CountDownLatch(1);

    private GatewayRun(InputQueue queue) {
        this.queue = queue;
    }

    /**
     * Starts a gateway; returns once its threads run, which is before anything is connected.
     *
     * @param config the configuration; its provider says where lines are read
     * @param simulatorSeed seed of the simulator, if that is the provider
     * @param links makes the connection to the broker; given the will
     * @throws StartException if the state folder or the GPIO provider can't be used
     */
    public static GatewayRun start(Config config, long simulatorSeed, Function<Message, BrokerLink> links)
            throws StartException {
        LineSupplier lines = () -> new Pi4jLineSource(
                Pi4jContexts.create(
                        config.gpio().provider().name().toLowerCase(Locale.ROOT),
                        simulatorProperties(config, simulatorSeed)),
                System::nanoTime);
        return start(config, lines, links);
    }

    /**
     * Starts a gateway on lines of the caller's own, whatever provider the configuration names; otherwise the same.
     *
     * @param config the configuration
     * @param lines makes the source of lines, which is closed with the gateway; called once
     * @param links makes the connection to the broker; given the will
     * @throws StartException if the state folder or the lines can't be used
     */
    public static GatewayRun start(Config config, LineSupplier lines, Function<Message, BrokerLink> links)
            throws StartException {
        StateFolder folder = StateFolder.lock(config.stateDir());
        try {
            StartFile.Start start = StartFile.begin(folder.path(), Instant.now(), new SecureRandom().nextLong());
            LineSource source = lines.get();
            GatewayRun run = new GatewayRun(new InputQueue(config.gpio().queue()));
            run.assemble(config, folder, start, source, links);
            LOG.info(
                    "gateway {} started: boot {}, {} sensors, {}",
                    config.gatewayId(),
                    start.facts().boot(),
                    config.sensors().size(),
                    config.broker().url());
            return run;
        } catch (IOException e) {
            closeQuietly(folder);
            throw new StartException("state_dir " + config.stateDir() + " can't be used: " + e, e);
        } catch (LineException e) {
            closeQuietly(folder);
            throw new StartException(String.valueOf(e.getMessage()), e);
        }
    }

    /** Makes the source of lines. */
    public interface LineSupplier {

        /**
         * Makes it; called once, by the thread that starts the gateway.
         *
         * @throws LineException if its provider does not start
         */
        LineSource get() throws LineException;
    }

    private void assemble(
            Config config,
            StateFolder folder,
            StartFile.Start start,
            LineSource source,
            Function<Message, BrokerLink> links)
            throws IOException {
        Messages messages = new Messages(Topics.of(config.topicPrefix(), config.gatewayId()));
        BrokerLink link = links.apply(messages.availability(false));
        ControlSocket control = ControlSocket.open(folder.path().resolve("control.sock"), queue);
        MemoryOutbox outbox = new MemoryOutbox(config.store().maxEvents());
        Courier courier = new Courier(
                outbox,
                link,
                new Courier.Rules(
                        messages.availability(true),
                        Topics.of(config.topicPrefix(), config.gatewayId()).alarm(),
                        config.broker().timing().retryRefused()),
                control::delivered);
        GatewayLoop.Parts parts = new GatewayLoop.Parts(
                queue,
                new Lines(source, config.sensors(), queue),
                outbox,
                courier,
                start.file(),
                () -> new Timestamp(System.nanoTime(), Instant.now()));
        GatewayLoop loop = new GatewayLoop(new Gateway(settings(config, start)), parts);
        Shell shell = new Shell(folder, control, new ClockCheck(queue), link, messages.availability(false));
        new Thread(() -> live(loop, parts, shell), "gateway-loop").start();
    }

    /** What is started and ended around the loop. */
    private record Shell(
            StateFolder folder, ControlSocket control, ClockCheck clock, BrokerLink link, Message farewell) {}

    private void live(GatewayLoop loop, GatewayLoop.Parts parts, Shell shell) {
        try {
            shell.clock().start();
            shell.link().start(Optional.empty(), event -> queue.offer(new Input.Link(event)));
            loop.run(PATIENCE);
        } finally {
            shell.link().stop(shell.farewell(), PATIENCE);
            shell.clock().close();
            parts.lines().close();
            closeQuietly(shell.control());
            closeQuietly(shell.folder());
            LOG.info("stopped");
            ended.countDown();
        }
    }

    private static void closeQuietly(AutoCloseable part) {
        try {
            part.close();
        } catch (Exception e) {
            LOG.warn("a part was not closed in order: {}", e.toString());
        }
    }

    /** Asks the gateway to stop and waits until it has, for the given time at most. Returns false if it has not. */
    public boolean stop(Duration limit) throws InterruptedException {
        queue.offer(new Input.Stop());
        return ended.await(limit.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Waits until the gateway has stopped. */
    public void await() throws InterruptedException {
        ended.await();
    }

    private static GatewaySettings settings(Config config, StartFile.Start start) {
        Config.Limits limits = config.limits();
        return new GatewaySettings(
                config.gatewayId(),
                Topics.of(config.topicPrefix(), config.gatewayId()),
                config.sensors(),
                ZoneId.systemDefault(),
                new GatewaySettings.Watch(
                        config.gpio().reconcile(),
                        limits.edgesPerMinute(),
                        limits.changesPerMinute(),
                        limits.chatterReport()),
                start.facts());
    }

    private static Map<String, String> simulatorProperties(Config config, long seed) {
        if (config.gpio().provider() != Config.Provider.SIMULATOR) {
            return Map.of();
        }
        Map<String, String> properties = new HashMap<>();
        Path socket = config.stateDir().resolve("sim.sock");
        properties.put("reedgate.sim.socket", socket.toString());
        properties.put("reedgate.sim.seed", Long.toString(seed));
        properties.put(
                "reedgate.sim.lines",
                config.sensors().stream().map(GatewayRun::simulatorLine).collect(Collectors.joining(";")));
        return properties;
    }

    private static String simulatorLine(Sensor sensor) {
        return sensor.id() + "=" + sensor.line().offset() + ":"
                + sensor.wiring().level(Position.OPEN).name().toLowerCase(Locale.ROOT);
    }
}
