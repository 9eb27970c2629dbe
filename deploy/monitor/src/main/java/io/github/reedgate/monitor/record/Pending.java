package io.github.reedgate.monitor.record;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Messages that were received and are neither stored nor acknowledged, in the order of their arrival. Owned by one thread. */
final class Pending {

    private final Deque<One> all = new ArrayDeque<>();
    private final Held held;

    /** No message; what is added counts as held. */
    Pending(Held held) {
        this.held = held;
    }

    /** A message, and what it is to the history. */
    record One(Item item, Delivery delivery) {}

    void add(Item item, Delivery delivery) {
        all.add(new One(item, delivery));
        held.add(item.bytes());
    }

    boolean isEmpty() {
        return all.isEmpty();
    }

    int size() {
        return all.size();
    }

    /**
     * The first messages; they stay here.
     *
     * @param most how many at most
     * @param mostBytes how many bytes of them; one message may have more
     */
    List<One> first(int most, int mostBytes) {
        List<One> first = new ArrayList<>();
        long sum = 0;
        for (One each : all) {
            if (first.size() >= most || (sum > 0 && sum + each.item().bytes() > mostBytes)) {
                break;
            }
            first.add(each);
            sum += each.item().bytes();
        }
        return first;
    }

    /** The first messages are on disk: acknowledges and forgets them. */
    void stored(int count) {
        for (int i = 0; i < count; i++) {
            One one = all.remove();
            held.add(-one.item().bytes());
            one.delivery().acknowledge();
        }
    }
}
