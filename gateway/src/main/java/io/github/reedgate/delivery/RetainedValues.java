package io.github.reedgate.delivery;

import io.github.reedgate.message.Message;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The retained values, each topic's newest, and which of them have to be sent. A topic that hands over what it described keeps
 * saying so until the broker has that and everything that is described elsewhere; only then is it emptied. Owned by the loop
 * thread.
 */
final class RetainedValues {

    /** A value that is shorter than one that could not be delivered by more than this is tried. */
    private static final int ABOUT = 32;

    private final Message online;
    private final Map<String, Message> values = new LinkedHashMap<>();
    private final Set<String> unsent = new LinkedHashSet<>();
    private final List<HandedOver> handedOver = new ArrayList<>();
    // by topic, the length from which on a value can't be delivered
    private final Map<String, Integer> tooLong = new HashMap<>();

    /**
     * What a topic that hands over is to say next.
     *
     * @param next its next value
     * @param awaited topics whose values the broker has to have before
     */
    private record HandedOver(Message next, Set<String> awaited) {}

    /**
     * No values yet.
     *
     * @param online the availability, which is no value among the others
     */
    RetainedValues(Message online) {
        this.online = online;
    }

    /** Takes a value over; it has to be sent. */
    void put(Message message) {
        Message before = values.get(message.topic());
        if (before != null && before.isHandover() && message.payload().isEmpty()) {
            handedOver.add(new HandedOver(message, described()));
            return;
        }
        values.put(message.topic(), message);
        unsent.add(message.topic());
    }

    /** A value can't be delivered: neither it nor one that is about as long is sent any more. */
    void setAside(Message message) {
        tooLong.put(message.topic(), message.payload().length() - ABOUT);
        unsent.remove(message.topic());
    }

    private boolean isAside(String topic) {
        Integer length = tooLong.get(topic);
        Message value = value(topic);
        return length != null && value != null && value.payload().length() >= length;
    }

    /** Topics outside of the gateway's own that say something, also those that hand over. */
    private Set<String> described() {
        Set<String> topics = new LinkedHashSet<>();
        values.values().stream()
                .filter(value -> !value.payload().isEmpty() && !isOwn(value.topic()))
                .forEach(value -> topics.add(value.topic()));
        return topics;
    }

    private boolean isOwn(String topic) {
        return topic.startsWith(online.topic().substring(0, online.topic().lastIndexOf('/') + 1));
    }

    /** A new connection: all have to be sent but the availability, which went before them. */
    void connected() {
        unsent.clear();
        unsent.addAll(values.keySet());
    }

    /** All have to be sent: first what lies outside of the gateway's own topics, then availability, then the rest. */
    void refresh() {
        unsent.clear();
        values.keySet().stream().filter(topic -> !isOwn(topic)).forEach(unsent::add);
        unsent.add(online.topic());
        unsent.addAll(values.keySet());
    }

    /** All values, the oldest topic first; a topic that is being emptied has none. */
    List<Message> all() {
        return values.values().stream()
                .filter(message -> !message.payload().isEmpty())
                .toList();
    }

    private @Nullable Message value(String topic) {
        return topic.equals(online.topic()) ? online : values.get(topic);
    }

    /** The next value that has to be sent, on a topic that is not held back; it counts as sent from now on. */
    Optional<Message> take(Predicate<String> held) {
        Iterator<String> topics = unsent.iterator();
        while (topics.hasNext()) {
            String topic = topics.next();
            Message value = value(topic);
            if (value != null && !isAside(topic) && !held.test(topic)) {
                topics.remove();
                return Optional.of(value);
            }
        }
        return Optional.empty();
    }

    /** Whether one has to be sent, on a topic that is not held back. */
    boolean waits(Predicate<String> held) {
        return unsent.stream().anyMatch(topic -> value(topic) != null && !isAside(topic) && !held.test(topic));
    }

    /** The value of a topic, also of the availability's, to be sent now; empty if it has none. */
    Optional<OnTheWay.Sent> again(String topic) {
        unsent.remove(topic);
        return Optional.ofNullable(value(topic)).map(message -> new OnTheWay.Sent(message, 0, false));
    }

    /** A value did not arrive: it has to be sent again unless there is a newer one. */
    void failed(Message message) {
        if (message.equals(values.get(message.topic()))) {
            unsent.add(message.topic());
        }
    }

    /** A value has arrived. Returns true if it was an empty one, which is forgotten with that unless there is a newer one. */
    boolean arrived(Message message) {
        if (message.equals(values.get(message.topic()))) {
            handedOver.forEach(each -> each.awaited().remove(message.topic()));
            List<HandedOver> over =
                    handedOver.stream().filter(each -> each.awaited().isEmpty()).toList();
            handedOver.removeAll(over);
            over.forEach(each -> {
                values.put(each.next().topic(), each.next());
                unsent.add(each.next().topic());
            });
        }
        return message.payload().isEmpty() && values.remove(message.topic(), message);
    }
}
