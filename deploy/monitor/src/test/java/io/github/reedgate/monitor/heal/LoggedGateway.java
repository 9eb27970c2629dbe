package io.github.reedgate.monitor.heal;

import io.github.reedgate.monitor.record.NumberRange;
import io.github.reedgate.monitor.record.NumberRanges;
import io.github.reedgate.monitor.record.Samples;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.function.BiConsumer;

/** A gateway in virtual time that answers for its log as the real one does, or lies. */
final class LoggedGateway {

    private static final int EVENTS_A_SECOND = 100;

    final String id;
    final boolean isLiar;

    /** The numbers whose events are in its log. */
    final TreeSet<Long> log = new TreeSet<>();

    /** The numbers whose events it ever published or sent. */
    final TreeSet<Long> used = new TreeSet<>();

    boolean isOnline = true;
    long newest;
    private final Random random;
    private final Deque<Answering> requests = new ArrayDeque<>();

    /** A request that it answers. */
    private static final class Answering {

        private final LogAsk ask;
        private final long to;
        private final NumberRanges missing = new NumberRanges();
        private long next;

        private Answering(LogAsk ask, long to) {
            this.ask = ask;
            this.to = to;
            this.next = ask.range().from();
        }
    }

    LoggedGateway(String id, boolean isLiar, Random random) {
        this.id = id;
        this.isLiar = isLiar;
        this.random = random;
    }

    /** The payload of an event. */
    String event(long seq, boolean isReplayed) {
        return Samples.json(id, seq, id + "-" + seq).replace("\"replayed\":false", "\"replayed\":" + isReplayed);
    }

    /** The next event, which is in the log from now on. */
    long record() {
        newest++;
        log.add(newest);
        used.add(newest);
        return newest;
    }

    /** Numbers that are never used, such as after a power cut that nobody declares. */
    void skip(int count) {
        newest += count;
    }

    /** The oldest events are pruned. */
    void prune(int count) {
        for (int i = 0; i < count && log.size() > 1; i++) {
            log.pollFirst();
        }
    }

    /** One event can't be read any more. */
    void damage() {
        if (log.size() > 1) {
            log.remove(log.ceiling(log.first() + random.nextInt((int) (log.last() - log.first()) + 1)));
        }
    }

    /** The connection or the process ended. */
    void restart() {
        requests.clear();
    }

    /** A request arrived. */
    void asked(LogAsk ask, BiConsumer<String, String> answer) {
        if (random.nextInt(20) == 0) {
            answer.accept(ask.token(), error("busy", ask));
            return;
        }
        requests.add(new Answering(ask, Math.min(ask.range().to(), newest)));
    }

    private static String error(String word, LogAsk ask) {
        return "{\"error\":\"" + word + "\",\"from\":" + ask.range().from() + ",\"to\":"
                + ask.range().to() + ",\"end\":true}";
    }

    /** A second passes: sends what it may. */
    void second(BiConsumer<String, String> answer) {
        Answering present = requests.peek();
        if (present == null || !isOnline) {
            return;
        }
        if (isLiar && random.nextInt(3) == 0) {
            lie(present.ask, answer);
            return;
        }
        for (int i = 0; i < EVENTS_A_SECOND && present.next <= present.to; i++) {
            long seq = present.next++;
            if (log.contains(seq)) {
                answer.accept(present.ask.token(), event(seq, true));
            } else {
                present.missing.add(new NumberRange(seq, seq));
            }
        }
        if (present.next > present.to) {
            requests.remove();
            boolean isUnreadable = random.nextInt(30) == 0;
            answer.accept(
                    present.ask.token(),
                    isUnreadable
                            ? error("unreadable", present.ask)
                            : end(present.ask, present.to, present.missing.all()));
        }
    }

    private static String end(LogAsk ask, long to, List<NumberRange> missing) {
        List<String> pairs = missing.stream()
                .map(range -> "[" + range.from() + "," + range.to() + "]")
                .toList();
        return "{\"from\":" + ask.range().from() + ",\"to\":" + to + ",\"missing\":[" + String.join(",", pairs)
                + "],\"end\":true}";
    }

    private void lie(LogAsk ask, BiConsumer<String, String> answer) {
        long from = ask.range().from();
        long to = ask.range().to();
        switch (random.nextInt(8)) {
            case 0 -> answer.accept(ask.token(), event(to + 1 + random.nextInt(5_000), true));
            case 1 ->
                answer.accept(
                        ask.token(),
                        Samples.json("honest0", from, "forged").replace("\"replayed\":false", "\"replayed\":true"));
            case 2 ->
                answer.accept(
                        "guess-" + random.nextInt(1_000),
                        Samples.json(id, from, "forged").replace("\"replayed\":false", "\"replayed\":true"));
            case 3 -> {
                for (int i = 0; i < 5_000; i++) {
                    answer.accept(ask.token(), event(from, true));
                }
            }
            case 4 -> answer.accept(ask.token(), end(ask, to + 1_000, List.of()));
            case 5 -> answer.accept(ask.token(), end(ask, to, List.of(new NumberRange(from, to + 1))));
            case 6 -> answer.accept(ask.token(), "garbage");
            default -> requests.clear(); // never ends
        }
        used.add(from);
    }
}
