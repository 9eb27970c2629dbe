package io.github.reedgate.contact;

import io.github.reedgate.contact.Debouncer.Finding;
import io.github.reedgate.contact.Debouncer.Result;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;

/**
 * Plays moves to a debouncer as an overloaded loop does: it takes the edges that wait, is held up, and then acts on deadlines
 * and reads levels that are newer than edges which arrived meanwhile.
 */
final class LatePlay {

    private final List<Position> changes = new ArrayList<>();
    private final List<Played.Edge> moves;
    private Debouncer debouncer;

    LatePlay(Random random, Debounce times, List<Played.Edge> moves) {
        this.moves = moves;
        this.debouncer = new Debouncer(times, Position.CLOSED, null);
        Deque<Played.Edge> waiting = new ArrayDeque<>(moves);
        long now = 0;
        while (!waiting.isEmpty()) {
            now += random.nextInt(80_000_000);
            while (!waiting.isEmpty() && waiting.getFirst().atNanos() <= now) {
                Played.Edge edge = waiting.removeFirst();
                take(debouncer.edge(edge.position(), edge.atNanos()), now);
                now += random.nextInt(4) == 0 ? random.nextInt(80_000_000) : 0;
            }
            // the loop is held up here: edges arrive behind its back, and the level read is newer than they are
            now += random.nextBoolean() ? random.nextInt(80_000_000) : 0;
            take(debouncer.tick(now), now);
            if (random.nextInt(3) == 0) {
                take(debouncer.read(level(now), now), now);
            }
        }
        OptionalLong deadline = debouncer.deadlineNanos();
        while (deadline.isPresent()) {
            now = Math.max(now, deadline.getAsLong());
            take(debouncer.tick(now), now);
            deadline = debouncer.deadlineNanos();
        }
    }

    /** The positions of the changes found, in order. */
    List<Position> changes() {
        return changes;
    }

    private Position level(long now) {
        return moves.stream()
                .filter(move -> move.atNanos() <= now)
                .reduce((earlier, later) -> later)
                .map(Played.Edge::position)
                .orElse(Position.CLOSED);
    }

    private void take(Result result, long now) {
        debouncer = result.next();
        for (Finding finding : result.findings()) {
            if (finding.kind() == Debouncer.Kind.CHANGED) {
                changes.add(finding.position());
            }
        }
        if (result.readWanted()) {
            take(debouncer.read(level(now), now), now);
        }
    }
}
