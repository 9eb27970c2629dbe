package io.github.reedgate.sim;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A set of simulated switches. It has no thread: commands play what is due at once, and {@link #advance} plays what has
 * become due since, so that a {@link LineDriver} runs it in real time and a timeline in virtual time.
 *
 * <p>Safe for use by any thread. Observers are called under its lock, in the order of the edges, by whichever thread found
 * them due; they must return at once and must not call back other than {@link #level}. Nothing here blocks for longer.
 */
public final class SimulatedLines {

    private final Object lock = new Object();
    private final Map<String, SimulatedSwitch> byName = new LinkedHashMap<>();
    private final Map<Integer, SimulatedSwitch> byOffset = new LinkedHashMap<>();
    private final List<Consumer<LineEdge>> observers = new CopyOnWriteArrayList<>();
    private final List<Runnable> planListeners = new CopyOnWriteArrayList<>();
    private final SimulatedOutputs outputs = new SimulatedOutputs();
    private final LongSupplier nanoClock;
    private long currentSeed;

    /**
     * All doors closed, all contacts sound.
     *
     * @param settings the switches; may be empty; no name and no offset twice
     * @param seed where chance begins; the same seed and commands give the same edges, a switch being independent of others
     * @param nanoClock the monotonic clock, in nanoseconds
     */
    public SimulatedLines(List<SwitchSettings> settings, long seed, LongSupplier nanoClock) {
        this.nanoClock = nanoClock;
        this.currentSeed = seed;
        for (SwitchSettings one : settings) {
            SimulatedSwitch made = new SimulatedSwitch(one, seed);
            if (byName.put(one.name(), made) != null || byOffset.put(one.offset(), made) != null) {
                throw new IllegalArgumentException(
                        "simulated switch '" + one.name() + "' repeats the name or the offset of one before it");
            }
        }
    }

    /** The names in the order given; may be empty. */
    public List<String> names() {
        return List.copyOf(byName.keySet());
    }

    /** The lines that are outputs. */
    public SimulatedOutputs outputs() {
        return outputs;
    }

    /** Whether there is a switch on that line. */
    public boolean hasOffset(int offset) {
        return byOffset.containsKey(offset);
    }

    /**
     * The level of a line now, edges or not.
     *
     * @throws IllegalArgumentException if no switch is on that line
     */
    public LineLevel level(int offset) {
        return find(offset).level();
    }

    /**
     * What a line throws; its observers are to act accordingly.
     *
     * @throws IllegalArgumentException if no switch is on that line
     */
    public Throwing throwing(int offset) {
        return find(offset).throwing();
    }

    /** Calls back on each change of a level from now on. */
    public void observe(Consumer<LineEdge> observer) {
        observers.add(observer);
    }

    /** Calls back when something new may have become due earlier than {@link #advance} said. */
    public void onPlan(Runnable listener) {
        planListeners.add(listener);
    }

    /**
     * Opens or closes a door. The contact follows as the model says, unless it is stuck; a train still running is cut off.
     *
     * @return false if the door was there already, so that nothing happens
     * @throws UnknownSwitchException if there is no such switch; so do all commands
     */
    public boolean move(String name, DoorPosition position, BounceModel model) {
        boolean moved;
        synchronized (lock) {
            playDue();
            moved = find(name).move(position, model, nanoClock.getAsLong());
            playDue();
        }
        planned();
        return moved;
    }

    /** Lets a contact twitch; it comes to rest where it was. */
    public void bounce(String name, BounceModel model) {
        synchronized (lock) {
            playDue();
            find(name).bounce(model, nanoClock.getAsLong());
            playDue();
        }
        planned();
    }

    /** Gives a contact a fault, or with {@link Fault#NONE} mends it: it then goes to where the door is. */
    public void fault(String name, Fault fault) {
        synchronized (lock) {
            playDue();
            find(name).fault(fault, nanoClock.getAsLong());
            playDue();
        }
        planned();
    }

    /** While deaf, a line changes its level without an edge being delivered. */
    public void deaf(String name, boolean on) {
        synchronized (lock) {
            playDue();
            find(name).deaf(on);
        }
    }

    /** Lets reading a line or its edges throw, or no longer. */
    public void throwing(String name, Throwing what) {
        synchronized (lock) {
            playDue();
            find(name).throwing(what);
        }
    }

    /** Starts chance anew for all switches. */
    public void seed(long seed) {
        synchronized (lock) {
            currentSeed = seed;
            byName.values().forEach(one -> one.seed(seed));
        }
    }

    /** Where chance began last. */
    public long seed() {
        synchronized (lock) {
            return currentSeed;
        }
    }

    /** Plays all edges due until now and returns when the next one is, {@link Long#MAX_VALUE} if none is planned. */
    public long advance() {
        synchronized (lock) {
            return playDue();
        }
    }

    /** When the next edge is due, {@link Long#MAX_VALUE} if none is planned. Plays nothing. */
    public long nextDueNanos() {
        synchronized (lock) {
            SimulatedSwitch next = earliest();
            return next == null ? Long.MAX_VALUE : next.dueNanos();
        }
    }

    /** What all switches look like now, in the order given. */
    public List<SwitchStatus> status() {
        synchronized (lock) {
            List<SwitchStatus> all = new ArrayList<>();
            byName.values().forEach(one -> all.add(one.status()));
            return all;
        }
    }

    /** What one switch looks like now. */
    public SwitchStatus status(String name) {
        synchronized (lock) {
            return find(name).status();
        }
    }

    private long playDue() {
        long now = nanoClock.getAsLong();
        while (true) {
            SimulatedSwitch next = earliest();
            if (next == null) {
                return Long.MAX_VALUE;
            }
            if (next.dueNanos() - now > 0) {
                return next.dueNanos();
            }
            LineEdge edge = next.play();
            for (Consumer<LineEdge> observer : observers) {
                observer.accept(edge);
            }
        }
    }

    private @Nullable SimulatedSwitch earliest() {
        SimulatedSwitch best = null;
        for (SimulatedSwitch one : byName.values()) {
            if (one.dueNanos() != Long.MAX_VALUE && (best == null || one.dueNanos() - best.dueNanos() < 0)) {
                best = one;
            }
        }
        return best;
    }

    private SimulatedSwitch find(String name) {
        SimulatedSwitch found = byName.get(name);
        if (found == null) {
            throw new UnknownSwitchException(name, byName.keySet());
        }
        return found;
    }

    private SimulatedSwitch find(int offset) {
        SimulatedSwitch found = byOffset.get(offset);
        if (found == null) {
            throw new IllegalArgumentException(
                    "no simulated switch is on line " + offset + "; there are some on " + byOffset.keySet());
        }
        return found;
    }

    private void planned() {
        planListeners.forEach(Runnable::run);
    }
}
