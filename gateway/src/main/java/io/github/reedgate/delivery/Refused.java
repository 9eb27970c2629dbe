package io.github.reedgate.delivery;

import io.github.reedgate.link.PublishOutcome;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Finds out whether a broker that refuses a message refuses this one only, or the whole topic. Owned by the loop thread.
 *
 * <p>A message that is larger than the broker takes is given up after {@link #TRIES} tries; from then on that limit is known
 * on this connection. An alarm line is given up at once, for others would wait behind it. Of another refusal it can't be
 * told whom it means: once a message was refused so often, the next one on its topic is tried right behind it, and only if
 * that is taken is the first one given up. Access rules always mean the topic.
 */
final class Refused {

    /** So often a message is tried. */
    static final int TRIES = 3;

    /** The first tries follow each other after this time. */
    static final Duration SOON = Duration.ofSeconds(5);

    private final String alarmTopic;
    private final Map<String, Head> heads = new HashMap<>();
    // by entry and topic, how often it was refused for its size on this connection
    private final Map<String, Integer> tooLarge = new HashMap<>();
    private boolean limitKnown;

    /** The message that stands in the way on a topic: its entry, or 0 for a retained value. */
    private record Head(OnTheWay.Sent sent, int tries, String reason) {}

    /** Nothing was refused yet; on {@code alarmTopic} no message waits behind another. */
    Refused(String alarmTopic) {
        this.alarmTopic = alarmTopic;
    }

    /** A new connection, to a broker that may have other limits. */
    void connected() {
        limitKnown = false;
        tooLarge.clear();
    }

    /** A message was refused; gives it back if it is to be given up. */
    Optional<SetAside> refused(OnTheWay.Sent sent, PublishOutcome outcome, String reason) {
        if (outcome == PublishOutcome.TOO_LARGE) {
            return tooLarge(sent, reason);
        }
        String topic = sent.message().topic();
        Head before = heads.get(topic);
        if (outcome != PublishOutcome.REJECTED) {
            heads.remove(topic);
        } else if (before != null && before.sent().entryId() == sent.entryId()) {
            heads.put(topic, new Head(sent, before.tries() + 1, reason));
        } else if (before == null || before.tries() < TRIES) {
            heads.put(topic, new Head(sent, 1, reason));
        }
        return Optional.empty();
    }

    private Optional<SetAside> tooLarge(OnTheWay.Sent sent, String reason) {
        String key = sent.entryId() + " " + sent.message().topic();
        int tries = tooLarge.merge(key, 1, Integer::sum);
        limitKnown |= tries >= TRIES;
        if (!limitKnown && !sent.message().topic().equals(alarmTopic)) {
            return Optional.empty();
        }
        tooLarge.remove(key);
        return Optional.of(new SetAside(sent.message(), SetAside.Why.TOO_LARGE, tries, reason));
    }

    /** A message was taken; gives the entry that is to be given up because of that, if there is one. */
    Optional<OnTheWay.Sent> convicts(OnTheWay.Sent taken) {
        Head head = heads.get(taken.message().topic());
        if (head == null) {
            return Optional.empty();
        }
        if (head.sent().entryId() == taken.entryId()) {
            heads.remove(taken.message().topic());
            return Optional.empty();
        }
        return head.tries() >= TRIES ? Optional.of(head.sent()) : Optional.empty();
    }

    /** Gives up what {@link #convicts} named. */
    SetAside giveUp(String topic) {
        Head head = heads.remove(topic);
        if (head == null) {
            throw new IllegalStateException("nothing stands in the way on " + topic);
        }
        return new SetAside(head.sent().message(), SetAside.Why.REFUSED, head.tries(), head.reason());
    }
    /** Whether, right behind this refusal, the next message on the topic is to be tried. */
    boolean isInDoubt(OnTheWay.Sent sent) {
        Head head = heads.get(sent.message().topic());
        return head != null && sent.entryId() != 0 && head.sent().entryId() == sent.entryId() && head.tries() >= TRIES;
    }
    /** How long a topic waits after the latest refusal: the first tries follow each other soon. */
    Duration pause(OnTheWay.Sent sent, PublishOutcome outcome, Duration usual) {
        Head head = heads.get(sent.message().topic());
        boolean isSoon = outcome == PublishOutcome.TOO_LARGE || (head != null && head.tries() < TRIES);
        return isSoon && SOON.compareTo(usual) < 0 ? SOON : usual;
    }
}
