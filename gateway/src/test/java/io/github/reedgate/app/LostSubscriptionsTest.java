package io.github.reedgate.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reedgate.core.Input;
import io.github.reedgate.event.EventType;
import io.github.reedgate.link.LinkEvent;
import io.github.reedgate.link.LinkEvent.SubscriptionRefused.Why;
import io.github.reedgate.time.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is said of a topic that the gateway does not hear, and for how long. */
class LostSubscriptionsTest {

    private static final String TOPIC = "reedgate/home/panel/set";
    private static final Timestamp START =
            new Timestamp(Long.MAX_VALUE - 5_000_000_000L, Instant.parse("2026-11-22T21:14:00Z")); // it wraps around

    private final LostSubscriptions lost = new LostSubscriptions();

    private Optional<Input> refused(Why why, int pauseSeconds, Timestamp now) {
        Optional<Duration> pause = Optional.of(Duration.ofSeconds(pauseSeconds)).filter(each -> !each.isNegative());
        return lost.take(new LinkEvent.SubscriptionRefused(TOPIC, why, pause, "no"), now.monotonicNanos());
    }

    private static Timestamp after(int seconds) {
        return START.plus(Duration.ofSeconds(seconds));
    }

    @Test
    void pauseIsOneEventAndIsToldWithItsEndUntilTheTopicIsSubscribedTo() {
        Input.DeliveryNews begin =
                (Input.DeliveryNews) refused(Why.UNREADABLE, 60, START).orElseThrow();
        assertThat(begin.type()).isEqualTo(EventType.SUBSCRIPTION_LOST);
        assertThat(begin.message())
                .contains("Nothing sent to " + TOPIC + " reaches the gateway for 60 s", "who publishes there");
        assertThat(begin.more())
                .containsEntry("topic", TOPIC)
                .containsEntry("why", "unreadable")
                .containsEntry("pause_s", 60L);
        assertThat(lost.all(after(10)))
                .containsExactly(new LostSubscription(
                        TOPIC,
                        Why.UNREADABLE,
                        START.wall(),
                        Optional.of(after(60).wall())));

        assertThat(refused(Why.UNREADABLE, 20, after(40)))
                .as("the same pause on the next connection")
                .isEmpty();
        assertThat(refused(Why.UNREADABLE, 120, after(65))).as("a new pause").isPresent();
        assertThat(lost.all(after(65)))
                .containsExactly(new LostSubscription(
                        TOPIC,
                        Why.UNREADABLE,
                        START.wall(),
                        Optional.of(after(185).wall())));

        Input.DeliveryNews end = (Input.DeliveryNews)
                lost.take(new LinkEvent.Subscribed(TOPIC), after(190).monotonicNanos())
                        .orElseThrow();
        assertThat(end.type()).isEqualTo(EventType.SUBSCRIPTION_RESTORED);
        assertThat(end.more()).containsEntry("topic", TOPIC).containsEntry("outage_ms", 190_000L);
        assertThat(lost.all(after(190))).isEmpty();
    }

    @Test
    void refusalIsToldWithoutAnEndAndWithoutAnEvent() {
        assertThat(refused(Why.REFUSED, -1, START)).isEmpty();
        assertThat(lost.all(after(5)))
                .containsExactly(new LostSubscription(TOPIC, Why.REFUSED, START.wall(), Optional.empty()));
        assertThat(lost.take(new LinkEvent.Subscribed(TOPIC), after(6).monotonicNanos()))
                .isEmpty();
        assertThat(lost.all(after(6))).isEmpty();
    }

    @Test
    void clockThatIsSetMovesTheTimes() {
        refused(Why.CONNECTION_CLOSED, 60, START);
        Timestamp set = new Timestamp(after(10).monotonicNanos(), Instant.parse("2030-01-01T00:00:10Z"));
        assertThat(lost.all(set))
                .containsExactly(new LostSubscription(
                        TOPIC,
                        Why.CONNECTION_CLOSED,
                        Instant.parse("2030-01-01T00:00:00Z"),
                        Optional.of(Instant.parse("2030-01-01T00:01:00Z"))));
    }

    @Test
    void noteIsWrittenAtTheStartAndWhenSomethingChanges() {
        assertThat(lost.takeNote(START)).contains("");
        assertThat(lost.takeNote(START)).isEmpty();
        refused(Why.UNREADABLE, 60, START);
        assertThat(lost.takeNote(after(1))).contains("2026-11-22T21:15:00.000Z unreadable " + TOPIC);
        refused(Why.UNREADABLE, 50, after(10));
        assertThat(lost.takeNote(after(11))).isEmpty();
        lost.take(new LinkEvent.Subscribed(TOPIC), after(61).monotonicNanos());
        assertThat(lost.takeNote(after(61))).contains("");
    }
}
