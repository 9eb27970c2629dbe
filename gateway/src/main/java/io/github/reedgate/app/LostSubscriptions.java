package io.github.reedgate.app;

import io.github.reedgate.core.Input;
import io.github.reedgate.event.ClockText;
import io.github.reedgate.event.EventType;
import io.github.reedgate.link.LinkEvent;
import io.github.reedgate.time.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/**
 * The topics that the gateway does not hear at present, though it wants to: why, since when and until when. Owned by the
 * loop thread; time is an argument, and monotonic until somebody asks. A restart begins with none.
 */
final class LostSubscriptions {

    /** The name under which {@link #takeNote} is kept. */
    static final String NOTE = "lost_subscriptions";

    private final Map<String, Lost> lost = new LinkedHashMap<>();
    // a former start may have left a note
    private boolean hasChanged = true;

    /** A topic that was refused or is paused; {@code told} if an event said so. */
    private record Lost(LinkEvent.SubscriptionRefused refusal, long sinceNanos, OptionalLong untilNanos, boolean told) {

        /** Whether it is paused, and the time is not over. */
        boolean isPaused(long nowNanos) {
            return untilNanos.isPresent() && nowNanos - untilNanos.getAsLong() < 0;
        }
    }

    /** Takes in what the connection reports; returns the event about it, if there is one: each pause has one. */
    Optional<Input> take(LinkEvent event, long nowNanos) {
        if (event instanceof LinkEvent.SubscriptionRefused refusal) {
            return refused(refusal, nowNanos);
        } else if (event instanceof LinkEvent.Subscribed subscribed) {
            hasChanged = true;
            return Optional.ofNullable(lost.remove(subscribed.topic()))
                    .filter(Lost::told)
                    .map(over -> restored(over, nowNanos));
        }
        return Optional.empty();
    }

    private Optional<Input> refused(LinkEvent.SubscriptionRefused refusal, long nowNanos) {
        Lost before = lost.get(refusal.topic());
        long sinceNanos = before == null ? nowNanos : before.sinceNanos();
        Optional<Duration> pause = refusal.pause();
        // reported anew on each connection
        boolean isNews = pause.isPresent() && (before == null || !before.isPaused(nowNanos));
        OptionalLong untilNanos =
                pause.isPresent() ? OptionalLong.of(nowNanos + pause.get().toNanos()) : OptionalLong.empty();
        boolean told = isNews || (before != null && before.told());
        lost.put(refusal.topic(), new Lost(refusal, sinceNanos, untilNanos, told));
        hasChanged |= isNews || before == null || pause.isEmpty();
        return isNews ? Optional.of(paused(refusal, pause.get())) : Optional.empty();
    }

    private static Input paused(LinkEvent.SubscriptionRefused refusal, Duration pause) {
        Map<String, Object> more = new LinkedHashMap<>();
        more.put("topic", refusal.topic());
        more.put("why", new LostSubscription(refusal.topic(), refusal.why(), Instant.EPOCH, Optional.empty()).word());
        long seconds = pause.plusMillis(999).toSeconds();
        more.put("pause_s", seconds);
        return new Input.DeliveryNews(
                EventType.SUBSCRIPTION_LOST,
                "Nothing sent to " + refusal.topic() + " reaches the gateway for " + seconds + " s: "
                        + LostSubscription.words(refusal.why()),
                more);
    }

    private static Input restored(Lost over, long nowNanos) {
        Map<String, Object> more = new LinkedHashMap<>();
        more.put("topic", over.refusal().topic());
        more.put("outage_ms", (nowNanos - over.sinceNanos()) / 1_000_000);
        return new Input.DeliveryNews(
                EventType.SUBSCRIPTION_RESTORED,
                "What is sent to " + over.refusal().topic() + " reaches the gateway again",
                more);
    }

    /**
     * The note for readers of the store, if it has changed: a line for each topic with the time
     * of the next try or {@code -}, the reason's word and the topic.
     */
    Optional<String> takeNote(Timestamp now) {
        if (!hasChanged) {
            return Optional.empty();
        }
        hasChanged = false;
        return Optional.of(all(now).stream()
                .map(each -> each.until().map(ClockText::utc).orElse("-") + " " + each.word() + " " + each.topic())
                .collect(Collectors.joining("\n")));
    }

    /** All of them now, the one that has been lost for the longest time first. */
    List<LostSubscription> all(Timestamp now) {
        return lost.values().stream()
                .map(each -> new LostSubscription(
                        each.refusal().topic(),
                        each.refusal().why(),
                        now.wall().minusNanos(now.monotonicNanos() - each.sinceNanos()),
                        each.untilNanos().isPresent()
                                ? Optional.of(
                                        now.wall().plusNanos(each.untilNanos().getAsLong() - now.monotonicNanos()))
                                : Optional.empty()))
                .toList();
    }
}
