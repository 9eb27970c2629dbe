package io.github.reedgate.monitor.heal;

import io.github.reedgate.monitor.record.Delivery;
import io.github.reedgate.monitor.record.GoneNumbers;
import io.github.reedgate.monitor.record.Item;
import io.github.reedgate.monitor.record.NumberRange;
import io.github.reedgate.monitor.record.PresentValue;
import io.github.reedgate.monitor.record.RawMessage;
import io.github.reedgate.monitor.record.RecordedEvent;
import io.github.reedgate.monitor.record.Recorder;
import io.github.reedgate.monitor.record.RejectedMessage;
import io.github.reedgate.time.Timestamp;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Joins the healing to the recorder: what answers bring is stored by the recorder, which then acknowledges it. Owned by the
 * recorder's thread; blocks on nothing.
 */
public final class Healer {

    /** How often it looks for somebody to ask. */
    private static final Duration EVERY = Duration.ofMillis(250);

    private static final String AVAILABILITY = "availability";

    private final Recorder recorder;
    private final Healing healing;
    private final AnswerReader reader;
    private final Places places;
    private final LogAsking asking;
    private final Consumer<Runnable> thread;
    private @Nullable Timestamp last;

    /**
     * Where things are.
     *
     * @param topicPrefix what the topics of the gateways start with, without trailing slash
     * @param root the root of the monitor's own topics, without trailing slash
     * @param isAsking false if no gateway shall be asked; answers that still come are then dropped
     */
    public record Places(String topicPrefix, String root, boolean isAsking) {

        /** The filter of all topics for answers. */
        public String filter() {
            return answers() + "+";
        }

        private String answers() {
            return root + "/log/";
        }

        /** True if gateways answer on a topic. */
        public boolean isAnswer(String topic) {
            return topic.startsWith(answers());
        }
    }

    /**
     * A healer that has asked nobody.
     *
     * @param asking sends requests
     * @param thread hands something to the recorder's thread; may be called by any thread
     */
    public Healer(Recorder recorder, Healing healing, Places places, LogAsking asking, Consumer<Runnable> thread) {
        this.recorder = recorder;
        this.healing = healing;
        this.places = places;
        this.asking = asking;
        this.thread = thread;
        this.reader = new AnswerReader(places.topicPrefix());
    }

    /** The connection is up. */
    public void connected() {
        healing.connected();
    }

    /** The connection ended. */
    public void disconnected(Timestamp now) {
        healing.disconnected(now);
    }

    /** A message arrived: records it, unless it is an answer, which is judged first. */
    public void received(Delivery delivery, Timestamp now) {
        if (places.isAnswer(delivery.message().topic())) {
            answered(delivery, now);
            return;
        }
        Item item = recorder.received(delivery);
        if (item instanceof RecordedEvent event) {
            healing.heard(event.gateway(), delivery.isRetained(), now);
        } else if (item instanceof PresentValue value) {
            healing.heard(value.gateway(), delivery.isRetained(), now);
            if (value.name().equals(AVAILABILITY)) {
                healing.availability(value.gateway(), value.payload().equals("online"), delivery.isRetained(), now);
            }
        }
    }

    private void answered(Delivery delivery, Timestamp now) {
        RawMessage message = delivery.message();
        String gateway = message.topic().substring(places.answers().length());
        String token = delivery.correlation();
        Verdict verdict = healing.answered(gateway, token, reader.read(gateway, message), now);
        if (verdict instanceof Verdict.Store store) {
            recorder.received(store.event(), delivery);
        } else if (verdict instanceof Verdict.Settle settle) {
            recorder.received(new GoneNumbers(gateway, settle.gone()), new Settling(delivery, gateway, token));
        } else if (verdict instanceof Verdict.Reject reject) {
            recorder.received(RejectedMessage.of(message, reject.reason()), delivery);
        } else {
            delivery.acknowledge();
        }
    }

    /** The end of an answer: the recorder acknowledges it once all before it is stored. */
    private final class Settling implements Delivery {

        private final Delivery delivery;
        private final String gateway;
        private final String token;

        private Settling(Delivery delivery, String gateway, String token) {
            this.delivery = delivery;
            this.gateway = gateway;
            this.token = token;
        }

        @Override
        public RawMessage message() {
            return delivery.message();
        }

        @Override
        public void acknowledge() {
            healing.settled(gateway, token);
            delivery.acknowledge();
        }
    }

    /** Sends the requests that are due; called after each round of the recorder. */
    public void work(Timestamp now) {
        Timestamp former = last;
        if (!places.isAsking()
                || (former != null && now.monotonicNanos() - former.monotonicNanos() < EVERY.toNanos())) {
            return;
        }
        last = now;
        boolean mayAsk = recorder.fault().isEmpty() && !recorder.isFull();
        for (LogAsk ask : healing.tick(recorder.gaps(), mayAsk, now)) {
            asking.send(
                    places.topicPrefix() + "/" + ask.gateway() + "/log/get",
                    ask,
                    places.answers() + ask.gateway(),
                    () -> thread.accept(() -> healing.unsent(ask, now)));
        }
    }

    /** The ranges that are asked for now, by gateway, such as {@code 7 to 9}. */
    public Map<String, String> asking() {
        Map<String, String> asked = new TreeMap<>();
        for (Map.Entry<String, NumberRange> each : healing.asking().entrySet()) {
            asked.put(each.getKey(), each.getValue().toString());
        }
        return asked;
    }

    /** Figures for people, by name, in order; each counts from the start of the program. */
    public Map<String, Long> figures() {
        return healing.figures();
    }
}
