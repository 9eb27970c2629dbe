package io.github.reedgate.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When a connection is asked for a sign of life, and when it is dead: with time as a value. */
class SilenceTest {

    private static final Duration KEEP_ALIVE = Duration.ofSeconds(16);
    private static final Duration LOOK = KEEP_ALIVE.dividedBy(Silence.LOOKS);

    private final Silence silence = new Silence();
    private long now = Long.MAX_VALUE - KEEP_ALIVE.toNanos(); // it wraps around

    private Silence.Step look(boolean isStretched) {
        return silence.look(KEEP_ALIVE, isStretched, now);
    }

    @Test
    void nobodyAsksWhileAllThatWasSentIsAnswered() {
        silence.begin(now);
        for (int look = 0; look < 100; look++) {
            silence.sent();
            silence.heard(now);
            now += LOOK.toNanos();
            assertThat(look(false)).isEqualTo(Silence.Step.WAIT);
        }
    }

    @Test
    void idleConnectionIsLeftToTheLibraryUnlessTheBrokerStretchedTheKeepAlive() {
        silence.begin(now);
        silence.heard(now);
        now += KEEP_ALIVE.toNanos() - 1;
        assertThat(look(true)).isEqualTo(Silence.Step.WAIT);
        now++;
        assertThat(look(false)).isEqualTo(Silence.Step.WAIT);
        assertThat(look(true)).isEqualTo(Silence.Step.ASK);
    }

    @Test
    void whatWasSentAndNotAnsweredIsAskedForOnceAndTheAnswerHasSevenEighthsOfTheKeepAlive() {
        silence.begin(now);
        silence.heard(now);
        silence.sent();
        assertThat(look(false)).isEqualTo(Silence.Step.ASK);
        silence.sent();
        now += Silence.patience(KEEP_ALIVE).toNanos() - 1;
        assertThat(look(false)).isEqualTo(Silence.Step.WAIT);
        now++;
        assertThat(look(false)).isEqualTo(Silence.Step.END);
        silence.heard(now);
        assertThat(look(false)).isEqualTo(Silence.Step.WAIT);
    }

    /**
     * The line dies at any moment, and this side goes on sending whatever it has, with PINGREQ as the library sends it: one
     * Server Keep Alive after the last packet.
     */
    @ParameterizedTest
    @CsvSource({"0", "1", "2", "15", "16", "17", "600", "65535"})
    void deadLineIsNoticedWithinTwiceTheKeepAliveWhateverTheBrokerWantsAndWhateverIsSent(int serverKeepAlive) {
        boolean isStretched = serverKeepAlive == 0 || serverKeepAlive > KEEP_ALIVE.toSeconds();
        for (int history = 0; history < 2_000; history++) {
            Random random = new Random(history);
            int pauseMillis = 1 + random.nextInt(40_000);
            long deadMillis = 40_000L + random.nextInt(40_000);
            long noticed = noticedMillis(serverKeepAlive, isStretched, new Line(deadMillis, pauseMillis, random));
            assertThat(noticed - deadMillis)
                    .as("history %d, death at %d ms, something sent every %d ms", history, deadMillis, pauseMillis)
                    .isBetween(0L, 2 * KEEP_ALIVE.toMillis());
        }
    }

    /** A line that is dead from a moment on, and what is sent on it: with QoS 1 or 0, now and then. */
    private record Line(long deadMillis, int pauseMillis, Random random) {}

    private long noticedMillis(int serverKeepAlive, boolean isStretched, Line line) {
        Silence one = new Silence();
        long startNanos = now;
        one.begin(startNanos);
        long lastPacket = 0;
        long ping = -1;
        long nextMessage = line.random().nextInt(line.pauseMillis());
        long millis = 0;
        while (true) {
            long atNanos = startNanos + Duration.ofMillis(millis).toNanos();
            boolean lives = millis < line.deadMillis();
            if (millis == nextMessage) {
                nextMessage += 1 + line.random().nextInt(line.pauseMillis());
                lastPacket = millis;
                one.sent();
                if (lives && line.random().nextBoolean()) {
                    one.heard(atNanos);
                }
            }
            if (serverKeepAlive > 0 && ping >= 0 && millis - ping >= serverKeepAlive * 1000L) {
                return millis;
            }
            if (serverKeepAlive > 0 && ping < 0 && millis - lastPacket >= serverKeepAlive * 1000L) {
                lastPacket = millis;
                ping = lives ? -1 : millis;
            }
            if (millis % LOOK.toMillis() == 0) {
                Silence.Step step = one.look(KEEP_ALIVE, isStretched, atNanos);
                if (step == Silence.Step.END) {
                    return millis;
                } else if (step == Silence.Step.ASK) {
                    lastPacket = millis;
                    if (lives) {
                        one.heard(atNanos);
                    }
                }
            }
            // nothing happens before the next message, look or PINGREQ
            long next = Math.min(nextMessage, (millis / LOOK.toMillis() + 1) * LOOK.toMillis());
            long silent = serverKeepAlive > 0 ? (ping >= 0 ? ping : lastPacket) + serverKeepAlive * 1000L : next;
            millis = Math.min(next, silent);
        }
    }
}
