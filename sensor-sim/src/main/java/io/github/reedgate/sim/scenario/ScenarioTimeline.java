package io.github.reedgate.sim.scenario;

import io.github.reedgate.sim.BounceModel;
import io.github.reedgate.sim.DoorPosition;
import io.github.reedgate.sim.SimulatedLines;
import io.github.reedgate.sim.SwitchSettings;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/**
 * A scenario played in virtual time: all edges, moves and marks in the order of time, made lazily, so that a month of many
 * lines never lies in memory. The same scenario, switches and seed give the same entries. No threads, no clock; used by one
 * thread.
 *
 * <p>It ends 16 s after the last cue at the latest, so that an intermittent contact does not go on for ever.
 */
public final class ScenarioTimeline implements Iterator<TimelineEntry> {

    private static final long TAIL_NANOS = 2 * BounceModel.MAX_NANOS;

    private final SimulatedLines lines;
    private final Cues cues;
    private final Deque<TimelineEntry> ready = new ArrayDeque<>();
    private long nowNanos;
    private long lastCueNanos;

    /**
     * All doors closed in the beginning.
     *
     * @param scenario what happens
     * @param switches the lines; at least one, and all those that the scenario names
     * @param seed where chance begins, for the scenario and for the bounces, if the scenario does not say
     */
    public ScenarioTimeline(Scenario scenario, List<SwitchSettings> switches, long seed) {
        this.lines = new SimulatedLines(switches, scenario.seed().orElse(seed), () -> nowNanos);
        this.cues = new Cues(scenario, lines.names(), seed);
        lines.observe(edge -> ready.add(new TimelineEntry.Edge(edge)));
    }

    /** The lines at the time of the entry returned last, with all that happens in the same nanosecond done. */
    public SimulatedLines lines() {
        return lines;
    }

    @Override
    public boolean hasNext() {
        boolean more = true;
        while (ready.isEmpty() && more) {
            more = proceed();
        }
        return !ready.isEmpty();
    }

    @Override
    public TimelineEntry next() {
        if (!hasNext()) {
            throw new NoSuchElementException("the scenario is over");
        }
        return ready.remove();
    }

    /** Goes to the next edge or cue; false if there is none. */
    private boolean proceed() {
        long edgeNanos = lines.nextDueNanos();
        long cueNanos = cues.hasNext() ? cues.peek().atNanos() : Long.MAX_VALUE;
        if (edgeNanos <= cueNanos) {
            if (edgeNanos == Long.MAX_VALUE || (cueNanos == Long.MAX_VALUE && edgeNanos > lastCueNanos + TAIL_NANOS)) {
                return false;
            }
            nowNanos = edgeNanos;
            lines.advance();
            return true;
        }
        nowNanos = cueNanos;
        lastCueNanos = cueNanos;
        perform(cues.next());
        return true;
    }

    private void perform(Cue cue) {
        if (cue.verb() == Verb.MARK) {
            ready.add(new TimelineEntry.Mark(nowNanos, cue.text()));
        } else if (cue.verb() == Verb.OPEN || cue.verb() == Verb.CLOSE) {
            DoorPosition target = cue.verb() == Verb.OPEN ? DoorPosition.OPEN : DoorPosition.CLOSED;
            if (lines.status(cue.door()).position() != target) {
                ready.add(new TimelineEntry.Move(nowNanos, cue.door(), target));
            }
        }
        cue.perform(lines);
    }
}
