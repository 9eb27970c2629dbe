package io.github.reedgate.monitor.record;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Counts the memory that messages take from their arrival until they are acknowledged, in bytes, roughly. Any thread may call it;
 * nothing blocks. It survives no restart: what was not acknowledged comes again.
 */
public final class Held {

    /** What the objects around a message take, in bytes: those of the client library, and the entry of a queue. */
    private static final int FIXED_BYTES = 512;

    private final AtomicLong bytes = new AtomicLong();

    /** Counts a message that has just arrived, until the delivery that this returns is acknowledged. */
    public Delivery arrived(Delivery delivery) {
        long size = FIXED_BYTES + delivery.length() + 2L * delivery.topic().length();
        bytes.addAndGet(size);
        return new Counted(delivery, size);
    }

    /** Adds what else is held; a negative number if it is held no more. */
    void add(long more) {
        bytes.addAndGet(more);
    }

    /** How many bytes are held, 0 or more. */
    public long bytes() {
        return bytes.get();
    }

    /** A message that counts until it is acknowledged. */
    private final class Counted implements Delivery {

        private final Delivery delivery;
        private final long size;
        private final AtomicBoolean isDone = new AtomicBoolean();

        private Counted(Delivery delivery, long size) {
            this.delivery = delivery;
            this.size = size;
        }

        @Override
        public RawMessage message() {
            return delivery.message();
        }

        @Override
        public String topic() {
            return delivery.topic();
        }

        @Override
        public int length() {
            return delivery.length();
        }

        @Override
        public boolean isRetained() {
            return delivery.isRetained();
        }

        @Override
        public String correlation() {
            return delivery.correlation();
        }

        @Override
        public void acknowledge() {
            release();
            delivery.acknowledge();
        }

        @Override
        public void drop() {
            release();
            delivery.drop();
        }

        private void release() {
            if (!isDone.getAndSet(true)) {
                bytes.addAndGet(-size);
            }
        }
    }
}
