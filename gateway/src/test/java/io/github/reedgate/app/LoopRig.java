package io.github.reedgate.app;

import com.fasterxml.jackson.jr.ob.JSON;
import io.github.reedgate.alarm.AlarmMode;
import io.github.reedgate.alarm.PanelSensor;
import io.github.reedgate.alarm.PanelSettings;
import io.github.reedgate.alarm.Reaction;
import io.github.reedgate.command.Match;
import io.github.reedgate.command.Policy;
import io.github.reedgate.contact.Debounce;
import io.github.reedgate.contact.Position;
import io.github.reedgate.contact.Sensor;
import io.github.reedgate.contact.SensorType;
import io.github.reedgate.contact.TroublePolicy;
import io.github.reedgate.contact.Wiring;
import io.github.reedgate.core.Gateway;
import io.github.reedgate.core.GatewaySettings;
import io.github.reedgate.core.Input;
import io.github.reedgate.core.StepOutput;
import io.github.reedgate.delivery.BrokerMemory;
import io.github.reedgate.delivery.Courier;
import io.github.reedgate.delivery.EventAcknowledgements;
import io.github.reedgate.delivery.Journal;
import io.github.reedgate.delivery.LogPage;
import io.github.reedgate.delivery.LogSource;
import io.github.reedgate.delivery.MemoryOutbox;
import io.github.reedgate.delivery.Outbox;
import io.github.reedgate.delivery.Watermark;
import io.github.reedgate.event.Event;
import io.github.reedgate.event.LogRow;
import io.github.reedgate.event.SeqRange;
import io.github.reedgate.line.FakeLines;
import io.github.reedgate.line.Level;
import io.github.reedgate.line.LineSettings;
import io.github.reedgate.line.Pull;
import io.github.reedgate.link.FakeLink;
import io.github.reedgate.link.PublishOutcome;
import io.github.reedgate.link.WatermarkOutcome;
import io.github.reedgate.message.Messages;
import io.github.reedgate.message.Payloads;
import io.github.reedgate.message.Topics;
import io.github.reedgate.notify.Dispatch;
import io.github.reedgate.notify.Inquiry;
import io.github.reedgate.notify.NoticeStore;
import io.github.reedgate.notify.Notifier;
import io.github.reedgate.notify.NotifyTarget;
import io.github.reedgate.notify.Post;
import io.github.reedgate.notify.ReplyWords;
import io.github.reedgate.output.Output;
import io.github.reedgate.store.StoreEvent;
import io.github.reedgate.time.SettableTime;
import io.github.reedgate.time.Timestamp;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A gateway loop without threads: fake lines, fake connection, settable time. Sensor n is {@code s<n>} on line n. */
final class LoopRig {

    static final Timestamp START = new Timestamp(7_000_000_000L, Instant.parse("2026-11-22T21:14:00Z"));
    static final Wiring WIRING = new Wiring(true, Level.HIGH);
    static final Duration HEARTBEAT = Duration.ofMinutes(10);
    static final Duration PARK = Duration.ofSeconds(60);

    final SettableTime time;
    final FakeLines lines = new FakeLines();
    final FakeLink link = new FakeLink();
    final RigNumbers numbers = new RigNumbers();
    final List<Long> delivered = new ArrayList<>();
    final List<Consumer<Match>> checks = new ArrayList<>();
    final List<StepOutput.PanelAnswered> answers = new ArrayList<>();
    final List<StepOutput.WalkAnswered> walks = new ArrayList<>();
    /** Whether what was answered, in this order, was said to be on disk. */
    final List<Boolean> stores = new ArrayList<>();

    final List<Dispatch> dispatches = new ArrayList<>();
    final List<Inquiry> inquiries = new ArrayList<>();
    final InputQueue queue;
    final Kept kept;
    final Courier courier;
    final GatewayLoop loop;
    final Pulse pulse;
    final RigLedger ledger;
    private int seen;
    private boolean watched;

    /** Keeps everything in memory, and what happened to be looked at. */
    static final class Kept implements Storage, Journal, NoticeStore {

        final List<Event> events = new ArrayList<>();
        final Map<String, String> notes = new HashMap<>();
        final List<String> corrections = new ArrayList<>();
        final Map<Long, String> notices = new TreeMap<>();
        String snapshot = "";
        /** Numbers that a slow disk has not confirmed yet; null for one that is never slow. */
        @Nullable
        List<Long> unconfirmed;

