package io.github.reedgate.monitor.app;

import io.github.reedgate.event.ClockText;
import io.github.reedgate.json.Json;
import io.github.reedgate.link.LinkTrouble;
import io.github.reedgate.monitor.heal.Healer;
import io.github.reedgate.monitor.heal.Healing;
import io.github.reedgate.monitor.heal.LogAsking;
import io.github.reedgate.monitor.link.SessionEvents;
import io.github.reedgate.monitor.record.Delivery;
import io.github.reedgate.monitor.record.OwnEvent;
import io.github.reedgate.monitor.record.Recorder;
import io.github.reedgate.time.Timestamp;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The thread {@code recorder}, which owns the recorder: others hand in what happened, and it stores what waits. */
final class RecorderThread implements SessionEvents {

    private static final Logger LOG = LoggerFactory.getLogger(RecorderThread.class);
    private static final Duration LONGEST_WAIT = Duration.ofMillis(500);
    private static final Duration LONGEST_ROUND = Duration.ofSeconds(30);
    private static final Duration PRUNE_EVERY = Duration.ofSeconds(10);
    private static final int TOKEN_BYTES = 16;
    private static final Duration PATIENCE_AFTER_FAILURE = Duration.ofSeconds(1);

    private final Recorder recorder;
    private final Healer healer;
    private final Healer.Places places;
    private final Runnable closing;
    private final BlockingQueue<Runnable> inputs = new LinkedBlockingQueue<>();
    private final Thread thread = new Thread(this::run, "recorder");
    private final RoundCounter rounds = new RoundCounter(thread, LONGEST_ROUND);
    private final Faults faults = new Faults(LOG);
    private final Instant started = Instant.now();
    private volatile boolean stopping;
    private volatile boolean isStoring;
    private volatile String status = "{}";
    private volatile String summary = "starting";
    // owned by the thread
    private final Deque<Runnable> taken = new ArrayDeque<>();
    private @Nullable Instant connectedSince;
    private @Nullable Instant lostSince;
    private String trouble = "not connected yet";
    private long pruneNanos = System.nanoTime();

    /**
     * A thread that does not run yet.
     *
     * @param closing closes the history at the end
     * @param places where gateways publish and answer
     * @param asking sends requests for what is missing
     */
    RecorderThread(Recorder recorder, Runnable closing, Healer.Places places, LogAsking asking) {
        this.recorder = recorder;
        this.places = places;
        SecureRandom random = new SecureRandom();
        this.healer =
                new Healer(recorder, new Healing(() -> token(random), random.nextLong()), places, asking, inputs::add);
        this.closing = closing;
        thread.setDaemon(true);
    }

