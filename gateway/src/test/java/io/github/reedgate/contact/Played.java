package io.github.reedgate.contact;

import io.github.reedgate.contact.Debouncer.Finding;
import io.github.reedgate.contact.Debouncer.Result;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** Plays edges to a debouncer as the loop does: deadlines on time, readings of the true level at once. */
final class Played {

    /** An edge of the true contact. */
    record Edge(Position position, long atNanos) {}

    private final List<Finding> findings = new ArrayList<>();
    private Debouncer debouncer;
    private Position level;

    Played(Debounce times, Position level) {
        this.debouncer = Debouncer.unknown(times);
        this.level = level;
        take(debouncer.read(level, 0), 0);
    }

    /** Lets time pass until {@code untilNanos}, then the contact moves; {@code seen} says whether the edge is delivered. */
    void edge(Edge edge, boolean seen) {
        passUntil(edge.atNanos());
        level = edge.position();
        if (seen) {
            take(debouncer.edge(edge.position(), edge.atNanos()), edge.atNanos());
        }
    }

    /** Reads the level as the reconcile does. */
    void reconcile(long atNanos) {
        passUntil(atNanos);
        take(debouncer.read(level, atNanos), atNanos);
    }

    /** Acts on all deadlines before {@code untilNanos}. */
    void passUntil(long untilNanos) {
        OptionalLong deadline = debouncer.deadlineNanos();
        while (deadline.isPresent() && deadline.getAsLong() < untilNanos) {
            take(debouncer.tick(deadline.getAsLong()), deadline.getAsLong());
            deadline = debouncer.deadlineNanos();
        }
    }

    private void take(Result result, long atNanos) {
        debouncer = result.next();
        findings.addAll(result.findings());
        if (result.readWanted()) {
            take(debouncer.read(level, atNanos), atNanos);
        }
    }

    List<Finding> changes() {
        return findings.stream()
                .filter(found -> found.kind() == Debouncer.Kind.CHANGED)
                .toList();
    }

    List<Finding> findings() {
        return findings;
    }

    Debouncer debouncer() {
        return debouncer;
    }
}
