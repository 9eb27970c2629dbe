package io.github.reedgate.sim.scenario;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.SplittableRandom;

/**
 * Unrolls a scenario into {@link Cue}s in the order of time, lazily: a year of days takes no more memory than one. The same
 * scenario, doors and seed give the same cues. Used by one thread.
 */
final class Cues implements Iterator<Cue> {

    private final List<String> doors;
    private final SplittableRandom random;
    private final Deque<Frame> frames = new ArrayDeque<>();
    private final Deque<Cue> ready = new ArrayDeque<>();
    private String it;

    /**
     * Cues for these doors.
     *
     * @param doors at least one name, in the order of the lines
     * @param seed where chance begins if the scenario does not say
     */
    Cues(Scenario scenario, List<String> doors, long seed) {
        if (doors.isEmpty()) {
            throw new IllegalArgumentException("there is no simulated switch to play on");
        }
        this.doors = List.copyOf(doors);
        this.random = new SplittableRandom(scenario.seed().orElse(seed));
        this.it = doors.get(0);
        Step.Block outermost = new Step.Block(Span.of(1), Span.of(0), Span.of(0), scenario.steps());
        frames.push(new Frame(outermost, 0, new long[1]));
    }

    @Override
    public boolean hasNext() {
        while (ready.isEmpty() && !frames.isEmpty()) {
            Frame frame = frames.element();
            if (frame.index < frame.block.body().size()) {
                take(frame, frame.block.body().get(frame.index++));
            } else {
                endRound(frame);
            }
        }
        return !ready.isEmpty();
    }

    @Override
    public Cue next() {
        if (!hasNext()) {
            throw new NoSuchElementException("the scenario is over");
        }
        return ready.remove();
    }

    /** The next cue without taking it. */
    Cue peek() {
        if (!hasNext()) {
            throw new NoSuchElementException("the scenario is over");
        }
        return ready.element();
    }

    private void take(Frame frame, Step step) {
        if (step instanceof Step.Block block) {
            long[] starts = new long[Math.toIntExact(block.rounds().draw(random))];
            if (block.atRandom()) {
                for (int i = 0; i < starts.length; i++) {
                    starts[i] = frame.startNanos + block.window().draw(random);
                }
                Arrays.sort(starts);
            }
            if (starts.length > 0) {
                frames.push(new Frame(block, Math.max(frame.cursorNanos, starts[0]), starts));
            }
        } else if (step instanceof Step.Act act) {
            frame.cursorNanos = act.when() == Step.When.AT
                    ? Math.max(frame.cursorNanos, frame.startNanos + act.time().draw(random))
                    : frame.cursorNanos + act.time().draw(random);
            emit(act, frame.cursorNanos);
        }
    }

    private void endRound(Frame frame) {
        frame.round++;
        frame.index = 0;
        long beginNanos = Math.max(
                frame.cursorNanos, frame.startNanos + frame.block.every().draw(random));
        if (frame.round < frame.startsNanos.length) {
            frame.startNanos = Math.max(beginNanos, frame.startsNanos[frame.round]);
            frame.cursorNanos = frame.startNanos;
            return;
        }
        frames.pop();
        Frame outer = frames.peek();
        if (outer != null) {
            long endNanos = frame.block.atRandom()
                    ? outer.startNanos + frame.block.window().most()
                    : beginNanos;
            outer.cursorNanos = Math.max(beginNanos, endNanos);
        }
    }

    private void emit(Step.Act act, long atNanos) {
        if (act.verb() == Verb.WAIT) {
            return;
        }
        if (act.verb() == Verb.MARK) {
            ready.add(new Cue(atNanos, act.verb(), "", act.model(), act.text()));
        } else if (act.door().kind() == DoorRef.Kind.ALL) {
            doors.forEach(door -> ready.add(new Cue(atNanos, act.verb(), door, act.model(), act.text())));
        } else {
            it = resolve(act.door());
            ready.add(new Cue(atNanos, act.verb(), it, act.model(), act.text()));
        }
    }

    private String resolve(DoorRef door) {
        return switch (door.kind()) {
            case NAME -> door.name();
            case PLACE -> doors.get((door.number() - 1) % doors.size());
            case ANY -> doors.get(random.nextInt(doors.size()));
            case IT, ALL -> it;
        };
    }

    /** One block being played. */
    private static final class Frame {
        private final Step.Block block;
        private final long[] startsNanos;
        private long startNanos;
        private long cursorNanos;
        private int round;
        private int index;

        Frame(Step.Block block, long startNanos, long[] startsNanos) {
            this.block = block;
            this.startNanos = startNanos;
            this.cursorNanos = startNanos;
            this.startsNanos = startsNanos;
        }
    }
}
