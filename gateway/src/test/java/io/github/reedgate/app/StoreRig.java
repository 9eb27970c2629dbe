package io.github.reedgate.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.jr.ob.JSON;
import io.github.reedgate.command.SignedCommands;
import io.github.reedgate.config.Config;
import io.github.reedgate.config.ConfigException;
import io.github.reedgate.config.ConfigReader;
import io.github.reedgate.core.Gateway;
import io.github.reedgate.core.GatewaySettings;
import io.github.reedgate.core.Input;
import io.github.reedgate.core.StepOutput;
import io.github.reedgate.delivery.BrokerMemory;
import io.github.reedgate.delivery.Courier;
import io.github.reedgate.delivery.EventAcknowledgements;
import io.github.reedgate.delivery.Journal;
import io.github.reedgate.delivery.Receipts;
import io.github.reedgate.line.FakeLines;
import io.github.reedgate.line.Level;
import io.github.reedgate.link.FakeLink;
import io.github.reedgate.link.LinkEvent;
import io.github.reedgate.link.PublishOutcome;
import io.github.reedgate.link.WatermarkOutcome;
import io.github.reedgate.message.Incoming;
import io.github.reedgate.message.Message;
import io.github.reedgate.message.Messages;
import io.github.reedgate.message.Payloads;
import io.github.reedgate.message.Topics;
import io.github.reedgate.notify.Answer;
import io.github.reedgate.notify.Dispatch;
import io.github.reedgate.notify.Inquiry;
import io.github.reedgate.notify.NoticeStore;
import io.github.reedgate.notify.Notifier;
import io.github.reedgate.notify.Post;
import io.github.reedgate.notify.ReplyWords;
import io.github.reedgate.store.Bounds;
import io.github.reedgate.time.SettableTime;
import io.github.reedgate.time.Timestamp;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * A gateway on a state folder of the real kind: loop, core, store and its thread, numbers and notices are the real ones;
 * clocks, lines, the connection and the senders of notifications are in the test's hand. Used by one thread.
 */
final class StoreRig implements AutoCloseable {

    /** Only sensors: line 17 rings, line 27 does not. */
    static final String PLAIN = """
        gateway: {id: home}
        state_dir: state
        broker: {url: 'mqtt://localhost:1'}
        sensors:
          front_door: {line: 17, alarm: always}
          window: {line: 27, type: window, alarm: never, left_open: {after: 10m, repeat: 1h}}
        """;

    /** The same with an alarm panel and two people who are notified. */
    static final String HOUSE = PLAIN + """
        alarm:
          away: {exit_delay: 60s, entry_delay: 0s}
          commands: both
        notify:
          phone: {type: ntfy, url: 'http://localhost:1', topic: doors, events: alarms}
          neighbour: {type: ntfy, url: 'http://localhost:1', topic: other, events: alarms, after: 10m}
        """;

    static final int FRONT_DOOR = 17;
    static final int WINDOW = 27;
    static final Instant BEGIN = Instant.parse("2026-11-22T21:14:00Z");

    private static final String ROOT = "reedgate/home/";
    private static final long MONOTONIC_NANOS = 7_000_000_000L;
    private static final long SEED = 42;
    private static final long LIMIT_NANOS = Duration.ofMinutes(1).toNanos();

    final Path folder;
    final FakeLink link = new FakeLink();
    final List<Dispatch> dispatches = new ArrayList<>();

    private final FakeLines lines = new FakeLines();
    private final SettableTime time;
    private final InputQueue queue = new InputQueue(1_000, Duration.ZERO);
    private final DurableStorage storage;
    private final SeqGuard numbers;
    private final StartFile startFile;
    private final GatewayLoop loop;
    private final Map<String, String> retained = new LinkedHashMap<>();
    private final List<Message> received = new ArrayList<>();
    private final Set<Dispatch> answered = new HashSet<>();
    private final long firstSeq;
    private boolean closed;

