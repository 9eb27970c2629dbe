package io.github.reedgate.app;

import io.github.reedgate.config.Config;
import io.github.reedgate.contact.Sensor;
import io.github.reedgate.core.Gateway;
import io.github.reedgate.core.GatewaySettings;
import io.github.reedgate.core.StepFunction;
import io.github.reedgate.delivery.BrokerMemory;
import io.github.reedgate.delivery.Courier;
import io.github.reedgate.delivery.EventAcknowledgements;
import io.github.reedgate.line.LineException;
import io.github.reedgate.line.LineSource;
import io.github.reedgate.line.pi4j.HeaderChip;
import io.github.reedgate.line.pi4j.Pi4jContexts;
import io.github.reedgate.line.pi4j.Pi4jLineSource;
import io.github.reedgate.link.BrokerLink;
import io.github.reedgate.link.Subscriptions;
import io.github.reedgate.message.Message;
import io.github.reedgate.message.Messages;
import io.github.reedgate.message.Payloads;
import io.github.reedgate.message.Topics;
import io.github.reedgate.service.SystemdNotifier;
import io.github.reedgate.service.Watchdog;
import io.github.reedgate.service.WatchdogInterval;
import io.github.reedgate.store.Bounds;
import io.github.reedgate.users.CodeChecker;
import io.github.reedgate.users.UsersFile;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A running gateway: everything wired together and started. */
public final class GatewayRun {

    /** How long a stop waits for acknowledgements of what was published last. */
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private static final Logger LOG = LoggerFactory.getLogger(GatewayRun.class);

    private final InputQueue queue;
    private final Vigil vigil;
    private final CountDownLatch ended = new CountDownLatch(1);

    private GatewayRun(InputQueue queue, Vigil vigil) {
        this.queue = queue;
        this.vigil = vigil;
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
        return start(config, simulatorSeed, links, UnaryOperator.identity());
    }

    /**
     * The same with something around the core's step.
     *
     * @param around given the core's step, makes what is called instead, on the loop's thread; also for rehearsals, whose
     *     outcome is thrown away
     * @throws StartException if the state folder or the GPIO provider can't be used
     */
    public static GatewayRun start(
            Config config, long simulatorSeed, Function<Message, BrokerLink> links, UnaryOperator<StepFunction> around)
            throws StartException {
        LineSupplier lines = () -> switch (config.gpio().provider()) {
            case GPIOD -> HeaderChip.lines(config.stateDir(), System::nanoTime);
            case SIMULATOR ->
                new Pi4jLineSource(
                        Pi4jContexts.create("simulator", SimulatorProperties.of(config, simulatorSeed)),
                        System::nanoTime);
        };
        return begin(config, lines, links, around);
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
        return begin(config, lines, links, UnaryOperator.identity());
    }

    private static GatewayRun begin(
            Config config, LineSupplier lines, Function<Message, BrokerLink> links, UnaryOperator<StepFunction> around)
            throws StartException {
        StateFolder folder = StateFolder.lock(config.stateDir());
        InputQueue queue = new InputQueue(config.gpio().queue());
        Pulse pulse = new Pulse(config.sensors().stream().map(Sensor::id).toList());
        Vigil vigil = vigil(pulse, config.gpio().reconcile());
        vigil.begin();
        DurableStorage storage =
                DurableStorage.open(folder.path(), bounds(config), event -> queue.offer(new LoopInput.Stored(event)));
        try {
            Numbering numbering = Numbering.begin(folder.path(), storage.found());
            LineSource source = lines.get();
            GatewayRun run = new GatewayRun(queue, vigil);
            SelfDescription self = SelfDescription.of(config, storage.found().ownTopics());
            run.assemble(config, new Begun(folder, storage, numbering, self, pulse, around), source, links);
            LOG.info(
                    "gateway {} started: boot {}, {} sensors, {}",
                    config.gatewayId(),
                    numbering.facts().boot(),
                    config.sensors().size(),
                    config.broker().url());
            return run;
        } catch (LineException e) {
            closeQuietly(vigil);
            closeQuietly(storage);
            closeQuietly(folder);
            throw new StartException(String.valueOf(e.getMessage()), e);
        }
    }

    /** What a start begins with. */
    private record Begun(
            StateFolder folder,
            DurableStorage storage,
            Numbering numbering,
            SelfDescription self,
            Pulse pulse,
            UnaryOperator<StepFunction> around) {}

    private static Vigil vigil(Pulse pulse, Duration reconcile) {
        Map<String, String> environment = System.getenv();
        return new Vigil(
                SystemdNotifier.of(environment),
                WatchdogInterval.of(environment, ProcessHandle.current().pid()),
                pulse,
                Watchdog.Limits.usual(reconcile),
                System::nanoTime);
    }