        private final Outbox outbox;

        Kept(Outbox outbox) {
            this.outbox = outbox;
        }

        @Override
        public Outbox outbox() {
            return outbox;
        }

        @Override
        public Journal journal() {
            return this;
        }

        @Override
        public Optional<Input> take(StoreEvent event) {
            return event instanceof StoreEvent.Failed failed
                    ? Optional.of(new Input.StoreFailed(failed.reason()))
                    : Optional.empty();
        }

        @Override
        public void keep(Event event) {
            events.add(event);
        }

        @Override
        public void keepSnapshot(String document) {
            snapshot = document;
        }

        @Override
        public void keepNotice(long id, String document) {
            notices.put(id, document);
        }

        @Override
        public void forgetNotice(long id) {
            notices.remove(id);
        }

        @Override
        public void keep(long id, String document) {
            keepNotice(id, document);
        }

        @Override
        public void forget(long id) {
            forgetNotice(id);
        }

        @Override
        public void begin() {
            // memory keeps one thing at a time
        }

        @Override
        public void end() {
            // memory keeps one thing at a time
        }

        @Override
        public boolean confirm(long number) {
            if (unconfirmed == null) {
                return true;
            }
            unconfirmed.add(number);
            return false;
        }

        @Override
        public void note(String name, String value) {
            notes.put(name, value);
        }

        @Override
        public void stepDone() {
            // it is kept already
        }

        @Override
        public void correctClock(long boot, long wallMillisAtUptimeZero) {
            corrections.add(boot + " " + Instant.ofEpochMilli(wallMillisAtUptimeZero));
        }
    }

    LoopRig(int sensorCount, int edgeCapacity, int outboxCapacity) {
        this(sensorCount, edgeCapacity, outboxCapacity, GatewaySettings.Watch.DEFAULT);
    }

    LoopRig(int sensorCount, int edgeCapacity, int outboxCapacity, GatewaySettings.Watch watch) {
        this(sensorCount, edgeCapacity, outboxCapacity, watch, List.of());
    }

    LoopRig(int sensorCount, int edgeCapacity, int outboxCapacity, GatewaySettings.Watch watch, List<Output> outputs) {
        this(
                new Size(sensorCount, edgeCapacity, watch, outputs),
                List.of(),
                new Kept(new MemoryOutbox(outboxCapacity)),
                new GatewaySettings.StartFacts(1, 1, GatewaySettings.LastStop.NONE, 0, 42),
                START);
    }

    /** One door, an alarm panel, and people who are told beside the broker. */
    static LoopRig telling(List<NotifyTarget> targets) {
        return new LoopRig(
                new Size(1, 100, GatewaySettings.Watch.DEFAULT, List.of()),
                targets,
                nothingKept(),
                new GatewaySettings.StartFacts(1, 1, GatewaySettings.LastStop.NONE, 0, 42),
                START);
    }

    private record Size(int sensorCount, int edgeCapacity, GatewaySettings.Watch watch, List<Output> outputs) {}

    /** Two doors and an alarm panel, from what was kept before; not started. */
    static LoopRig of(List<NotifyTarget> targets, Kept kept, GatewaySettings.StartFacts facts, Timestamp at) {
        return new LoopRig(new Size(2, 100, GatewaySettings.Watch.DEFAULT, List.of()), targets, kept, facts, at);
    }

    /** A disk on which nothing is yet. */
    static Kept nothingKept() {
        return new Kept(new MemoryOutbox(1_000));
    }

    /** What is on a disk now; what waits for the broker is not. */
    static Kept copy(Kept kept) {
        Kept copy = nothingKept();
        copy.events.addAll(kept.events);
        copy.notices.putAll(kept.notices);
        copy.snapshot = kept.snapshot;
        return copy;
    }