    private StoreRig(Path folder, String configuration, Bounds bounds, Instant wall) throws Exception {
        this.folder = folder;
        this.time = new SettableTime(new Timestamp(MONOTONIC_NANOS, wall));
        Config config = config(configuration);
        storage = DurableStorage.open(folder, bounds, event -> queue.offer(new LoopInput.Stored(event)));
        StartFile.Start start = StartFile.begin(folder, storage.found().floor(), wall, SEED);
        SelfDescription self = SelfDescription.of(config, storage.found().ownTopics());
        Topics topics = Topics.of("reedgate", "home");
        Messages messages = new Messages(topics);
        GatewaySettings.StartFacts facts =
                start.facts().withBefore(storage.found().before());
        EventAcknowledgements acknowledgements = new EventAcknowledgements(
                link, topics.event(), storage.found().acknowledged(), storage.everSent(facts.firstSeq()));
        firstSeq = facts.firstSeq();
        StoreLedger ledger = storage.ledger(acknowledgements, start.file());
        Courier courier = new Courier(
                storage.outbox(),
                acknowledgements,
                new Courier.Rules(
                        messages.availability(true),
                        topics.alarm(),
                        config.broker().timing().retryRefused()),
                receipts(self, storage.journal()));
        numbers = new LedgerNumbers(ledger);
        startFile = start.file();
        Gateway core = new Gateway(inUtc(CoreSettings.of(config, facts, self.description())));
        Notifier notifier = new Notifier(
                config.targets(),
                post(),
                rows(storage.journal()),
                () -> 0.5,
                new ReplyWords(new byte[ReplyWords.KEY_BYTES]));
        notifier.restore(storage.found().notices(), MONOTONIC_NANOS);
        loop = new GatewayLoop(
                core,
                core::step,
                new GatewayLoop.Parts(
                        queue,
                        new Lines(lines, config.sensors(), queue),
                        storage,
                        new Delivery(new Delivery.Parts(
                                courier,
                                acknowledgements,
                                new BrokerMemory(storage.found().watermark(topics), link, messages, ledger),
                                messages,
                                ledger,
                                LogDelivery.of("home", storage.log(), link))),
                        numbers,
                        time,
                        new Vitals(messages, "1.2.3", Path.of("no such file"), Path.of("no such file")),
                        new Payloads(messages, ZoneOffset.UTC),
                        new Pulse(List.of("front_door", "window")),
                        new CommandDesk(queue, (proof, answer) -> answer.accept(SignedCommands.match(proof)), askers()),
                        new OutputLines(lines.sink(), config.outputs(), queue),
                        notifier));
        storage.start();
        self.memory().keep(storage.journal());
    }

    /**
     * Starts on a state folder and waits until the sensors are known and the clock is trusted.
     *
     * @param wall the wall clock then
     */
    static StoreRig start(Path folder, String configuration, Instant wall) throws Exception {
        return start(folder, configuration, Bounds.DEFAULT, wall);
    }

    /** The same with other bounds. */
    static StoreRig start(Path folder, String configuration, Bounds bounds, Instant wall) throws Exception {
        StoreRig rig = new StoreRig(folder, configuration, bounds, wall);
        rig.loop.start();
        rig.loop.handle(new LoopInput.Core(new Input.ClockChecked(true)));
        rig.pass(Duration.ofSeconds(2));
        return rig;
    }

    private static Config config(String text) throws ConfigException {
        return new ConfigReader().read(text, "/etc/reedgate/reedgate.yaml");
    }

    private static GatewaySettings inUtc(GatewaySettings all) {
        return new GatewaySettings(
                all.gatewayId(),
                all.topics(),
                all.sensors(),
                ZoneOffset.UTC,
                all.watch(),
                all.heartbeat(),
                all.start(),
                all.commands(),
                all.description(),
                all.panel(),
                all.outputs(),
                all.targets());
    }