    private static String token(SecureRandom random) {
        byte[] bytes = new byte[TOKEN_BYTES];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    private static Timestamp now() {
        return new Timestamp(System.nanoTime(), Instant.now());
    }

    /** True if gateways answer to requests for their log on a topic. */
    boolean isAnswer(String topic) {
        return places.isAnswer(topic);
    }

    void start() {
        recorder.report(event(OwnEvent.Type.STARTED, "Monitor started", Map.of()));
        thread.start();
    }

    /** Something else that the monitor reports; returns at once. */
    void report(OwnEvent event) {
        inputs.add(() -> recorder.report(event));
    }

    private static OwnEvent event(OwnEvent.Type type, String message, Map<String, Object> more) {
        return new OwnEvent(type, null, message, more, System.currentTimeMillis());
    }

    /** False while so much waits for the history that no more may be received. */
    boolean hasRoom() {
        return !recorder.isFull();
    }

    /** True while the thread works, is connected, and the history can be written. */
    boolean isHealthy() {
        return isStoring && rounds.trouble().isEmpty();
    }

    /** How the monitor is, as JSON. */
    String status() {
        return status;
    }

    /** What the thread has done so far; for whoever watches over it. */
    RoundCounter rounds() {
        return rounds;
    }

    /** How the recorder is, in one line for people. */
    String summary() {
        return summary;
    }

    @Override
    public void up(boolean sessionPresent) {
        inputs.add(() -> {
            LOG.info(
                    "connected; {}", sessionPresent ? "what was missed arrives now" : "the broker had kept no session");
            connectedSince = Instant.now();
            recorder.connected();
            healer.connected();
            Instant lost = lostSince;
            if (lost != null) {
                long outage = Duration.between(lost, Instant.now()).toMillis();
                recorder.report(event(
                        OwnEvent.Type.LINK_RESTORED,
                        "Connection to the broker restored",
                        Json.fields("outage_ms", outage, "session_present", sessionPresent)));
            }
            lostSince = null;
        });
    }

    @Override
    public void received(Delivery delivery) {
        Delivery counted = recorder.held().arrived(delivery);
        inputs.add(() -> take(counted));
    }

    private void take(Delivery delivery) {
        boolean isTaken = false;
        try {
            healer.received(delivery, now());
            isTaken = true;
        } finally {
            if (!isTaken) {
                delivery.drop();
            }
        }
    }

    /** The broker acknowledged an own event; returns at once. */
    void published(long seq) {
        inputs.add(() -> recorder.published(seq));
    }

    @Override
    public void down(boolean wasUp, LinkTrouble why, String message) {
        inputs.add(() -> {
            if (!message.equals(trouble)) {
                LOG.warn("{}", message);
            }
            trouble = message;
            if (wasUp) {
                recorder.disconnected();
                healer.disconnected(now());
                connectedSince = null;
                lostSince = Instant.now();
                recorder.report(event(OwnEvent.Type.LINK_LOST, "Connection to the broker lost: " + message, Map.of()));
            }
        });
    }

    private void run() {
        boolean isDone = false;
        while (!isDone) {
            try {
                long before = faults.count();
                isDone = round();
                summary = summarize();
                rounds.over(faults.count() > before);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            } catch (RuntimeException e) {
                LOG.error("a round of the recorder failed; what it held is tried again", e);
                summary = summarize();
                rounds.brokeOff();
                pause();
            }
        }
        closing.run();
    }

    private static void pause() {
        try {
            Thread.sleep(PATIENCE_AFTER_FAILURE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Takes what has come, and stores it; true if it was the last round. */
    private boolean round() throws InterruptedException {
        if (taken.isEmpty()) {
            boolean mustWait = inputs.isEmpty() && !recorder.hasWork(System.nanoTime());
            Runnable first = mustWait ? inputs.poll(LONGEST_WAIT.toMillis(), TimeUnit.MILLISECONDS) : inputs.poll();
            if (first != null) {
                taken.add(first);
                inputs.drainTo(taken);
            }
        }
        while (!taken.isEmpty()) {
            faults.guard("an input of the recorder", taken.remove());
        }
        Timestamp now = now();
        recorder.work(now);
        healer.work(now);
        if (now.monotonicNanos() - pruneNanos >= PRUNE_EVERY.toNanos()) {
            pruneNanos = now.monotonicNanos();
            recorder.prune(now);
        }
        status = describe();
        isStoring = connectedSince != null && recorder.fault().isEmpty();
        boolean isRest = !inputs.isEmpty() || recorder.hasWork(System.nanoTime());
        return stopping && (!isRest || recorder.fault().isPresent());
    }

    /** One line for people. */
    private String summarize() {
        return (connectedSince != null ? "connected" : trouble) + "; "
                + recorder.fault()
                        .map(fault -> "not storing: " + fault.reason())
                        .orElse("storing");
    }

    private String describe() {
        return Json.write(json -> {
            json.text("started", ClockText.utc(started));
            Instant up = connectedSince;
            json.flag("connected", up != null);
            json.text("connected_since", up == null ? null : ClockText.utc(up));
            json.text("trouble", up == null ? trouble : null);
            json.flag("storing", recorder.fault().isEmpty());
            json.text(
                    "store_fault_since",
                    recorder.fault().map(fault -> ClockText.utc(fault.since())).orElse(null));
            json.text(
                    "store_fault", recorder.fault().map(Recorder.Fault::reason).orElse(null));
            Map<String, Long> figures = recorder.figures();
            figures.putAll(healer.figures());
            json.value("figures", figures);
            json.value("asking", healer.asking());
            json.value("gateways", recorder.states());
        });
    }

    /** Ends after what has come is stored, or can't be; false if it takes longer. */
    boolean stop(Duration limit) throws InterruptedException {
        inputs.add(() -> recorder.report(event(OwnEvent.Type.STOPPING, "Monitor stopping", Map.of())));
        stopping = true;
        inputs.add(() -> LOG.debug("stopping"));
        thread.join(limit.toMillis());
        return !thread.isAlive();
    }
}
