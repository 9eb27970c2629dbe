package io.github.reedgate.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reedgate.event.Priority;
import io.github.reedgate.link.FakeLink;
import io.github.reedgate.link.PublishOutcome;
import io.github.reedgate.message.Message;
import io.github.reedgate.message.QoS;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/** One random history of a courier and a broker that takes messages in the order sent; used once, by one thread. */
final class CourierHistory {

    private static final Duration PARK = Duration.ofSeconds(60);
    private static final List<String> QUEUED = List.of("gate/event", "gate/alarm");
    private static final List<String> RETAINED = List.of("gate/a/state", "gate/b/state");

    private final Random random;
    private final boolean refusing;
    private final FakeLink link = new FakeLink();
    private final WatchedOutbox outbox;
    private final Courier courier;
    private final Set<String> denied = new HashSet<>();
    private final Map<String, String> newest = new HashMap<>();
    private final Map<String, String> kept = new HashMap<>();
    private final Map<String, List<String>> published = new HashMap<>();
    private final Map<String, List<String>> accepted = new HashMap<>();
    private final Map<String, Set<String>> mayOvertake = new HashMap<>();
    private long nowNanos;
    private int window;
    private int numbers;
    private int repeats;

    CourierHistory(Random random, boolean refusing) {
        this.random = random;
        this.refusing = refusing;
        this.nowNanos = random.nextLong();
        this.outbox = new WatchedOutbox(random.nextInt(4) == 0 ? 5 : 1000);
        Message online = Message.retainedText("gate/availability", "online");
        this.courier = new Courier(outbox, link, new Courier.Rules(online, "gate/alarm", PARK), id -> {});
    }

    void play(int steps) {
        for (int step = 0; step < steps; step++) {
            step();
            assertThat(link.isUp() ? link.unanswered() : 0).as("in flight").isLessThanOrEqualTo(window);
        }
    }

    private void step() {
        int choice = random.nextInt(20);
        if (choice < 6) {
            publishQueued();
        } else if (choice < 8) {
            publishRetained();
        } else if (choice < 15) {
            answer();
        } else if (choice == 15) {
            linkDown();
        } else if (choice < 18) {
            linkUp();
        } else if (choice == 18) {
            nowNanos += random.nextInt(90) * 1_000_000_000L;
            courier.tick(nowNanos);
        } else if (refusing) {
            String topic = pick(random.nextBoolean() ? QUEUED : RETAINED);
            if (!denied.remove(topic)) {
                denied.add(topic);
            }
        }
    }

    private void publishQueued() {
        String topic = pick(QUEUED);
        String name = "n" + ++numbers;
        Message message = message(topic, name, false);
        Priority priority = topic.endsWith("alarm") ? Priority.ALARM : Priority.ROUTINE;
        published.computeIfAbsent(topic, key -> new ArrayList<>()).add(name);
        int before = link.count();
        courier.publish(message, priority, 0);
        for (FakeLink.Sent sent : link.sentSince(before)) {
            assertThat(sent.message())
                    .as("only the message itself goes out, and live")
                    .isEqualTo(message);
            if (topic.equals("gate/alarm")) {
                published
                        .get(topic)
                        .forEach(older -> mayOvertake
                                .computeIfAbsent(older, key -> new HashSet<>())
                                .add(name));
            }
        }
    }

    private void publishRetained() {
        String topic = pick(RETAINED);
        String word = random.nextBoolean() ? "open" : "closed";
        newest.put(topic, word);
        courier.publish(Message.retainedText(topic, word), Priority.ROUTINE, 0);
    }

    private void linkUp() {
        if (link.isUp() && random.nextInt(3) > 0) {
            return;
        }
        loseAcknowledgements();
        int receiveMaximum = random.nextInt(3) == 0
                ? 1 + random.nextInt(refusing && random.nextBoolean() ? 24 : 3)
                : FakeLink.NO_LIMIT;
        window = Math.min(Courier.WINDOW, receiveMaximum);
        courier.linkUp(link.up(receiveMaximum), nowNanos);
    }

    private void linkDown() {
        if (link.isUp()) {
            loseAcknowledgements();
            link.down();
            courier.linkDown();
        }
    }

    /** The broker had taken some of what is on its way, but nobody will ever hear of it. */
    private void loseAcknowledgements() {
        int taken = link.isUp() ? random.nextInt(link.unanswered() + 1) : 0;
        for (FakeLink.Sent sent :
                link.sentSince(link.count() - link.unanswered()).subList(0, taken)) {
            if (!denied.contains(sent.message().topic())) {
                take(sent.message());
            }
        }
    }

    private void answer() {
        if (!link.isUp() || link.unanswered() == 0) {
            return;
        }
        List<FakeLink.Sent> waiting = link.sentSince(link.count() - link.unanswered());
        Message message = waiting.get(0).message();
        PublishOutcome outcome = PublishOutcome.ACCEPTED;
        if (denied.contains(message.topic())) {
            outcome = PublishOutcome.NOT_AUTHORIZED;
        } else if (refusing && random.nextInt(40) == 0) {
            outcome = PublishOutcome.UNKNOWN;
        }
        if (outcome == PublishOutcome.ACCEPTED) {
            take(message);
        } else if (!message.retain()) {
            Set<String> behind = mayOvertake.computeIfAbsent(name(message), key -> new HashSet<>());
            waiting.stream().skip(1).forEach(sent -> behind.add(name(sent.message())));
            link.waiting().forEach(later -> behind.add(name(later)));
        }
        int before = link.count();
        courier.published(link.answer(outcome), nowNanos);
        courier.refill();
        for (FakeLink.Sent sent : link.sentSince(before)) {
            assertThat(sent.message().payload()).as("late").doesNotContain("\"replayed\":false");
        }
    }

