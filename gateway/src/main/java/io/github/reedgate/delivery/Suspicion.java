package io.github.reedgate.delivery;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds the message for which a broker closes the connection, without ever blaming one for a bad network. Two connections in a
 * row that end with the same messages unanswered begin it: on the next one messages are sent one at a time. One that is alone
 * in flight when such a connection ends is suspected and held back, and the others go on. Once a connection has stayed for
 * {@link #TRIAL}, the suspect is tried again, alone. After {@link #STRIKES} times it is convicted; a connection that ends with
 * nothing in flight, or an answer to the suspect, clears it. Owned by the loop thread; time is an argument.
 *
 * <p>Whoever can cut the line could cut it at each of these tries. So a message counts as too large only if the broker has
 * answered none of its size: one that is no larger is convicted after {@link #STRIKES_IN_SPITE_OF_SIZE} times, and on the alarm's
 * topic never.
 */
final class Suspicion {

    /** How many connections end before messages are sent one at a time. */
    static final int LOSSES = 2;

    /** How many connections end with the same message alone in flight before it is convicted. */
    static final int STRIKES = 3;

    /** The same of a message that is no larger than one that the broker has answered. */
    static final int STRIKES_IN_SPITE_OF_SIZE = 10;

    /** So many more on the alarm's topic, before what waits there is held back. */
    private static final int FREE_ALARM_STRIKES = 1;

    /** How long a connection has to stay without a suspect before that is tried again. */
    static final Duration TRIAL = Duration.ofSeconds(20);

    private final String alarmTopic;
    private final Set<Key> blamed = new HashSet<>();
    private final Map<String, Suspect> suspects = new HashMap<>();
    // the largest message that a broker has answered since the start
    private int answeredBytes;
    private int losses;
    private boolean careful;
    private @Nullable String probed;
    private OptionalLong probeNanos = OptionalLong.empty();

    /** A message, whatever became of it since: its entry in the outbox, or 0 and the topic of a retained value. */
    private record Key(long entryId, String topic) {

        static Key of(OnTheWay.Sent sent) {
            return new Key(sent.entryId(), sent.message().topic());
        }
    }

    private record Suspect(long entryId, int strikes) {}

    /**
     * Nobody is suspected.
     *
     * @param alarmTopic the topic on which a message never waits behind another
     */
    Suspicion(String alarmTopic) {
        this.alarmTopic = alarmTopic;
    }

    /**
     * A connection has ended.
     *
     * @param unanswered what the broker may have got and has not answered, but the availability
     * @return what is convicted, if anything is
     */
    Optional<OnTheWay.Sent> lost(List<OnTheWay.Sent> unanswered) {
        probed = null;
        probeNanos = OptionalLong.empty();
        if (unanswered.isEmpty()) {
            clear();
        } else if (careful && unanswered.size() == 1) {
            return strike(unanswered.get(0));
        } else {
            blame(unanswered);
        }
        return Optional.empty();
    }

    private void clear() {
        blamed.clear();
        losses = 0;
        suspects.clear();
    }

    private Optional<OnTheWay.Sent> strike(OnTheWay.Sent alone) {
        String topic = alone.message().topic();
        Suspect before = suspects.get(topic);
        int strikes = before != null && before.entryId() == alone.entryId() ? before.strikes() + 1 : 1;
        blamed.clear();
        losses = 0;
        boolean isAlarm = topic.equals(alarmTopic);
        boolean mayBeTooLarge = sizeBytes(alone) > answeredBytes;
        if (isAlarm && !mayBeTooLarge) {
            strikes = Math.min(strikes, FREE_ALARM_STRIKES + 1);
        } else if (strikes
                >= (mayBeTooLarge ? STRIKES : STRIKES_IN_SPITE_OF_SIZE) + (isAlarm ? FREE_ALARM_STRIKES : 0)) {
            suspects.remove(topic);
            return Optional.of(alone);
        }
        suspects.put(topic, new Suspect(alone.entryId(), strikes));
        return Optional.empty();
    }

    private static int sizeBytes(OnTheWay.Sent sent) {
        return sent.message().topic().length() + sent.message().payload().getBytes(StandardCharsets.UTF_8).length;
    }

    private void blame(List<OnTheWay.Sent> unanswered) {
        Set<Key> keys = new HashSet<>();
        unanswered.forEach(each -> keys.add(Key.of(each)));
        if (losses > 0) {
            blamed.retainAll(keys);
        }
        losses = losses > 0 && !blamed.isEmpty() ? losses + 1 : 1;
        if (losses == 1) {
            blamed.clear();
            blamed.addAll(keys);
        }
    }

    /** There is a connection. */
    void connected(long nowNanos) {
        careful = losses >= LOSSES || !suspects.isEmpty();
        probed = null;
        probeNanos = careful ? OptionalLong.of(nowNanos + TRIAL.toNanos()) : OptionalLong.empty();
    }

    /** A message was answered, or is known to have done no harm; true if something that was held back may go now. */
    boolean proved(OnTheWay.Sent sent) {
        answeredBytes = Math.max(answeredBytes, sizeBytes(sent));
        if (!blamed.isEmpty() && blamed.remove(Key.of(sent)) && blamed.isEmpty()) {
            losses = 0;
        }
        String topic = sent.message().topic();
        Suspect suspect = suspects.get(topic);
        boolean isCleared = suspect != null && suspect.entryId() == sent.entryId();
        if (isCleared) {
            suspects.remove(topic);
        }
        if (topic.equals(probed)) {
            probed = null;
        }
        careful = careful && (losses > 0 || !suspects.isEmpty());
        return isCleared;
    }

    /** Whether any message is suspected. */
    boolean isSuspecting() {
        return !suspects.isEmpty();
    }

    /** Whether messages go one at a time. */
    boolean isCareful() {
        return careful;
    }

    /**
     * Whether what waits on a topic is held back, so that its order stays. On the alarm's topic not for the first suspicions, and
     * an alarm that is raised now does not wait in any case.
     */
    boolean holds(String topic) {
        Suspect suspect = suspects.get(topic);
        return suspect != null && (!topic.equals(alarmTopic) || suspect.strikes() > FREE_ALARM_STRIKES);
    }

    /** When a suspect is to be tried; empty if none is, or one is in flight. */
    OptionalLong deadlineNanos() {
        return probed == null ? probeNanos : OptionalLong.empty();
    }

    /** True if a suspect is to be tried as soon as nothing else is in flight, or is being tried: nothing in turn is sent. */
    boolean isTrying(long nowNanos) {
        return probed != null || (isDue(nowNanos) && !suspects.isEmpty());
    }

    boolean isDue(long nowNanos) {
        return probeNanos.isPresent() && nowNanos - probeNanos.getAsLong() >= 0;
    }

    /** The topic of the suspect that is tried now, alone; empty if there is none, and then nobody need be careful. */
    Optional<String> probe() {
        List<String> topics = new ArrayList<>(suspects.keySet());
        if (topics.isEmpty()) {
            probeNanos = OptionalLong.empty();
            careful = false;
            blamed.clear();
            losses = 0;
            return Optional.empty();
        }
        careful = true;
        probed = topics.get(0);
        return Optional.of(topics.get(0));
    }

    /** The suspect of a topic is gone: dropped, or replaced by a newer value. */
    void gone(String topic) {
        suspects.remove(topic);
        probed = null;
    }
}
