package io.github.reedgate.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reedgate.link.FakeLink;
import io.github.reedgate.link.PublishOutcome;
import io.github.reedgate.message.Message;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/** One random history of a publisher and a broker that takes messages in the order sent; used once, by one thread. */
final class PublisherHistory {

    private static final Duration PARK = Duration.ofSeconds(60);
    private static final List<String> QUEUED = List.of("gate/event", "gate/alarm");
    private static final List<String> RETAINED = List.of("gate/a/state", "gate/b/state");

    private final Random random;
    private final boolean refusing;
    // whether reads of the disk fail: then the order is what can be read
    private final boolean failing;
    private final FakeLink link = new FakeLink();
    private final MemoryLog log;
    private final Publisher publisher;
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
    private final Map<Long, String> names = new HashMap<>();

    PublisherHistory(Random random, boolean refusing, boolean failing) {
        this.failing = failing;
        this.random = random;
        this.refusing = refusing;
        this.nowNanos = random.nextLong();
        this.log = new MemoryLog(random.nextInt(4) == 0 ? 5 : 1000);
        Message online = Message.retainedText("gate/availability", "online");
        this.publisher = new Publisher(log.readers(), link, new Publisher.Rules(online, log, PARK), id -> {});
    }

    void play(int steps) {
        for (int step = 0; step < steps; step++) {
            step();
            read();
            assertThat(link.isUp() ? link.unanswered() : 0).as("in flight").isLessThanOrEqualTo(window);
        }
    }

    /** The disk answers late, and sometimes it can't be read until it works again. */
    private void read() {
        if (failing && log.asked().isPresent() && random.nextInt(4) == 0) {
            log.answerUnread();
            if (random.nextBoolean()) {
                log.readers().readAgain();
            }
            publisher.refill();
        } else if (random.nextInt(3) == 0 && log.answer()) {
            publisher.refill();
        } else if (random.nextInt(50) == 0) {
            log.readers().readAgain();
            publisher.refill();
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
            publisher.tick(nowNanos);
        } else if (refusing) {
            String topic = pick(random.nextBoolean() ? QUEUED : RETAINED);
            if (!denied.remove(topic)) {
                denied.add(topic);
            }
        }
    }

    /** An event happens, with an alarm line or without. */
    private void publishQueued() {
        boolean rings = random.nextBoolean();
        String name = "n" + ++numbers;
        String text = "{\"n\":\"" + name + "\",\"replayed\":false}";
        QUEUED.stream()
                .filter(topic -> rings || topic.equals("gate/event"))
                .forEach(topic -> published
                        .computeIfAbsent(topic, key -> new ArrayList<>())
                        .add(name));
        int before = link.count();
        long seq = rings ? log.alarm(publisher, text) : log.event(publisher, text);
        names.put(seq, name);
        for (FakeLink.Sent sent : link.sentSince(before)) {
            assertThat(sent.message().payload())
                    .as("only the event itself goes out, and live")
                    .isEqualTo(text);
            if (sent.message().topic().equals("gate/alarm")) {
                published
                        .getOrDefault("gate/alarm", List.of())
                        .forEach(older -> mayOvertake
                                .computeIfAbsent("gate/alarm " + older, key -> new HashSet<>())
                                .add(name));
            }
        }
    }

    private void publishRetained() {
        String topic = pick(RETAINED);
        String word = random.nextBoolean() ? "open" : "closed";
        newest.put(topic, word);
        publisher.publish(Message.retainedText(topic, word));
    }

    private void linkUp() {
        if (link.isUp() && random.nextInt(3) > 0) {
            return;
        }
        loseAcknowledgements();
        int receiveMaximum = random.nextInt(3) == 0
                ? 1 + random.nextInt(refusing && random.nextBoolean() ? 24 : 3)
                : FakeLink.NO_LIMIT;
        window = Math.min(Publisher.WINDOW, receiveMaximum);
        publisher.linkUp(link.up(receiveMaximum), nowNanos);
    }

    private void linkDown() {
        if (link.isUp()) {
            loseAcknowledgements();
            link.down();
            publisher.linkDown();
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
            Set<String> behind =
                    mayOvertake.computeIfAbsent(message.topic() + " " + name(message), key -> new HashSet<>());
            waiting.stream().skip(1).forEach(sent -> behind.add(name(sent.message())));
            link.waiting().forEach(later -> behind.add(name(later)));
        }
        int before = link.count();
        publisher.published(link.answer(outcome), nowNanos);
        publisher.refill();
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
        window = Publisher.WINDOW;
        publisher.linkUp(link.up(FakeLink.NO_LIMIT), nowNanos);
        for (int round = 0; round < 10_000; round++) {
            if (round == 0) {
                log.readers().readAgain();
                publisher.refill();
            }
            if (log.answer()) {
                publisher.refill();
            } else if (link.unanswered() > 0) {
                answer();
            } else if (publisher.deadlineNanos().isPresent()) {
                nowNanos = publisher.deadlineNanos().getAsLong();
                publisher.tick(nowNanos);
            } else {
                return;
            }
        }
        throw new AssertionError("the publisher does not come to rest");
    }

    void check(String seed) {
        assertThat(link.unanswered() == 0).as(seed).isTrue();
        assertThat(publisher.depth()).as(seed).isZero();
        newest.put("gate/availability", "online");
        assertThat(kept).as("%s: retained values", seed).isEqualTo(newest);
        for (String topic : QUEUED) {
            Set<String> missing = new HashSet<>(published.getOrDefault(topic, List.of()));
            missing.removeAll(acceptedOn(topic));
            missing.removeAll(droppedNames());
            assertThat(missing).as("%s: missing on %s", seed, topic).isEmpty();
            for (String[] pair : failing ? List.<String[]>of() : inversions(topic)) {
                assertThat(mayOvertake.getOrDefault(topic + " " + pair[0], Set.of()))
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

    private Set<String> droppedNames() {
        Set<String> all = new HashSet<>();
        log.dropped().forEach(seq -> all.add(names.get(seq)));
        return all;
    }

    int drops() {
        return log.dropped().size();
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

    private static String name(Message message) {
        return message.retain() ? message.topic() : message.payload().split("\"", -1)[3];
    }

    private static int number(String name) {
        return Integer.parseInt(name.substring(1));
    }
}