    private void take(Message message) {
        if (message.retain()) {
            kept.put(message.topic(), message.payload());
            return;
        }
        List<String> names = accepted.computeIfAbsent(message.topic(), key -> new ArrayList<>());
        if (names.contains(name(message))) {
            repeats++;
        } else {
            names.add(name(message));
        }
    }

    /** The broker comes back, allows everything and answers until nothing is left to do. */
    void endWell() {
        denied.clear();
        window = Courier.WINDOW;
        courier.linkUp(link.up(FakeLink.NO_LIMIT), nowNanos);
        for (int round = 0; round < 10_000; round++) {
            if (link.unanswered() > 0) {
                answer();
            } else if (courier.deadlineNanos().isPresent()) {
                nowNanos = courier.deadlineNanos().getAsLong();
                courier.tick(nowNanos);
            } else {
                return;
            }
        }
        throw new AssertionError("the courier does not come to rest");
    }

    void check(String seed) {
        assertThat(link.unanswered() == 0).as(seed).isTrue();
        assertThat(courier.depth()).as(seed).isZero();
        newest.put("gate/availability", "online");
        assertThat(kept).as("%s: retained values", seed).isEqualTo(newest);
        for (String topic : QUEUED) {
            Set<String> missing = new HashSet<>(published.getOrDefault(topic, List.of()));
            missing.removeAll(acceptedOn(topic));
            assertThat(outbox.dropped).as("%s: missing on %s", seed, topic).containsAll(missing);
            for (String[] pair : inversions(topic)) {
                assertThat(mayOvertake.getOrDefault(pair[0], Set.of()))
                        .as("%s: what may overtake %s", seed, pair[0])
                        .contains(pair[1]);
            }
        }
    }

    /** Pairs of messages of which the later published one was accepted first: overtaken, overtaking. */
    private List<String[]> inversions(String topic) {
        List<String> order = acceptedOn(topic);
        List<String[]> pairs = new ArrayList<>();
        for (int late = 0; late < order.size(); late++) {
            for (int early = 0; early < late; early++) {
                if (number(order.get(early)) > number(order.get(late))) {
                    pairs.add(new String[] {order.get(late), order.get(early)});
                }
            }
        }
        return pairs;
    }

    int overtakings() {
        return QUEUED.stream().mapToInt(topic -> inversions(topic).size()).sum();
    }

    int overtakings(String topic) {
        return inversions(topic).size();
    }

    int drops() {
        return outbox.dropped.size();
    }

    int repeats() {
        return repeats;
    }

    private List<String> acceptedOn(String topic) {
        return accepted.getOrDefault(topic, List.of());
    }

    private String pick(List<String> topics) {
        return topics.get(random.nextInt(topics.size()));
    }

    private static Message message(String topic, String name, boolean replayed) {
        String payload = "{\"n\":\"" + name + "\",\"replayed\":" + replayed + "}";
        return new Message(topic, payload, QoS.AT_LEAST_ONCE, false, Message.JSON, Map.of());
    }

    private static String name(Message message) {
        return message.retain() ? message.topic() : message.payload().split("\"", -1)[3];
    }

    private static int number(String name) {
        return Integer.parseInt(name.substring(1));
    }

    /** A memory outbox that knows by name what was dropped. */
    private static final class WatchedOutbox implements Outbox {

        private final MemoryOutbox outbox;
        private final Map<Long, String> waiting = new LinkedHashMap<>();
        private final Set<String> dropped = new HashSet<>();

        WatchedOutbox(int capacity) {
            this.outbox = new MemoryOutbox(capacity);
        }

        @Override
        public Entry append(Message message, Priority priority) {
            Entry entry = outbox.append(message, priority);
            waiting.put(entry.id(), name(message));
            if (!outbox.takeDrops().equals(Drops.NONE)) {
                Map<Long, String> gone = new HashMap<>(waiting);
                OutboxContractTest.entries(outbox).forEach(left -> gone.remove(left.id()));
                dropped.addAll(gone.values());
                waiting.keySet().removeAll(gone.keySet());
            }
            return entry;
        }

        @Override
        public java.util.Optional<Entry> next(long afterId) {
            return outbox.next(afterId);
        }

        @Override
        public boolean hasNext(long afterId) {
            return outbox.hasNext(afterId);
        }

        @Override
        public java.util.Optional<Entry> oldest() {
            return outbox.oldest();
        }

        @Override
        public java.util.Optional<Entry> oldest(String topic, long afterId) {
            return outbox.oldest(topic, afterId);
        }

        @Override
        public void remove(long id) {
            outbox.remove(id);
            waiting.remove(id);
        }

        @Override
        public void renumber(long fromSeq, long toSeq, long by) {
            outbox.renumber(fromSeq, toSeq, by);
        }

        @Override
        public int size() {
            return outbox.size();
        }

        @Override
        public Drops takeDrops() {
            return outbox.takeDrops();
        }
    }
}
