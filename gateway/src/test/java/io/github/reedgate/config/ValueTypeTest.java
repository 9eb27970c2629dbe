package io.github.reedgate.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Values at their bounds, and what is guessed of those that are wrong. */
final class ValueTypeTest {

    private static final DurationType DURATION = DurationType.of("30ms", "24h");

    private static final AgeType AGE = new AgeType(30, 3_650);
    private static final SizeType SIZE = SizeType.of("16MiB", "4GiB");

    private static String refusal(ValueType<?> type, String text) {
        try {
            return "taken as " + type.parse(text);
        } catch (BadValueException e) {
            return e.sentence(type.allowed());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "30ms, 30",
        "31ms, 31",
        "1s, 1000",
        "5m, 300000",
        "24h, 86400000",
        "1440m, 86400000",
        "86400000ms, 86400000"
    })
    void durationIsAWholeNumberAndItsUnit(String text, long millis) throws BadValueException {
        assertThat(DURATION.parse(text)).isEqualTo(Duration.ofMillis(millis));
    }

    @ParameterizedTest
    @CsvSource({"29ms", "0s", "25h", "86400001ms", "999999999h"})
    void durationBeyondItsBoundsIsOutOfRange(String text) {
        assertThat(refusal(DURATION, text)).isEqualTo("'" + text + "' is out of range; allowed: 30ms to 24h");
    }

    @ParameterizedTest
    @CsvSource({
        "30 ms, 30ms",
        "30MS, 30ms",
        "2 seconds, 2s",
        "5min, 5m",
        "1.5s, 1500ms",
        "0.25 h, 15m",
        "90000 msec, 90s",
        "05s, 5s"
    })
    void durationInAnotherNotationIsGuessed(String text, String meant) {
        assertThat(refusal(DURATION, text)).endsWith("did you mean '" + meant + "'?");
    }

    @ParameterizedTest
    @CsvSource({"1.2345s", "1d", "s", "1m30s", "PT5S", "1.0001ms", "+5s", "9999999999s", "1 h 2", "''"})
    void durationThatCannotBeGuessedIsNot(String text) {
        assertThat(refusal(DURATION, text)).endsWith("allowed: 30ms to 24h");
    }