    private LoopRig(Size size, List<NotifyTarget> targets, Kept disk, GatewaySettings.StartFacts facts, Timestamp at) {
        time = new SettableTime(at);
        kept = disk;
        List<Sensor> sensors = IntStream.range(0, size.sensorCount())
                .mapToObj(line -> targets.isEmpty() ? door(line) : door(line, Sensor.AlarmPolicy.NEVER))
                .toList();
        Topics topics = Topics.of("reedgate", "home");
        queue = new InputQueue(size.edgeCapacity(), Duration.ZERO);
        EventAcknowledgements acknowledgements = new EventAcknowledgements(
                link, topics.event(), OptionalLong.of(facts.firstSeq() - 1), facts.firstSeq() - 1);
        ledger = new RigLedger(kept, acknowledgements, queue);
        courier = new Courier(
                kept.outbox(),
                acknowledgements,
                new Courier.Rules(new Messages(topics).availability(true), topics.alarm(), PARK),
                delivered::add);
        GatewaySettings settings = new GatewaySettings(
                "home",
                topics,
                sensors,
                ZoneOffset.UTC,
                size.watch(),
                HEARTBEAT,
                facts,
                Policy.STRICT,
                GatewaySettings.Description.NONE,
                targets.isEmpty() ? null : panel(sensors),
                size.outputs(),
                targets.stream().map(NotifyTarget::rules).toList());
        Gateway core = new Gateway(settings);
        Notifier notifier =
                new Notifier(targets, post(), kept, () -> 0.5, new ReplyWords(new byte[ReplyWords.KEY_BYTES]));
        notifier.restore(kept.notices, at.monotonicNanos());
        pulse = new Pulse(sensors.stream().map(Sensor::id).toList());
        loop = new GatewayLoop(
                core,
                core::step,
                new GatewayLoop.Parts(
                        queue,
                        new Lines(lines, sensors, queue),
                        kept,
                        new Delivery(new Delivery.Parts(
                                courier, acknowledgements, memory(topics), new Messages(topics), ledger, logs())),
                        numbers,
                        time,
                        vitals(topics),
                        new Payloads(new Messages(topics), ZoneOffset.UTC),
                        pulse,
                        new CommandDesk(queue, (code, answer) -> checks.add(answer), askers()),
                        new OutputLines(lines.sink(), size.outputs(), queue),
                        notifier));
    }

    /** Every sensor raises the alarm at once, armed for whatever. */
    private static PanelSettings panel(List<Sensor> sensors) {
        PanelSettings.Delays none = new PanelSettings.Delays(Duration.ZERO, Duration.ZERO);
        return new PanelSettings(
                sensors.stream()
                        .map(sensor -> new PanelSensor(
                                sensor.id(), Set.of(AlarmMode.AWAY), Reaction.INSTANT, PanelSensor.Bypass.NEVER, false))
                        .toList(),
                Map.of(AlarmMode.AWAY, none),
                Duration.ofMinutes(3),
                PanelSettings.After.REARM,
                Duration.ZERO,
                new PanelSettings.Restart(PanelSettings.Downtime.COUNTS, PanelSettings.AtBoot.NOTIFY));
    }

    private LogDelivery logs() {
        LogSource memory = (request, range, limit) -> {
            List<LogRow> rows = kept.events.stream()
                    .filter(event -> range.contains(event.stamp().seq()))
                    .limit(limit)
                    .map(event -> LogRow.of(event, false))
                    .toList();
            SeqRange covered = rows.size() < limit
                    ? range
                    : new SeqRange(range.from(), rows.get(rows.size() - 1).seq());
            queue.offer(new LoopInput.Stored(new StoreEvent.LogRead(new LogPage(request, covered, rows, true))));
        };
        return LogDelivery.of("home", memory, link);
    }

    private CommandDesk.Askers askers() {
        return new CommandDesk.Askers() {

            @Override
            public void answered(StepOutput.PanelAnswered answered, boolean stored) {
                answers.add(answered);
                stores.add(stored);
            }

            @Override
            public void walked(StepOutput.WalkAnswered answered, boolean stored) {
                walks.add(answered);
                stores.add(stored);
            }

            @Override
            public void raised(StepOutput.TestRaised raised, boolean stored) {
                stores.add(stored);
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
                inquiries.add(inquiry);
            }
        };
    }

    private static Vitals vitals(Topics topics) {
        return new Vitals(new Messages(topics), "1.2.3", Path.of("no such file"), Path.of("no such file"));
    }

    private BrokerMemory memory(Topics topics) {
        return new BrokerMemory(
                new Watermark(topics.watermark(), Optional.empty()), link, new Messages(topics), ledger);
    }

