package io.github.reedgate.delivery;

import io.github.reedgate.event.LogRow;
import io.github.reedgate.event.SeqRange;
import java.util.List;

/**
 * Which events of the log the broker needs no more, for each topic: what survives a restart of the two readers. Immutable.
 *
 * @param event for the event topic
 * @param alarm for the alarm topic
 */
public record DeliveryState(Progress event, Progress alarm) {

    /** So many intervals above the mark are stored; what is in higher ones is sent again after a restart. */
    public static final int MOST_INTERVALS = 64;

    /** Nothing was acknowledged yet. */
    public static final DeliveryState NOTHING = upTo(0);

    /** Everything up to a number was acknowledged, on both topics. */
    public static DeliveryState upTo(long seq) {
        return new DeliveryState(Progress.upTo(seq), Progress.upTo(seq));
    }

    /**
     * Which numbers are settled on one topic.
     *
     * @param upTo every number up to this one; 0 if none is
     * @param above settled intervals above it, lowest first; they neither overlap nor touch
     */
    public record Progress(long upTo, List<SeqRange> above) {

        /** Copies the list. */
        public Progress {
            above = List.copyOf(above);
        }

        /** Everything up to a number and nothing above it. */
        public static Progress upTo(long seq) {
            return new Progress(seq, List.of());
        }

        /** What a set says that has every number from 0 up to its mark; of the intervals above that the lowest {@value #MOST_INTERVALS}. */
        static Progress of(AckSet settled) {
            List<SeqRange> above =
                    settled.intervals().stream().skip(1).limit(MOST_INTERVALS).toList();
            return new Progress(settled.upTo(0), above);
        }

        /** The same as a set, with every number from 0 on. */
        AckSet settled() {
            AckSet settled = new AckSet();
            settled.add(new SeqRange(0, Math.max(0, upTo)));
            above.forEach(settled::add);
            return settled;
        }

        /** The highest settled number; 0 if none is. */
        public long highest() {
            return above.stream().mapToLong(SeqRange::to).reduce(upTo, Math::max);
        }

        /** Whether a number is settled. */
        public boolean contains(long seq) {
            return seq <= upTo || above.stream().anyMatch(range -> range.contains(seq));
        }
    }

    /** The highest number that is settled on a topic: no later event may have one that is not above it. 0 if none is settled. */
    public long highest() {
        return Math.max(event.highest(), alarm.highest());
    }

    /** The progress on a topic. */
    public Progress of(LogTopic topic) {
        return topic == LogTopic.EVENT ? event : alarm;
    }

    /** Whether the broker needs an event no more, on neither topic. */
    public boolean isDelivered(LogRow row) {
        return event.contains(row.seq()) && (!row.hasLine() || alarm.contains(row.seq()));
    }
}
