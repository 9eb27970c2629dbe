package io.github.reedgate.monitor.record;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** The queue that a broker keeps for one session: what was not acknowledged comes again on the next connection. */
final class FakeBroker {

    private final Deque<One> queue = new ArrayDeque<>();
    private final int window;
    private int connection;
    private int acknowledgedTwice;

    /** A broker that has so many messages on their way at most. */
    FakeBroker(int window) {
        this.window = window;
    }

    private static final class One {

        private final RawMessage message;
        private int sentOn = -1;
        private boolean acknowledged;

        private One(RawMessage message) {
            this.message = message;
        }
    }

    void publish(RawMessage message) {
        queue.add(new One(message));
    }

    /** The connection ended, and a new one is made. */
    void reconnect() {
        connection++;
    }

    int waiting() {
        return queue.size();
    }

    int acknowledgedTwice() {
        return acknowledgedTwice;
    }

    /** What the window allows to send now, in order. */
    List<Delivery> deliver() {
        while (!queue.isEmpty() && queue.peek().acknowledged) {
            queue.remove();
        }
        List<Delivery> sent = new ArrayList<>();
        int place = 0;
        for (One one : queue) {
            if (++place > window) {
                break;
            }
            if (!one.acknowledged && one.sentOn != connection) {
                one.sentOn = connection;
                sent.add(delivery(one, connection));
            }
        }
        return sent;
    }

    private Delivery delivery(One one, int sentOn) {
        return new Delivery() {

            private boolean isDone;

            @Override
            public RawMessage message() {
                return one.message;
            }

            @Override
            public void acknowledge() {
                if (isDone) {
                    acknowledgedTwice++;
                }
                isDone = true;
                if (sentOn == connection) {
                    one.acknowledged = true;
                }
            }
        };
    }
}
