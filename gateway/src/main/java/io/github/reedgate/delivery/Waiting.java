package io.github.reedgate.delivery;

import io.github.reedgate.event.Priority;
import io.github.reedgate.message.Message;
import io.github.reedgate.message.Messages;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Predicate;

/** The outbox and how far its messages were handed to the present connection. Owned by the loop thread. */
final class Waiting {

    private final Outbox outbox;
    private final Map<Long, Long> requests = new HashMap<>();
    private final Set<Long> live = new HashSet<>();
    private long cursor;

    Waiting(Outbox outbox) {
        this.outbox = outbox;
    }

    /** Whether everything that waits was handed over or passed, so that a new message would be the next. */
    boolean isAllPassed() {
        return !outbox.hasNext(cursor);
    }

    /** Adds a message; {@code requestId} is 0 or reported when it is delivered. */
    Outbox.Entry append(Message message, Priority priority, long requestId) {
        Outbox.Entry entry = outbox.append(message, priority);
        if (requestId != 0) {
            requests.put(entry.id(), requestId);
        }
        return entry;
    }

    /** An entry is not looked at again before {@link #anew}. */
    void pass(long entryId) {
        cursor = entryId;
    }

    /** An entry waits for a moment only, on the connection on which it was made: that is not late. */
    void keepLive(long entryId) {
        live.add(entryId);
    }

    /** There is a new connection: whatever waits is late, and is looked at again. */
    void connected() {
        live.clear();
        anew();
    }

    /** Everything that waits is looked at again. */
    void anew() {
        cursor = 0;
    }

    /** The same if {@code anew}. */
    void resume(boolean anew) {
        cursor = anew ? 0 : cursor;
    }

    /** The next ones in their order, until so many are on their way; those on a topic that is held back are passed. */
    List<OnTheWay.Sent> next(int most, Predicate<String> held, OnTheWay inFlight) {
        List<OnTheWay.Sent> batch = new ArrayList<>();
        Optional<Outbox.Entry> next = outbox.next(cursor);
        while (inFlight.size() + batch.size() < most && next.isPresent()) {
            Outbox.Entry entry = next.get();
            if (!held.test(entry.message().topic()) && !inFlight.holds(entry.id())) {
                batch.add(late(entry));
            }
            cursor = entry.id();
            next = outbox.next(cursor);
        }
        return batch;
    }

    /** The oldest on a topic behind an entry. */
    Optional<OnTheWay.Sent> oldest(String topic, long afterId) {
        return outbox.oldest(topic, afterId).map(this::late);
    }

    /** The oldest on a topic that is not in flight. */
    Optional<OnTheWay.Sent> oldest(String topic, OnTheWay inFlight) {
        Optional<OnTheWay.Sent> next = oldest(topic, 0);
        while (next.isPresent() && inFlight.holds(next.get().entryId())) {
            next = oldest(topic, next.get().entryId());
        }
        return next;
    }

    private OnTheWay.Sent late(Outbox.Entry entry) {
        boolean isLive = live.contains(entry.id());
        return new OnTheWay.Sent(isLive ? entry.message() : Messages.replayed(entry.message()), entry.id(), false);
    }

    /** An entry, if it is one and not 0, waits no more; gives the request it was made for, if there was one. */
    OptionalLong remove(long entryId) {
        if (entryId == 0) {
            return OptionalLong.empty();
        }
        outbox.remove(entryId);
        live.remove(entryId);
        Long request = requests.remove(entryId);
        return request == null ? OptionalLong.empty() : OptionalLong.of(request);
    }

    int size() {
        return outbox.size();
    }
}
