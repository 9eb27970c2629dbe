package io.github.reedgate.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Which subscription is paused, and for how long. */
class SuspicionTest {

    private static final List<String> TOPICS = List.of("a", "b");
    private static final long MINUTE = Duration.ofMinutes(1).toNanos();

    private final Suspicion suspicion = new Suspicion(Duration.ofMinutes(1));
    private long now = Long.MAX_VALUE - MINUTE; // it wraps around

    private void ended(LinkTrouble trouble, @Nullable String open) {
        suspicion.ended(trouble, open, TOPICS, now);
    }

    private boolean isPaused(String topic) {
        return suspicion.pause(topic, now).isPresent();
    }

    @Test
    void oneUnreadableMessagePausesNothing() {
        ended(LinkTrouble.UNREADABLE, "a");
        assertThat(suspicion.isTrial(now)).isFalse();
        assertThat(isPaused("a")).isFalse();
    }

    @Test
    void topicOnTrialIsPausedAloneAndLongerEachTime() {
        ended(LinkTrouble.UNREADABLE, null);
        ended(LinkTrouble.UNREADABLE, null);
        assertThat(suspicion.isTrial(now)).isTrue();
        for (int minutes : new int[] {1, 2, 4}) {
            ended(LinkTrouble.UNREADABLE, "b");
            assertThat(suspicion.pause("b", now)).contains(Duration.ofMinutes(minutes));
            assertThat(suspicion.isUnreadable("b")).isTrue();
            assertThat(isPaused("a")).isFalse();
            now += minutes * MINUTE;
            assertThat(isPaused("b")).isFalse();
        }
    }

    @Test
    void unreadableMessageWithNobodyOnTrialPausesAll() {
        ended(LinkTrouble.UNREADABLE, null);
        ended(LinkTrouble.UNREADABLE, null);
        ended(LinkTrouble.UNREADABLE, null);
        assertThat(isPaused("a")).isTrue();
        assertThat(isPaused("b")).isTrue();
    }

    @Test
    void pauseIsSixteenMinutesAtMost() {
        for (int i = 0; i < 80; i++) {
            ended(LinkTrouble.UNREADABLE, "a");
        }
        assertThat(suspicion.pause("a", now)).contains(Duration.ofMinutes(16));
    }

    @Test
    void trialsEndTenMinutesAfterTheLastButOneMessage() {
        ended(LinkTrouble.UNREADABLE, null);
        ended(LinkTrouble.UNREADABLE, null);
        now += 10 * MINUTE;
        assertThat(suspicion.isTrial(now)).isTrue();
        now++;
        assertThat(suspicion.isTrial(now)).isFalse();
    }

    @Test
    void brokerThatHangsUpTwiceOverASubscriptionHasItPaused() {
        ended(LinkTrouble.NETWORK, "a");
        assertThat(isPaused("a")).isFalse();
        ended(LinkTrouble.NETWORK, "a");
        assertThat(suspicion.pause("a", now)).contains(Duration.ofMinutes(1));
        assertThat(suspicion.isUnreadable("a")).isFalse();
    }

    @Test
    void answerInBetweenClearsTheTopicAndATakeOverSaysNothing() {
        ended(LinkTrouble.NETWORK, "a");
        suspicion.cleared("a", now);
        ended(LinkTrouble.NETWORK, "a");
        ended(LinkTrouble.TAKEN_OVER, "a");
        ended(LinkTrouble.NETWORK, null);
        assertThat(isPaused("a")).isFalse();
    }
}
