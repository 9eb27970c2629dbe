package io.github.reedgate.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reedgate.testbroker.BrokerOptions;
import io.github.reedgate.testbroker.FaultyProxy;
import io.github.reedgate.testbroker.TestBroker;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What a fault is tried on: a broker, a line to it that can fail, the installed gateway with four doors behind that line, and
 * a witness on the broker itself who keeps the books. Owned by one thread.
 */
final class FaultRig implements AutoCloseable {

    static final int DOORS = 4;

    /** Between two moves of different doors; a door rests four times as long, twice its longest debounce. */
    static final Duration GAP = Duration.ofMillis(60);

    static final Duration MINUTE = Duration.ofMinutes(1);

    /** After that a move is an event on disk, but for the time that the gateway waits for a processor. */
    static final Duration SETTLED = Duration.ofSeconds(1);

    /** How long the first look at the doors takes where no control socket tells that it is done. */
    private static final Duration LOOK = Duration.ofMillis(400);

    private static final Duration QUIET = Duration.ofMillis(700);
    private static final Duration LIMIT = Duration.ofMinutes(2);

    private final TestBroker broker;
    private final FaultyProxy proxy;
    private final RunningGateway gateway;
    private final Ledger ledger = new Ledger();
    private final Witness witness;
    private @Nullable SimWire sim;
    private @Nullable Mover mover;
    private Duration starvedBefore = Duration.ZERO;
    private long moved;
    private long mendedNanos = System.nanoTime();

    private FaultRig(Path folder, String host) {
        broker = TestBroker.started(BrokerOptions.plain());
        proxy = new FaultyProxy("localhost", broker.port());
        witness = Witness.of(broker.port(), "witness", ledger::take);
        gateway = RunningGateway.configured(folder, Yaml.watchfulDoors(host, proxy.port(), DOORS));
    }

    /** Everything is there, the gateway not started. */
    static FaultRig prepared(Path folder) {
        return at(folder, "localhost");
    }

    /** The same with another name for the machine the broker is on. */
    static FaultRig at(Path folder, String host) {
        return new FaultRig(folder, host);
    }

    /** The gateway runs and is online. */
    static FaultRig running(Path folder) {
        FaultRig rig = prepared(folder);
        try {
            rig.start();
            rig.awaitOnline();
            return rig;
        } catch (AssertionError e) {
            rig.close();
            throw e;
        }
    }

    TestBroker broker() {
        return broker;
    }

    FaultyProxy line() {
        return proxy;
    }

    RunningGateway gateway() {
        return gateway;
    }

    Ledger ledger() {
        return ledger;
    }

    Witness witness() {
        return witness;
    }

    StoredEvents store() {
        return new StoredEvents(gateway.stateFolder());
    }

    /** Starts the gateway; all doors are closed then, and it has seen that they are. */
    void start() {
        gateway.start();
        SimWire wire = SimWire.open(gateway.stateFolder().resolve("sim.sock"));
        sim = wire;
        mover = new Mover(wire, DOORS);
        awaitFirstLook();
        starvedBefore = gateway.starved();
    }

    /** What is not known yet can't move: it would be found open instead of opened. */
    private void awaitFirstLook() {
        Path socket = gateway.stateFolder().resolve("control.sock");
        if (!Files.exists(socket)) {
            Waiting.during(LOOK);
            return;
        }
        Waiting.until("the gateway has seen its doors", () -> {
            String status = SimWire.answer(socket, "status");
            return IntStream.range(0, DOORS).allMatch(door -> status.contains("/door_" + door + "/state\":\"closed\""));
        });
    }

    /** How many moves of the running process are events on disk by now, at least. */
    long settledMoves() {
        Duration starved = gateway.starved().minus(starvedBefore);
        return mover().doneBefore(System.nanoTime() - SETTLED.plus(starved).toNanos());
    }

    /** SIGKILL. */
    void kill() {
        gateway.kill();
        release();
    }

    /** SIGTERM; it ends in order. */
    void stop() {
        gateway.terminate();
        release();
    }

    private void release() {
        if (mover != null) {
            moved += mover.done();
            mover.close();
            mover = null;
        }
        if (sim != null) {
            sim.close();
            sim = null;
        }
    }

    void awaitOnline() {
        Waiting.until(
                "the gateway is online", () -> ledger.latest("availability").equals(Optional.of("online")));
    }

    /** The connection to the simulator. */
    SimWire sim() {
        if (sim == null) {
            throw new IllegalStateException("the gateway is not running");
        }
        return sim;
    }