    private static Receipts receipts(SelfDescription self, Journal journal) {
        return new Receipts() {

            @Override
            public void delivered(long requestId) {
                // nobody asked for a test alarm
            }

            @Override
            public void emptied(String topic) {
                self.memory().emptied(topic, journal);
            }
        };
    }

    private Post post() {
        return new Post() {

            @Override
            public void send(Dispatch dispatch) {
                dispatches.add(dispatch);
            }

            @Override
            public void ask(Inquiry inquiry) {
                // nobody answers
            }
        };
    }

    private static NoticeStore rows(Journal journal) {
        return new NoticeStore() {

            @Override
            public void keep(long id, String document) {
                journal.keepNotice(id, document);
            }

            @Override
            public void forget(long id) {
                journal.forgetNotice(id);
            }
        };
    }

    private static CommandDesk.Askers askers() {
        return new CommandDesk.Askers() {

            @Override
            public void answered(StepOutput.PanelAnswered answered, boolean stored) {
                // nobody on this machine asks
            }

            @Override
            public void walked(StepOutput.WalkAnswered answered, boolean stored) {
                // nobody on this machine asks
            }

            @Override
            public void raised(StepOutput.TestRaised raised, boolean stored) {
                // nobody on this machine asks
            }
        };
    }

    /** The wall clock now. */
    Instant wall() {
        return time.now().wall();
    }

    /** Lets time pass from one deadline to the next. */
    void pass(Duration duration) {
        long end = time.now().plus(duration).monotonicNanos();
        turn();
        while (time.now().monotonicNanos() < end) {
            long wait = Math.max(1_000_000, loop.waitNanos());
            time.pass(Duration.ofNanos(Math.min(wait, end - time.now().monotonicNanos())));
            turn();
        }
    }

    /** Takes in whatever waits, until the disk has no more to say. */
    private void turn() {
        boolean hasMore = true;
        while (hasMore) {
            takeInputs();
            loop.tick();
            storage.journal().stepDone();
            boolean writes = startFile.isWriting();
            waitForDisk();
            hasMore = takeInputs() || writes;
        }
        storage.journal().stepDone();
    }