    @ParameterizedTest
    @CsvSource({"0s", "350ms", "1s", "1500ms", "1m", "90s", "24h", "25h"})
    void durationsTextIsTheShortestThatReadsBack(String text) throws BadValueException {
        assertThat(DurationType.text(DurationType.of("0ms", "99h").parse(text))).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"30d, 30", "400d, 400", "1y, 365", "10y, 3650", "3650d, 3650"})
    void ageIsAWholeNumberOfDaysOrYears(String text, long days) throws BadValueException {
        assertThat(AGE.parse(text)).isEqualTo(Duration.ofDays(days));
    }

    @ParameterizedTest
    @CsvSource({"29d", "0y", "11y", "3651d", "9999999y"})
    void ageBeyondItsBoundsIsOutOfRange(String text) {
        assertThat(refusal(AGE, text)).isEqualTo("'" + text + "' is out of range; allowed: 30d to 10y");
    }

    @ParameterizedTest
    @CsvSource({"400, 400d", "400 days, 400d", "400D, 400d", "2 Years, 2y", "0400d, 400d", "6w, 42d", "365 d, 1y"})
    void ageInAnotherNotationIsGuessed(String text, String meant) {
        assertThat(refusal(AGE, text)).endsWith("did you mean '" + meant + "'?");
    }

    @ParameterizedTest
    @CsvSource({"720h", "1.5y", "-30d", "d", "12 months", "P30D", "29 days", "99999999d", "''"})
    void ageThatCannotBeGuessedIsNot(String text) {
        assertThat(refusal(AGE, text)).endsWith("(d or y); allowed: 30d to 10y");
    }

    @ParameterizedTest
    @CsvSource({
        "16MiB, 16777216",
        "16384KiB, 16777216",
        "256MiB, 268435456",
        "1GiB, 1073741824",
        "4GiB, 4294967296",
        "4096MiB, 4294967296"
    })
    void sizeIsAWholeNumberAndItsUnit(String text, long bytes) throws BadValueException {
        assertThat(SIZE.parse(text)).isEqualTo(bytes);
    }

    @ParameterizedTest
    @CsvSource({"15MiB", "0KiB", "16383KiB", "5GiB", "4097MiB", "999999999GiB"})
    void sizeBeyondItsBoundsIsOutOfRange(String text) {
        assertThat(refusal(SIZE, text)).isEqualTo("'" + text + "' is out of range; allowed: 16MiB to 4GiB");
    }

    @ParameterizedTest
    @CsvSource({
        "268435456, 256MiB",
        "256 MB, 256MiB",
        "256mib, 256MiB",
        "256M, 256MiB",
        "1g, 1GiB",
        "20000k, 20000KiB",
        "0256MiB, 256MiB"
    })
    void sizeInAnotherNotationIsGuessed(String text, String meant) {
        assertThat(refusal(SIZE, text)).endsWith("did you mean '" + meant + "'?");
    }

    @ParameterizedTest
    @CsvSource({"256", "1.5GiB", "-16MiB", "MiB", "1TiB", "16777217", "99999999999GiB", "''"})
    void sizeThatCannotBeGuessedIsNot(String text) {
        assertThat(refusal(SIZE, text)).endsWith("(KiB, MiB or GiB); allowed: 16MiB to 4GiB");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Haustür", "玄関", "👩‍🚒", "می\u200cخواهم", "\uD83E\uDEE0", "a b", "'"})
    void namesMayBeInAnyScript(String name) throws BadValueException {
        assertThat(new TextType(64).parse(name)).isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 7, 0x1b, 0x7f, 0x85, 0x202e, 0x2028, 0xfeff, 0xfffe, 0x1ffff, 0xfdd0, 0xd800})
    void namesHaveNoInvisibleCharacters(int codePoint) {
        assertThat(refusal(new TextType(64), "a" + Character.toString(codePoint)))
                .isEqualTo(String.format("'a\\u%04x' has a control character in it; ", codePoint)
                        + "allowed: 1 to 64 characters, no control characters");
    }

    @Test
    void defaultOutsideItsRangeIsAMistakeOfTheTable() {
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> Key.withDefault("a.b", NumberType.of(1, 2), "3", "x"))
                .withMessage("the default of a.b is not allowed");
    }

    @ParameterizedTest
    @CsvSource({"brokr, broker", "Broker, broker", "borker, broker", "boker, broker", "top-ic_prefix, topic_prefix"})
    void slipOfTheFingerIsNearItsWord(String text, String word) {
        assertThat(Nearest.of(text, List.of("gateway", "broker", "topic_prefix")))
                .contains(word);
    }

    @ParameterizedTest
    @CsvSource({"x, id", "''", "telemetry, gateway", "bro, broker"})
    void otherWordIsNearNothing(String text) {
        assertThat(Nearest.of(text, List.of("gateway", "broker", "id", "url"))).isEmpty();
    }

    @Test
    void distanceCountsInsertionsDeletionsReplacementsAndSwaps() {
        assertThat(Nearest.distance("abc", "abc")).isZero();
        assertThat(Nearest.distance("abc", "acb")).isEqualTo(1);
        assertThat(Nearest.distance("abc", "abcd")).isEqualTo(1);
        assertThat(Nearest.distance("abc", "bc")).isEqualTo(1);
        assertThat(Nearest.distance("kitten", "sitting")).isEqualTo(3);
        assertThat(Nearest.distance("a".repeat(100_000), "b")).isEqualTo(100_000);
    }

    @ParameterizedTest
    @CsvSource({
        "localhost, true",
        "LOCALHOST, true",
        "127.0.0.1, true",
        "127.255.255.254, true",
        "[::1], true",
        "[0:0:0:0:0:0:0:1], true",
        "[::ffff:127.0.0.1], true",
        "localhost.example.org, false",
        "127.0.0.1.example.org, false",
        "127.1, false",
        "127.00.0.1, false",
        "128.0.0.1, false",
        "[::2], false",
        "[fe80::1], false",
        "broker, false"
    })
    void onlyThisMachineIsLoopback(String host, boolean loopback) {
        assertThat(Loopback.isLoopback(host)).isEqualTo(loopback);
    }
}