    /** The one who moves the doors of the running process. */
    Mover mover() {
        if (mover == null) {
            throw new IllegalStateException("the gateway is not running");
        }
        return mover;
    }

    /** Moves doors so often and waits until that is done. */
    void moves(int count) {
        moves(count, GAP);
    }

    /** The same at another pace. */
    void moves(int count, Duration gap) {
        Mover.await(mover().begin(gap, count), gap.multipliedBy(count).plus(LIMIT));
        Waiting.during(SETTLED);
    }

    /**
     * Starts the broker again. The line stays cut off until the witness is subscribed again: for somebody whom an empty
     * broker does not know yet nothing can be kept.
     */
    void comesBack() {
        int before = witness.subscribed();
        proxy.refuse();
        broker.start();
        witness.awaitSubscribed(before);
        mended();
        proxy.accept();
    }

    /** The fault is over: from now on the time to recover is taken. */
    void mended() {
        mendedNanos = System.nanoTime();
    }

    /** Waits until everything in the gateway's log has arrived, its outbox is empty and nothing new comes. */
    void awaitAll() {
        Set<String> stored = new HashSet<>();
        Waiting.until("all that was recorded arrives", LIMIT, () -> {
            stored.addAll(store().ids());
            return ledger.hasAll(stored) && store().waiting() == 0;
        });
        awaitQuiet();
    }

    /** Waits until nothing new comes. */
    void awaitQuiet() {
        Waiting.until("nothing new comes", () -> System.nanoTime() - ledger.newsNanos() > QUIET.toNanos());
    }

    /** How many moves were made, in all starts. */
    long movesMade() {
        return moved + mover().done();
    }

    /** From {@link #mended} to the last event or alarm that came. */
    Duration recovery() {
        return Duration.ofNanos(Math.max(0, ledger.newsNanos() - mendedNanos));
    }

    /** The retained value of a topic, as somebody gets it who comes now. */
    String retained(String topic) {
        Ledger fresh = new Ledger();
        String stranger = "stranger-" + System.nanoTime();
        Witness newcomer = Witness.of(broker.port(), stranger, fresh::take);
        Waiting.until("a retained " + topic, () -> fresh.latest(topic).isPresent());
        newcomer.close();
        return fresh.latest(topic).orElseThrow();
    }

    /** Every door's retained state is what its line says, and the gateway is known to be there. */
    void assertTruthIsRetained() {
        for (int door = 0; door < DOORS; door++) {
            assertThat(retained("door_" + door + "/state")).as("door_" + door).isEqualTo(mover().word(door));
        }
        assertThat(retained("availability")).isEqualTo("online");
    }

    /**
     * Compares what came with what had to come, writes it down for the table, and fails if anything is missing, out of order
     * or told twice under another number.
     *
     * @param key name of the row
     * @param fault what was done
     * @param rounds how often
     * @param mustMoves how many moves must have been told as an event; 0 if not all could settle
     */
    void account(String key, String fault, int rounds, long mustMoves) {
        List<String> opened = ledger.events().stream()
                .filter(told -> told.type().equals("opened"))
                .map(Ledger.Told::id)
                .toList();
        Set<String> silent = new HashSet<>(opened);
        ledger.alarmIds().forEach(silent::remove);
        accountEvents(key, fault, rounds, mustMoves, silent);
        assertThat(ledger.lateEvents()).as("events out of order").isZero();
    }

    /** The same for a broker that forgot: events come again, behind newer ones; alarm lines do not. */
    void accountEvents(String key, String fault, int rounds, long mustMoves, Set<String> silent) {
        Set<String> stored = store().ids();
        Set<String> lost = ledger.without(stored);
        long untold = Math.max(0, mustMoves - ledger.count("opened", "closed"));
        long missing = lost.size() + silent.size() + untold + ledger.gaps().size();
        Outcome.Counts counts = new Outcome.Counts(
                movesMade(),
                stored.size(),
                ledger.size(),
                missing,
                ledger.repeated(),
                ledger.lateEvents(),
                ledger.lateAlarms());
        new Outcome(key, fault, rounds, broker.name(), counts, recovery()).write();

        assertThat(lost).as("recorded and never received").isEmpty();
        assertThat(silent).as("openings without an alarm").isEmpty();
        assertThat(untold).as("moves that were never told").isZero();
        assertThat(ledger.gaps()).as("numbers missing").isEmpty();
        assertThat(ledger.contradictions()).as("numbers used twice").isEmpty();
        assertTruthIsRetained();
    }

    @Override
    public void close() {
        release();
        proxy.slow(0);
        proxy.thaw();
        gateway.close();
        witness.close();
        proxy.close();
        broker.close();
    }
}