    private boolean takeInputs() {
        boolean any = false;
        try {
            LoopInput input = queue.poll(0);
            while (input != null) {
                any = true;
                loop.handle(input);
                input = queue.poll(0);
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        return any;
    }

    /** One round of the store thread may have begun before; the next one has seen all that is wanted now. */
    private void waitForDisk() {
        long enough = storage.turns() + 2;
        long end = System.nanoTime() + LIMIT_NANOS;
        while (storage.turns() < enough || startFile.isWriting()) {
            assertThat(System.nanoTime() - end).as("the store thread answers").isNegative();
            storage.wake();
            Thread.onSpinWait();
        }
    }

    /** Moves a contact and waits until that has settled. */
    void move(int line, boolean open) {
        lines.edge(line, open ? Level.HIGH : Level.LOW, time.now().monotonicNanos());
        pass(Duration.ofMillis(500));
    }

    /** A line can't be read from now on. */
    void breakLine(int line) {
        lines.breakDown(line, new IllegalStateException("no such device"));
        pass(Duration.ofSeconds(12));
    }

    /** A connection to a broker that has no watermark. */
    void connect() {
        take(link.up(FakeLink.NO_LIMIT));
        take(link.remembersNothing(WatermarkOutcome.NONE));
    }

    /** A connection to a broker that has this watermark. */
    void connect(long watermark) {
        take(link.up(FakeLink.NO_LIMIT));
        take(link.remembers(watermark));
    }

    /** The broker shows the gateway the watermark that it has. */
    void showWatermark() {
        take(link.showsWatermark());
    }

    /** The connection is lost. */
    void disconnect() {
        take(link.down());
    }

    private void take(LinkEvent event) {
        loop.handle(new LoopInput.Link(event));
        turn();
    }

    /** The broker accepts all that comes, until nothing does any more. */
    void acceptAll() {
        while (link.unanswered() > 0) {
            accept(message -> true);
        }
    }

    /** The broker answers what has come so far: it accepts what the test says, and refuses the rest. */
    void accept(Predicate<Message> accepted) {
        answer(message -> accepted.test(message) ? PublishOutcome.ACCEPTED : PublishOutcome.NOT_AUTHORIZED);
    }

    /** What has come so far is answered as the test says. */
    void answer(Function<Message, PublishOutcome> outcomes) {
        int count = link.unanswered();
        for (int answered = 0; answered < count; answered++) {
            Message message = link.sent().get(link.count() - link.unanswered()).message();
            PublishOutcome outcome = outcomes.apply(message);
            if (outcome == PublishOutcome.ACCEPTED) {
                note(message);
            }
            take(link.answer(outcome));
        }
    }

    /** A test alarm is asked for on this machine. */
    void testAlarm() {
        loop.handle(new LoopInput.Core(new Input.TestRequested(8)));
        turn();
    }

    private void note(Message message) {
        if (message.retain()) {
            retained.put(message.topic().substring(ROOT.length()), message.payload());
        } else {
            received.add(message);
        }
    }

    /** The servers take whatever is sent to them, until nothing is any more. */
    void takeNotifications() {
        for (int taken = 0; taken < dispatches.size(); taken++) {
            Dispatch dispatch = dispatches.get(taken);
            if (answered.add(dispatch)) {
                loop.handle(new LoopInput.Told(new Answer(
                        dispatch.target().id(), dispatch.attempt(), new Answer.Accepted("answered 200", ""))));
                pass(Duration.ofSeconds(2));
            }
        }
    }

    /** A command by MQTT. */
    void command(String payload) {
        take(new LinkEvent.Received(Incoming.text(ROOT + "panel/set", payload)));
    }

    /** What the broker accepted of the start before this one, in the order in which it came: topic, number and what it says. */
    List<String> fromBefore() {
        return received.stream()
                .filter(message -> seq(message) < firstSeq)
                .map(StoreRig::brief)
                .toList();
    }

    /** Events of this start of one type, as the broker got them. */
    List<Map<String, Object>> events(String type) {
        return received.stream()
                .filter(message -> seq(message) >= firstSeq && message.topic().endsWith("/event"))
                .map(message -> parse(message.payload()))
                .filter(event -> type.equals(event.get("event_type")))
                .toList();
    }

    /** What the broker holds on a topic; empty text if nothing. */
    String retained(String topic) {
        return retained.getOrDefault(topic, "");
    }

    private static long seq(Message message) {
        return Long.parseLong(message.userProperties().getOrDefault("seq", "0"));
    }

    private static String brief(Message message) {
        String topic = message.topic().substring(ROOT.length());
        if (!topic.equals("event")) {
            return topic + " " + seq(message) + " " + message.payload();
        }
        Map<String, Object> event = parse(message.payload());
        assertThat(event.get("replayed")).as("%s", event).isEqualTo(true);
        assertThat(event.get("seq")).as("%s", event).isEqualTo((int) seq(message));
        Object sensor = event.get("sensor");
        return topic + " " + seq(message) + " " + event.get("event_type") + (sensor == null ? "" : " " + sensor);
    }

    private static Map<String, Object> parse(String json) {
        try {
            return JSON.std.mapFrom(json);
        } catch (IOException e) {
            throw new UncheckedIOException(json, e);
        }
    }

    /** Copies the state folder as a power cut would leave it, with the write-ahead log and without the index of it. */
    void copyTo(Path copy) throws IOException {
        turn();
        Files.createDirectories(copy);
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file :
                    files.filter(each -> !each.toString().endsWith("-shm")).toList()) {
                Files.copy(file, copy.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    /** Stops in order. */
    void stop() {
        loop.handle(new LoopInput.Stop());
        turn();
        if (link.isUp()) {
            acceptAll();
        }
        numbers.stopped(loop.state().nextSeq());
        close();
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            storage.close();
        }
    }
}
