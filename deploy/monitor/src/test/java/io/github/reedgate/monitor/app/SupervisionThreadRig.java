package io.github.reedgate.monitor.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reedgate.monitor.record.Delivery;
import io.github.reedgate.monitor.record.OwnEvent;
import io.github.reedgate.monitor.record.RawMessage;
import io.github.reedgate.monitor.supervision.Supervision;
import io.github.reedgate.monitor.supervision.SupervisionMemory;
import io.github.reedgate.monitor.supervision.SupervisionSettings;
import io.github.reedgate.monitor.supervision.SupervisionStore;
import io.github.reedgate.notify.Dispatch;
import io.github.reedgate.notify.Inquiry;
import io.github.reedgate.notify.Post;
import io.github.reedgate.time.Timestamp;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** A supervision thread that runs, with a clock that stands until it is moved, a disk and a broker that do as they are told. */
final class SupervisionThreadRig implements AutoCloseable, SupervisionStore, Post {

    static final Instant BEGIN = Instant.parse("2026-11-22T21:00:00Z");

    final List<OwnEvent> reports = new CopyOnWriteArrayList<>();
    final List<String> alarmLines = new CopyOnWriteArrayList<>();
    final AtomicInteger saves = new AtomicInteger();
    final AtomicInteger acknowledged = new AtomicInteger();
    volatile boolean takesAlarms = true;
    volatile boolean diskHangs;
    volatile boolean diskKills;
    volatile boolean clockFails;
    volatile String stored = "";
    final SupervisionThread thread;
    private volatile Timestamp now = new Timestamp(1_000_000_000_000L, BEGIN);

    SupervisionThreadRig(Path folder) throws IOException {
        Alerts alerts =
                new Alerts(List.of(), this, new NoticeFiles(folder.resolve("notices"), reports::add), "main", now);
        SupervisionThread.Parts parts = new SupervisionThread.Parts(
                new Supervision(SupervisionSettings.DEFAULT, 1),
                this,
                this::publish,
                reports::add,
                alerts,
                this::now,
                ZoneOffset.UTC);
        thread = new SupervisionThread(parts, "reedgate-monitor/main", "reedgate", SupervisionMemory.empty(now));
    }

    /** One that is connected and has heard the gateways, which are armed. */
    static SupervisionThreadRig watching(Path folder, String... gateways) throws IOException {
        SupervisionThreadRig rig = new SupervisionThreadRig(folder);
        rig.thread.start();
        rig.thread.up(true);
        rig.await("the line is live", () -> rig.thread.health().isLive());
        for (String gateway : gateways) {
            rig.says(gateway, "availability", "online");
            rig.says(gateway, "panel/state", "armed_away");
        }
        rig.await("they are known", () -> rig.figure("supervised") == gateways.length);
        rig.round(); // all of it is stored
        return rig;
    }

    private Timestamp now() {
        if (clockFails) {
            throw new IllegalStateException("for the test");
        }
        return now;
    }

    /** The gateways die, and their alarms ring. */
    void die(String... gateways) {
        round(); // the figures are those of the end of a round
        long before = figure("open_alarms");
        pass(Duration.ofSeconds(31));
        for (String gateway : gateways) {
            says(gateway, "availability", "offline");
        }
        await("it is heard", () -> figure("waiting_messages") == 0);
        round();
        pass(Duration.ofSeconds(61));
        await("the alarms ring", () -> figure("open_alarms") == before + gateways.length);
    }

    void pass(Duration time) {
        now = now.plus(time);
    }

    /** Waits until the thread has begun and completed a round. */
    void round() {
        long from = thread.rounds().worked().rounds();
        await("a round", () -> thread.rounds().worked().rounds() >= from + 2);
    }

    long figure(String name) {
        return thread.health().figures().getOrDefault(name, -1L);
    }

    boolean says(String gateway, String topic, String payload) {
        return hears("reedgate/" + gateway + "/" + topic, payload);
    }

    private boolean hears(String topic, String payload) {
        RawMessage message = new RawMessage(topic, payload.getBytes(StandardCharsets.UTF_8), 0);
        return thread.received(new Delivery() {
            @Override
            public RawMessage message() {
                return message;
            }

            @Override
            public void acknowledge() {
                acknowledged.incrementAndGet();
            }
        });
    }

    private CompletableFuture<Boolean> publish(String topic, String payload, boolean retain) {
        if (topic.endsWith("/probe")) {
            hears(topic, payload);
        } else if (topic.endsWith("/alarm")) {
            alarmLines.add(payload);
            return CompletableFuture.completedFuture(takesAlarms);
        }
        return CompletableFuture.completedFuture(true);
    }

    long count(OwnEvent.Type type) {
        return reports.stream().filter(each -> each.type() == type).count();
    }

    void await(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as(what).isLessThan(end);
            LockSupport.parkNanos(5_000_000);
        }
    }

    @Override
    public Optional<String> load() {
        return Optional.empty();
    }

    @Override
    public void save(String document) throws IOException {
        while (diskHangs) {
            LockSupport.parkNanos(5_000_000);
        }
        if (diskKills) {
            throw new StackOverflowError("for the test");
        }
        saves.incrementAndGet();
        stored = document;
    }

    @Override
    public void send(Dispatch dispatch) {}

    @Override
    public void ask(Inquiry inquiry) {}

    @Override
    public void close() {
        diskHangs = false;
        try {
            thread.stop();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
