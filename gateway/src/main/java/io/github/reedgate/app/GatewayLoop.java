package io.github.reedgate.app;

import io.github.reedgate.core.Gateway;
import io.github.reedgate.core.GatewayState;
import io.github.reedgate.core.Input;
import io.github.reedgate.core.StepFunction;
import io.github.reedgate.core.StepResult;
import io.github.reedgate.delivery.Courier;
import io.github.reedgate.delivery.Outbox;
import io.github.reedgate.link.LinkEvent;
import io.github.reedgate.message.Payloads;
import io.github.reedgate.notify.Notifier;
import io.github.reedgate.store.StoreEvent;
import io.github.reedgate.time.TimeSource;
import io.github.reedgate.time.Timestamp;
import java.time.Duration;
import java.util.Deque;
import java.util.List;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The loop: one thread that owns all state, takes inputs from one queue, lets the core step and carries out what it wants done.
 * {@link #run} is the thread's body; tests call {@link #start}, {@link #handle} and {@link #tick} themselves instead.
 */
final class GatewayLoop {

    private static final Logger LOG = LoggerFactory.getLogger(GatewayLoop.class);
    /** Deadlines are looked at after this many inputs at the latest, even if the edges never cease. */
    private static final int EDGES_BEFORE_TICK = 64;

    /** So many answers of the broker are taken in before anything else is looked at. */
    private static final int ANSWERS_AT_ONCE = 64;

    private static final Duration DROPS_PAUSE = Duration.ofMinutes(1);
    private static final Duration FAILURE_PAUSE = Duration.ofMillis(100);

    private final Gateway core;
    private final StepFunction stepping;
    private final Parts parts;
    private final Mishaps mishaps = new Mishaps();
    private final StepExecutor executor;
    private final Rehearsal rehearsal;
    private final Telling telling;
    private GatewayState state;
    private long dropsToldNanos;
    private long lostReceived;
    private boolean stopping;
    private int untimed;

    /**
     * What the loop works with.
     *
     * @param queue where inputs come from
     * @param lines the sensors' lines
     * @param storage keeps events and what waits for the broker
     * @param delivery what goes to the broker
     * @param numbers keeps the event numbers from ever repeating
     * @param time both clocks
     * @param vitals what only the operating system knows
     * @param payloads writes the messages of events
     * @param pulse what the loop leaves behind for whoever watches over it
     * @param desk has codes checked, and answers who asked on this machine
     * @param outputs what the gateway switches
     * @param notifier tells people beside the broker
     */
    record Parts(
            InputQueue queue,
            Lines lines,
            Storage storage,
            Delivery delivery,
            SeqGuard numbers,
            TimeSource time,
            Vitals vitals,
            Payloads payloads,
            Pulse pulse,
            CommandDesk desk,
            OutputLines outputs,
            Notifier notifier) {}

    /**
     * A loop that has not started.
     *
     * @param core knows the first state and when a step is due
     * @param stepping the core's step, or something around it
     * @param parts what it works with
     */
    GatewayLoop(Gateway core, StepFunction stepping, Parts parts) {
        this.core = core;
        this.stepping = stepping;
        this.executor = new StepExecutor(parts, mishaps);
        this.parts = parts;
        this.rehearsal = new Rehearsal(core, stepping, parts);
        this.telling = new Telling(parts.notifier(), core.boot(), this::state, this::step);
        Timestamp now = parts.time().now();
        this.state = core.initial(now);
        this.dropsToldNanos = now.monotonicNanos();
    }

    /** Runs until {@link LoopInput.Stop} arrives, then until what it published is acknowledged or {@code patience} is over. */
    void run(Duration patience) {
        try {
            mishaps.survive(this::start, "start");
            while (!stopping) {
                turn();
            }
            long end = parts.time().now().monotonicNanos() + patience.toNanos();
            while (isBusy() && parts.time().now().monotonicNanos() - end < 0) {
                turn();
            }
        } catch (InterruptedException e) {
            LOG.warn("the loop was interrupted and ends");
            Thread.currentThread().interrupt();
        }
        parts.numbers().stopped(state.nextSeq());
    }

    private boolean isBusy() {
        boolean sends = courier().isConnected() && courier().depth() > 0;
        return sends || !executor.promises().isEmpty() || parts.notifier().isSending();
    }

    /** Waits until something comes or is due, and takes in what has come. */
    void turn() throws InterruptedException {
        long nanos = mishaps.takeFresh() ? Math.max(waitNanos(), FAILURE_PAUSE.toNanos()) : waitNanos();
        LoopInput input = Rehearsal.isSettling(state)
                ? parts.queue().pollSharply(nanos, () -> mishaps.survive(() -> rehearsal.go(state), "rehearsal"))
                : parts.queue().poll(nanos);
        if (input != null) {
            mishaps.survive(() -> handle(input), input);
            handleAnswers();
        }
        // edges carry their own time and come first: a level read before them would be newer than they are
        untimed = parts.queue().hasEdges() ? untimed + 1 : 0;
        if (untimed % EDGES_BEFORE_TICK == 0) {
            mishaps.survive(this::tick, "tick");
        }
        mishaps.tell(parts.time().now().monotonicNanos(), this::step);
        mishaps.survive(() -> parts.storage().journal().stepDone(), "writing");
        parts.pulse()
                .turned(
                        !mishaps.isFresh(),
                        state,
                        courier().isConnected(),
                        courier().depth());
    }

    /** Answers of the broker that came together are taken in together: what they give room for then leaves together, too. */
    private void handleAnswers() {
        for (int taken = 1; taken < ANSWERS_AT_ONCE; taken++) {
            LoopInput answer = parts.queue().pollAnswer();
            if (answer == null) {
                return;
            }
            mishaps.survive(() -> handle(answer), answer);
        }
    }

    /** Everything begins: the first levels are read. */
    void start() {
        telling.begin(parts.time().now().monotonicNanos());
        step(new Input.Started());
        step(new Input.Tick());
    }

    /** Takes one input in. */
    void handle(LoopInput input) {
        if (input instanceof LoopInput.Core given) {
            step(given.input());
        } else if (input instanceof LoopInput.Link given) {
            link(given.event());
        } else if (input instanceof LoopInput.Stored given) {
            stored(given.event());
        } else if (input instanceof LoopInput.Told given) {
            telling.take(given.answer(), parts.time().now().monotonicNanos());
        } else if (input instanceof LoopInput.Look look) {
            look.answer().accept(Glance.of(state, parts, executor.withheld()));
        } else if (!stopping) {
            stopping = true;
            step(new Input.StopRequested());
        }
    }

    /** Acts on every deadline that has passed. */
    void tick() {
        long lost = parts.queue().takeLost();
        if (lost > 0) {
            step(new Input.EdgesLost(lost));
        }
        lostReceived += parts.queue().takeLostReceived();
        long nowNanos = parts.time().now().monotonicNanos();
        if (nowNanos - core.deadlineNanos(state) >= 0) {
            step(new Input.Tick());
        }
        parts.delivery().advance(nowNanos);
        tellDelivery();
        executor.promises().advance(nowNanos);
        telling.advance(parts.time().now());
        if (courier().isConnected() && nowNanos - dropsToldNanos >= DROPS_PAUSE.toNanos()) {
            tellDrops(nowNanos);
            tellLostReceived();
        }
    }

    /** The core's state, for tests and status. */
    GatewayState state() {
        return state;
    }

    /** How long until something is due by itself; 0 or less if it is overdue. */
    long waitNanos() {
        long deadline = core.deadlineNanos(state);
        for (OptionalLong other : List.of(
                parts.delivery().deadlineNanos(),
                parts.notifier().deadlineNanos(),
                executor.promises().deadlineNanos())) {
            if (other.isPresent() && other.getAsLong() - deadline < 0) {
                deadline = other.getAsLong();
            }
        }
        return deadline - parts.time().now().monotonicNanos();
    }

    private void link(LinkEvent event) {
        long nowNanos = parts.time().now().monotonicNanos();
        long refusals = courier().refusals();
        parts.delivery().take(event, nowNanos).ifPresent(this::step);
        tellDelivery();
        if (event instanceof LinkEvent.Published answer && courier().refusals() != refusals) {
            parts.delivery()
                    .note(
                            answer.message(),
                            parts.storage().journal(),
                            parts.time().now());
        }
        if (event instanceof LinkEvent.Watermark) {
            tellDrops(nowNanos); // not before events may leave: a full outbox would drop this one
        }
    }

    private void stored(StoreEvent event) {
        if (event instanceof StoreEvent.OfLog read) {
            parts.delivery().logRead(read, parts.time().now().monotonicNanos());
        } else if (event instanceof StoreEvent.Confirmed confirmed) {
            executor.promises().confirmed(confirmed.number(), confirmed.stored());
            parts.storage().take(event).ifPresent(this::step);
        } else {
            parts.storage().take(event).ifPresent(this::step);
            courier().resume(parts.pulse().store(event));
        }
    }

    private Courier courier() {
        return parts.delivery().courier();
    }

    private void tellDrops(long nowNanos) {
        dropsToldNanos = nowNanos;
        Outbox.Drops drops = parts.storage().outbox().takeDrops();
        if (!drops.equals(Outbox.Drops.NONE)) {
            step(new Input.MessagesDropped(drops.routine(), drops.alarms()));
        }
    }

    private void tellDelivery() {
        Timestamp now = parts.time().now();
        parts.delivery().takeNews(parts.storage().journal(), now).forEach(this::step);
    }

    private void tellLostReceived() {
        if (lostReceived > 0) {
            step(new Input.ReceivedLost(lostReceived));
            lostReceived = 0;
        }
    }

    /** Levels are read after all else that a step wants done, or their events would leave before earlier ones. */
    private void step(Input input) {
        Deque<Integer> wantedReads = executor.wantedReads();
        wantedReads.clear();
        carryOut(input);
        while (!wantedReads.isEmpty()) {
            int sensor = wantedReads.remove();
            mishaps.survive(() -> read(sensor), "reading sensor " + sensor);
        }
    }

    private void read(int sensor) {
        carryOut(parts.lines().read(sensor, parts.time().now().monotonicNanos()));
        parts.pulse().read();
    }

    private void carryOut(Input input) {
        StepResult step = stepping.step(state, input, parts.time().now());
        state = step.state();
        parts.numbers().used(state.nextSeq());
        executor.carryOut(step.output());
    }
}
