package io.github.reedgate.delivery;

import java.time.Duration;

/**
 * How fast events are sent again to a broker that has forgotten them: so slowly that what happens now is hardly held up, and so
 * few in an hour that a broker which forgets again and again, or says so, can't keep the gateway busy. What may not be sent yet
 * is resent later. Owned by one thread; time is an argument.
 */
final class ResendPace {

    /** How many are sent in a second. */
    static final int MOST_IN_A_SECOND = 100;

    /** How many are sent in an hour: those of ten brokers that have forgotten everything. */
    static final int MOST_IN_AN_HOUR = 10 * Watermark.MOST_RESENT;

    private final Share second =
            new Share(MOST_IN_A_SECOND, Duration.ofSeconds(1).toNanos());
    private final Share hour = new Share(MOST_IN_AN_HOUR, Duration.ofHours(1).toNanos());

    /** What may be sent within a time that begins with the first that is. */
    private static final class Share {
        private final int most;
        private final long lengthNanos;
        private long beginNanos;
        private int sent;

        Share(int most, long lengthNanos) {
            this.most = most;
            this.lengthNanos = lengthNanos;
        }

        boolean allows(long nowNanos) {
            return sent < most || nowNanos - beginNanos >= lengthNanos;
        }

        void sent(long nowNanos) {
            if (sent == 0 || nowNanos - beginNanos >= lengthNanos) {
                beginNanos = nowNanos;
                sent = 0;
            }
            sent++;
        }
    }

    /** Whether one more may be sent now. */
    boolean allows(long nowNanos) {
        return second.allows(nowNanos) && hour.allows(nowNanos);
    }

    /** One more was sent. */
    void sent(long nowNanos) {
        second.sent(nowNanos);
        hour.sent(nowNanos);
    }

    /** When one more may be sent, after {@link #allows} said no. */
    long nextNanos() {
        Share full = hour.sent >= hour.most ? hour : second;
        return full.beginNanos + full.lengthNanos;
    }
}