    static Bounds bounds(Config config) {
        return new Bounds(
                config.store().maxEvents(),
                config.store().maxAge(),
                config.store().maxBytes());
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

    private void assemble(Config config, Begun begun, LineSource source, Function<Message, BrokerLink> links) {
        Topics topics = Topics.of(config.topicPrefix(), config.gatewayId());
        Messages messages = new Messages(topics);
        BrokerLink link = links.apply(messages.availability(false));
        ControlRequests requests = new ControlRequests(queue, PATIENCE);
        CodeChecker checker = new CodeChecker(new UsersFile(begun.folder().path()));
        EventAcknowledgements acknowledgements = acknowledgements(begun, link, topics);
        StoreLedger ledger =
                begun.storage().ledger(acknowledgements, begun.numbering().guard());
        Courier courier = courier(config, begun, acknowledgements, requests);
        BrokerMemory memory = memory(begun, link, topics, ledger);
        LogDelivery logs = LogDelivery.of(config.gatewayId(), begun.storage().log(), link);
        Notifying notifying = Notifying.of(config, begun.storage(), queue);
        GatewayLoop.Parts parts = new GatewayLoop.Parts(
                queue,
                new Lines(source, config.sensors(), queue),
                begun.storage(),
                new Delivery(new Delivery.Parts(courier, acknowledgements, memory, messages, ledger, logs)),
                new LedgerNumbers(ledger),
                new SystemTime(),
                Vitals.ofThisMachine(messages),
                new Payloads(messages, ZoneId.systemDefault()),
                begun.pulse(),
                new CommandDesk(queue, checker::check, requests),
                new OutputLines(source.sink(), config.outputs(), queue),
                notifying.notifier());
        Gateway core = new Gateway(settings(config, begun));
        Shell shell = new Shell(
                begun,
                control(begun.folder().path().resolve(ControlSocket.NAME), requests),
                List.of(checker, notifying, Pinging.of(config, vigil, begun.pulse(), queue)),
                new ClockCheck(queue),
                link,
                messages.availability(false),
                new Subscriptions(Optional.of(topics.watermark()), core.topics(), core.remembered()));
        GatewayLoop loop = new GatewayLoop(core, begun.around().apply(core::step), parts);
        new Thread(() -> live(loop, parts, shell), "gateway-loop").start();
    }

    private static BrokerMemory memory(Begun begun, BrokerLink link, Topics topics, StoreLedger ledger) {
        return new BrokerMemory(begun.storage().found().watermark(topics), link, new Messages(topics), ledger);
    }

    private static EventAcknowledgements acknowledgements(Begun begun, BrokerLink link, Topics topics) {
        return new EventAcknowledgements(
                link,
                topics.event(),
                begun.storage().found().acknowledged(),
                begun.storage().everSent(begun.numbering().facts().firstSeq()));
    }

    private static Courier courier(
            Config config, Begun begun, EventAcknowledgements acknowledgements, ControlRequests requests) {
        Topics topics = Topics.of(config.topicPrefix(), config.gatewayId());
        Courier.Rules rules = new Courier.Rules(
                new Messages(topics).availability(true),
                topics.alarm(),
                config.broker().timing().retryRefused());
        return new Courier(
                begun.storage().outbox(),
                acknowledgements,
                rules,
                new Echo(requests, begun.self().memory(), begun.storage().journal()));
    }

    private static ControlService control(Path path, ControlRequests requests) {
        ControlService control = new ControlService(path, () -> ControlSocket.open(path, requests), System::nanoTime);
        control.start();
        return control;
    }

    /** What is started and ended around the loop. */
    private record Shell(
            Begun begun,
            ControlService control,
            List<AutoCloseable> aides,
            ClockCheck clock,
            BrokerLink link,
            Message farewell,
            Subscriptions subscriptions) {}

    private void live(GatewayLoop loop, GatewayLoop.Parts parts, Shell shell) {
        try {
            shell.begun().storage().start();
            vigil.watch(shell.begun().storage());
            shell.begun().self().memory().keep(shell.begun().storage().journal());
            shell.clock().start();
            shell.link().start(shell.subscriptions(), queue::offer);
            loop.run(PATIENCE);
        } finally {
            shell.link().stop(shell.farewell(), PATIENCE);
            shell.clock().close();
            parts.lines().close();
            closeQuietly(shell.control());
            shell.aides().forEach(GatewayRun::closeQuietly);
            closeQuietly(shell.begun().storage());
            closeQuietly(shell.begun().folder());
            closeQuietly(vigil);
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
        vigil.stopping(limit);
        queue.offer(new LoopInput.Stop());
        return ended.await(limit.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Waits until the gateway has stopped. */
    public void await() throws InterruptedException {
        ended.await();
    }

    private static GatewaySettings settings(Config config, Begun begun) {
        return CoreSettings.of(config, begun.numbering().facts(), begun.self().description());
    }
}