    static LoopRig started(int sensorCount) {
        return new LoopRig(sensorCount, 100, 1000).start();
    }

    /** Starts and waits until every sensor was looked at. */
    LoopRig start() {
        loop.start();
        loop.handle(new LoopInput.Core(new Input.ClockChecked(true)));
        pass(Duration.ofSeconds(2));
        return this;
    }

    static Sensor door(int line) {
        return door(line, Sensor.AlarmPolicy.ALWAYS);
    }

    private static Sensor door(int line, Sensor.AlarmPolicy alarm) {
        return new Sensor(
                "s" + line,
                "Door " + line,
                SensorType.DOOR,
                new LineSettings(line, Pull.UP),
                WIRING,
                Debounce.DEFAULT,
                alarm,
                null,
                null,
                TroublePolicy.DEFAULT);
    }

    /** Lets time pass in steps of a millisecond, as the thread would. */
    void pass(Duration duration) {
        for (long millis = 0; millis < duration.toMillis(); millis++) {
            turn();
            time.pass(Duration.ofMillis(1));
        }
        turn();
    }

    /** Takes in whatever waits. */
    void turn() {
        try {
            LoopInput input = queue.poll(0);
            while (input != null) {
                loop.handle(input);
                input = queue.poll(0);
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        loop.tick();
    }

    /** Moves a door, with an edge, and waits until that has settled. */
    void settle(int line, Position position) {
        lines.edge(line, WIRING.level(position), time.now().monotonicNanos());
        pass(Duration.ofMillis(150));
    }

    void connect() {
        connect(FakeLink.NO_LIMIT);
    }

    void connect(int receiveMaximum) {
        loop.handle(new LoopInput.Link(link.up(receiveMaximum)));
        loop.handle(new LoopInput.Link(link.remembersNothing(WatermarkOutcome.NONE)));
    }

    /** The broker has not said yet what it remembers; from now on {@link #sentNow} gives watermarks, too. */
    void connectUnanswered() {
        watched = true;
        loop.handle(new LoopInput.Link(link.up(FakeLink.NO_LIMIT)));
    }

    void disconnect() {
        loop.handle(new LoopInput.Link(link.down()));
    }

    void acceptAll() {
        while (link.unanswered() > 0) {
            loop.handle(new LoopInput.Link(link.answer(PublishOutcome.ACCEPTED)));
        }
    }

    /**
     * What was sent since this was asked last, without heartbeats: topic without the root, and payload, of events only type
     * and replayed.
     */
    List<String> sentNow() {
        List<String> texts = link.sentSince(seen).stream()
                .filter(sent -> !sent.message().topic().endsWith("/diagnostics"))
                .filter(sent -> watched || !VirtualBroker.isWatermark(sent.message()))
                .map(LoopRig::brief)
                .toList();
        seen = link.count();
        return texts;
    }

    /** The same without the details, which only add noise. */
    List<String> sentNowWithoutDetails() {
        return sentNow().stream().filter(text -> !text.contains("/detail ")).toList();
    }

    /** Events sent so far, parsed, in order. */
    List<Map<String, Object>> events() {
        return link.sent().stream()
                .filter(sent -> sent.message().topic().endsWith("/event"))
                .map(sent -> parse(sent.message().payload()))
                .toList();
    }

    /** Heartbeats sent so far, parsed, in order. */
    List<Map<String, Object>> heartbeats() {
        return link.sent().stream()
                .filter(sent -> sent.message().topic().endsWith("/diagnostics"))
                .map(sent -> parse(sent.message().payload()))
                .toList();
    }

    private static String brief(FakeLink.Sent sent) {
        String topic = sent.message().topic().replace("reedgate/home/", "");
        String payload = sent.message().payload();
        if (topic.equals("event")) {
            Map<String, Object> event = parse(payload);
            String replayed = Boolean.TRUE.equals(event.get("replayed")) ? " late" : "";
            payload = event.get("event_type") + replayed;
        } else if (topic.endsWith("/detail")) {
            payload = "…";
        }
        return topic + " " + payload;
    }

    private static Map<String, Object> parse(String json) {
        try {
            return JSON.std.mapFrom(json);
        } catch (IOException e) {
            throw new UncheckedIOException(json, e);
        }
    }
}
