package io.github.reedgate.cli;

import io.github.reedgate.config.Nearest;
import io.github.reedgate.event.LogRow;
import io.github.reedgate.store.EventLog;
import io.github.reedgate.store.EventQuery;
import io.github.reedgate.store.LogException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Reads the events of a log that fit a query, and then those that come. The store is opened anew for each look, so it may be
 * moved aside, replaced or missing for a while. Used by one thread.
 */
final class LogReading {

    private static final int PAGE = 500;

    private final Path folder;
    private final EventQuery query;
    private final LogFormat format;
    private final Predicate<String> out;
    private final Consumer<String> notes;
    private final Set<String> told = new HashSet<>();
    private Object store = "";
    private String lastTrouble = "";
    private long after;
    private boolean hasHead;
    private boolean isWanted = true;

    /** Where what is read goes. */
    record Output(LogFormat format, Predicate<String> out, Consumer<String> notes) {}

    /**
     * A reading.
     *
     * @param folder the gateway's state folder
     * @param query which events
     * @param output their format; takes the text, false if nobody reads it any more; takes remarks for people, a line each
     */
    LogReading(Path folder, EventQuery query, Output output) {
        this.folder = folder;
        this.query = query;
        this.format = output.format();
        this.out = output.out();
        this.notes = output.notes();
    }

    /**
     * Writes what is in the log now.
     *
     * @param last how many at most, the newest; empty for all
     * @throws LogException if the store can't be read; what was read before has been written
     */
    void list(OptionalInt last) throws LogException {
        try (EventLog log = EventLog.open(folder)) {
            store = log.identity();
            long newest = log.newest();
            after = last.isPresent() ? log.startOfNewest(query, newest, last.getAsInt()) : 0;
            write(log, newest);
            if (!hasHead && last.orElse(1) > 0) {
                notes.accept(nothing(log, newest));
            }
        }
    }

    /** Writes what comes, until the pause is the last or nobody reads it; a store that can't be read is waited for. */
    void follow(Pause pause) throws InterruptedException {
        while (isWanted && pause.next()) {
            try {
                look();
                lastTrouble = "";
            } catch (LogException e) {
                String trouble = String.valueOf(e.getMessage());
                if (!trouble.equals(lastTrouble)) {
                    lastTrouble = trouble;
                    notes.accept(trouble + "; waiting until it can be read");
                }
            }
        }
    }

    private void look() throws LogException {
        try (EventLog log = EventLog.open(folder)) {
            long newest = log.newest();
            boolean isOther = !log.identity().equals(store);
            if (isOther) {
                store = log.identity();
                notes.accept("a new store was begun; going on with it");
            }
            if (newest < after || (isOther && hasEventsUpTo(log, after))) {
                after = 0;
            }
            write(log, newest);
        }
    }

    /** A gateway that lost all it kept numbers its events from 1 again. */
    private static boolean hasEventsUpTo(EventLog log, long seq) throws LogException {
        EventLog.Page first = log.events(EventQuery.ALL, 0, seq, 1);
        return first.last() > 0;
    }

    private void write(EventLog log, long newest) throws LogException {
        boolean isEnd = newest <= after;
        while (isWanted && !isEnd) {
            EventLog.Page page = log.events(query, after, newest, PAGE);
            write(page);
            after = Math.max(after, page.last());
            isEnd = page.isEnd();
        }
        if (isWanted) {
            after = newest;
        }
    }

    private void write(EventLog.Page page) {
        format.prepare(page.events());
        StringBuilder text = new StringBuilder();
        if (!hasHead && page.last() > 0) {
            hasHead = true;
            text.append(format.head());
        }
        for (LogRow event : page.events()) {
            text.append(format.line(event));
        }
        isWanted = text.length() == 0 || out.test(text.toString());
        for (long seq : page.damaged()) {
            notes.accept("event " + seq + " is damaged on disk and left out");
        }
        for (LogRow event : page.events()) {
            format.explanation(event).filter(told::add).ifPresent(notes);
        }
    }

    private String nothing(EventLog log, long newest) throws LogException {
        if (newest == 0) {
            return "the log is empty";
        }
        List<String> known = log.sensors();
        Optional<String> stranger = query.sensors().stream()
                .filter(id -> !known.contains(id))
                .sorted()
                .findFirst();
        if (stranger.isEmpty()) {
            return "no event fits";
        }
        String hint = Nearest.of(stranger.get(), known)
                .map(id -> "; did you mean '" + SafeText.line(id, 40) + "'?")
                .orElse("");
        return "the log has no event of sensor '" + SafeText.line(stranger.get(), 40) + "', only of: "
                + SafeText.line(String.join(", ", known), 400) + hint;
    }
}
