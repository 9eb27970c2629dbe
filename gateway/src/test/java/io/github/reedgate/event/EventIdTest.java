package io.github.reedgate.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Identifiers of version 7. */
class EventIdTest {

    private static final Instant TIME = Instant.parse("2026-11-22T21:14:03.120Z");

    @Test
    void versionAndVariantAreThoseOfTheStandard() {
        for (long seq = 1; seq <= 1000; seq++) {
            UUID id = UUID.fromString(EventId.of(TIME, seq * 7, seq));
            assertThat(id.version()).isEqualTo(7);
            assertThat(id.variant()).isEqualTo(2);
        }
    }

    @Test
    void firstBitsAreTheTimeInMilliseconds() {
        UUID id = UUID.fromString(EventId.of(TIME, 42, 4711));

        assertThat(id.getMostSignificantBits() >>> 16).isEqualTo(TIME.toEpochMilli());
        assertThat(EventId.of(TIME, 42, 4711))
                .matches("[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");
    }

    @Test
    void laterIdentifiersSortBehindEarlierOnes() {
        assertThat(EventId.of(TIME.plusMillis(1), 42, 1)).isGreaterThan(EventId.of(TIME, 42, 2));
    }

    @Test
    void clockBeforeItsBeginningCountsAsTheBeginning() {
        UUID id = UUID.fromString(EventId.of(Instant.EPOCH.minusSeconds(5), 42, 1));

        assertThat(id.getMostSignificantBits() >>> 16).isZero();
        assertThat(id.version()).isEqualTo(7);
    }

    @Test
    void sameEventHasTheSameIdentifier() {
        assertThat(EventId.of(TIME, 42, 4711)).isEqualTo(EventId.of(TIME, 42, 4711));
    }

    @Test
    void noTwoOfAMillionEventsAtTheSameTimeShareOne() {
        Set<String> seen = new HashSet<>();
        for (long seq = 1; seq <= 1_000_000; seq++) {
            assertThat(seen.add(EventId.of(TIME, 42, seq))).as("number %d", seq).isTrue();
        }
    }

    @Test
    void noTwoOfManyStartsShareOneForTheSameNumber() {
        Set<String> seen = new HashSet<>();
        for (long seed = -50_000; seed < 50_000; seed++) {
            assertThat(seen.add(EventId.of(TIME, seed, 1))).as("seed %d", seed).isTrue();
        }
    }

    @Test
    void neighbouringNumbersAndSeedsDifferInAboutHalfOfTheRandomBits() {
        long differing = 0;
        int pairs = 2_000;
        for (long seq = 1; seq <= pairs; seq++) {
            UUID one = UUID.fromString(EventId.of(TIME, 42, seq));
            UUID next = UUID.fromString(seq % 2 == 0 ? EventId.of(TIME, 42, seq + 1) : EventId.of(TIME, 43, seq));
            differing += Long.bitCount(one.getMostSignificantBits() ^ next.getMostSignificantBits());
            differing += Long.bitCount(one.getLeastSignificantBits() ^ next.getLeastSignificantBits());
        }
        assertThat((double) differing / pairs).isBetween(36.0, 38.0);
    }
}
