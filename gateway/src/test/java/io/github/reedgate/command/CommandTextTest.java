package io.github.reedgate.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandTextTest {

    private static CommandText.Reading read(String text) {
        return CommandText.read(text);
    }

    private static Command command(String text) {
        return Objects.requireNonNull(read(text).command(), text);
    }

    private static void assertRefused(String text, Refusal why) {
        CommandText.Reading reading = read(text);
        assertThat(reading.command()).as(text).isNull();
        assertThat(reading.refusal()).as(text).isEqualTo(why);
    }

    private static String code(Command command) {
        return command.code() == null ? "none" : new String(command.code().reveal());
    }

    @ParameterizedTest
    @EnumSource(Action.class)
    void eachActionMayBeAWordAlone(Action action) {
        assertThat(read(action.name()).command()).isEqualTo(new Command(action, null, List.of(), null));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ARM_HOME\n",
                "ARM_HOME\r\n",
                "ARM_HOME\n\n",
                " ARM_HOME",
                "\tARM_HOME \t",
                "\r\nARM_HOME",
                "\uFEFFARM_HOME",
                "\uFEFF ARM_HOME\r\n",
                "{\"action\":\"ARM_HOME\"}\n",
                "\r\n {\"action\":\"ARM_HOME\"}\t",
                "\uFEFF{\"action\":\"ARM_HOME\"}\r\n",
                "\uFEFF\n{\n\t\"action\" :\t\"ARM_HOME\"\r\n}"
            })
    void whatShellsAndEditorsPutAroundIsTakenAway(String text) {
        assertThat(command(text)).isEqualTo(new Command(Action.ARM_HOME, null, List.of(), null));
    }

    @Test
    void whiteSpaceCountsAsLength() {
        assertThat(command("DISARM" + " ".repeat(CommandText.LIMIT_BYTES - 6)).action())
                .isEqualTo(Action.DISARM);
        assertRefused("DISARM" + " ".repeat(CommandText.LIMIT_BYTES - 5), Refusal.TOO_LARGE);
    }

    @Test
    void userHasNoSecondLine() {
        String signed = SignedCommands.payload(Action.DISARM, 1, Instant.parse("2026-11-22T21:14:03Z"));
        assertThat(read(signed).command()).isNotNull();
        assertRefused(signed.replace("\"anna\"", "\"anna.tamper\""), Refusal.MALFORMED);
    }

    @Test
    void jsonMayHaveAllFields() {
        Command command = command("{\"action\":\"ARM_AWAY\",\"code\":\"0042\",\"bypass\":[\"back_door\",\"cellar-2\"],"
                + "\"issued_at\":\"2026-11-22T22:14:03.5+01:00\"}");
        assertThat(command.action()).isEqualTo(Action.ARM_AWAY);
        assertThat(code(command)).isEqualTo("0042");
        assertThat(command.bypass()).containsExactly("back_door", "cellar-2");
        assertThat(command.issuedAt()).isEqualTo(Instant.parse("2026-11-22T21:14:03.5Z"));
    }

    /** What Home Assistant's templates give, with and without {@code tojson}, if a code was entered and if none was. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"action\": \"DISARM\", \"code\": \"1234\"} | 1234",
                "{\"action\": \"DISARM\", \"code\": null} | none",
                "{ \"action\": \"DISARM\", \"code\": \"None\" } | none",
                "{\"action\": \"DISARM\", \"code\": \"\"} | none",
                "{\"action\": \"DISARM\", \"code\": \"null\"} | none",
                "{\"action\": \"DISARM\"} | none",
                "{\"action\":\"DISARM\",\"code\":\"a \\\"quoted\\\" one\"} | a \"quoted\" one",
                "{\"action\":\"DISARM\",\"code\":\"1234\",\"bypass\":null,\"issued_at\":null} | 1234"
            })
    void codeIsWhatWasEntered(String text, String code) {
        Command command = command(text);
        assertThat(command.action()).isEqualTo(Action.DISARM);
        assertThat(code(command)).isEqualTo(code);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ARM", "TRIGGER", "ARM_VACATION", "DISARM_", "OPEN"})
    void otherWordsAreNoAction(String word) {
        assertRefused(word, Refusal.UNKNOWN_ACTION);
        assertRefused("{\"action\":\"" + word + "\"}", Refusal.UNKNOWN_ACTION);
    }

    static Stream<String> malformed() {
        return Stream.of(
                "",
                " ",
                "disarm",
                "\0DISARM",
                "DISARM\0",
                "DISARM\u00A0",
                "DISARM\u000B",
                "DISARM\u2028",
                "\uFEFF",
                "\uFEFF \n",
                "\uFEFF\uFEFFDISARM",
                " \uFEFFDISARM",
                "DISARM\uFEFF",
                "\n\t \r",
                "DISARM\nDISARM",
                "DIS ARM",
                "\uFEFF\uFEFF{\"action\":\"DISARM\"}",
                "{\"action\":\"DISARM\"}\0",
                "{\"action\":\"DISARM\"}\u00A0",
                "DISARM DISARM",
                "\0",
                "null",
                "true",
                "17",
                "\"DISARM\"",
                "[]",
                "[\"DISARM\"]",
                "{}",
                "{",
                "{\"action\"}",
                "{\"action\":null}",
                "{\"action\":1}",
                "{\"action\":[\"DISARM\"]}",
                "{\"action\":\"DISARM\"",
                "{\"action\":\"DISARM\"}}",
                "{\"action\":\"DISARM\"}{}",
                "{\"action\":\"DISARM\"} DISARM",
                "{\"action\":\"DISARM\",}",
                "{\"action\":\"DISARM\",\"action\":\"DISARM\"}",
                "{\"action\":\"DISARM\",\"code\":\"1234\",\"code\":\"5678\"}",
                "{'action':'DISARM'}",
                "{action:\"DISARM\"}",
                "{\"action\":\"DISARM\"}//",
                "{\"action\":\"DISARM\",\"code\":1234}",
                "{\"action\":\"DISARM\",\"code\":{\"code\":\"1234\"}}",
                "{\"action\":\"DISARM\",\"code\":\"12\n34\"}",
                "{\"action\":\"DISARM\",\"issued_at\":1764000000}",
                "{\"action\":\"DISARM\",\"issued_at\":\"\"}",
                "{\"action\":\"DISARM\",\"issued_at\":\"yesterday\"}",
                "{\"action\":\"DISARM\",\"issued_at\":\"2026-11-22T21:14:03\"}",
                "{\"action\":\"DISARM\",\"bypass\":[\"front_door\"]}",
                "{\"action\":\"ARM_AWAY\",\"bypass\":\"front_door\"}",
                "{\"action\":\"ARM_AWAY\",\"bypass\":[1]}",
                "{\"action\":\"ARM_AWAY\",\"bypass\":[[\"front_door\"]]}",
                "{\"action\":\"ARM_AWAY\",\"bypass\":[\"front_door\",\"front_door\"]}",
                "{\"action\":\"ARM_AWAY\",\"bypass\":[\"../panel\"]}",
                "{\"action\":\"ARM_AWAY\",\"bypass\":[\"front/door\"]}",
                "{\"action\":\"ARM_AWAY\",\"bypass\":[\"+\"]}",
                "{\"action\":\"ARM_AWAY\",\"bypass\":[\"#\"]}",
                "{\"action\":\"ARM_AWAY\",\"bypass\":[\"$sys\"]}",
                "{\"action\":\"ARM_AWAY\",\"bypass\":[\"a\\u0000b\"]}",
                "{\"action\":\"ARM_AWAY\",\"bypass\":[\"\"]}");
    }

    @ParameterizedTest
    @MethodSource
    void malformed(String text) {
        assertRefused(text, Refusal.MALFORMED);
    }

    @Test
    void unknownFieldsAreRefusedWhateverTheirValue() {
        assertRefused("{\"action\":\"DISARM\",\"force\":true}", Refusal.UNKNOWN_FIELD);
        assertRefused("{\"@class\":\"java.lang.Runtime\",\"action\":\"DISARM\"}", Refusal.UNKNOWN_FIELD);
        assertRefused("{\"Action\":\"DISARM\"}", Refusal.UNKNOWN_FIELD);
    }

    static Stream<Arguments> bombs() {
        return Stream.of(
                Arguments.of("arrays", "{\"action\":\"ARM_AWAY\",\"bypass\":" + "[".repeat(500)),
                Arguments.of("objects", "{\"action\":".repeat(90)),
                Arguments.of("number", "{\"action\":" + "9".repeat(900) + "}"),
                Arguments.of("name", "{\"" + "a".repeat(900) + "\":1}"),
                Arguments.of("sensors", "{\"action\":\"ARM_AWAY\",\"bypass\":" + ids(33) + "}"));
    }

    private static String ids(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> "\"s" + i + "\"")
                .toList()
                .toString();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void bombs(String name, String text) {
        assertThat(text.length()).as(name).isLessThanOrEqualTo(CommandText.LIMIT_BYTES);
        assertRefused(text, Refusal.MALFORMED);
    }

    @Test
    void asManySensorsAsThereCanBeMayBeBypassed() {
        Command command = command("{\"action\":\"ARM_AWAY\",\"bypass\":" + ids(32) + "}");
        assertThat(command.bypass()).hasSize(32);
    }

    @Test
    void lengthIsBounded() {
        String longest = "{\"action\":\"DISARM\"}" + " ".repeat(CommandText.LIMIT_BYTES - 19);
        assertThat(read(longest).command()).isNotNull();
        assertRefused(longest + " ", Refusal.TOO_LARGE);
        assertRefused("A".repeat(16 * 1024 * 1024), Refusal.TOO_LARGE);
        assertRefused("é".repeat(513), Refusal.TOO_LARGE);
        assertRefused("é".repeat(512), Refusal.MALFORMED);
        assertRefused("\ud83d\ude00".repeat(257), Refusal.TOO_LARGE);
    }

    @Test
    void charactersThatCanBeNobodysCodeAreAWrongOne() {
        for (String code :
                List.of("123", "1".repeat(65), " 1234", "12\\u003034\\u0000", "пароль", "\\ud83d\\ude00abcd")) {
            assertRefused("{\"action\":\"DISARM\",\"code\":\"" + code + "\"}", Refusal.WRONG_CODE);
        }
    }

    @Test
    void neverShowsTheCode() {
        CommandText.Reading reading = read("{\"action\":\"DISARM\",\"code\":\"hush-2580\"}");
        assertThat(reading.toString()).contains("DISARM").doesNotContain("2580");
    }

    /** Whatever comes, it is read as a command or refused; nothing is thrown. */
    @Test
    void anyTextIsReadOrRefused() {
        long seed = 20_261_123;
        Random random = new Random(seed);
        char[] right =
                "{\"action\":\"ARM_AWAY\",\"code\":\"1234\",\"bypass\":[\"a\"],\"issued_at\":\"2026-11-22T21:14:03Z\"}"
                        .toCharArray();
        for (int i = 0; i < 20_000; i++) {
            char[] text = right.clone();
            for (int change = random.nextInt(4); change >= 0; change--) {
                text[random.nextInt(text.length)] =
                        (char) (random.nextBoolean() ? random.nextInt(65_536) : "{}[]\",:".charAt(random.nextInt(7)));
            }
            CommandText.Reading reading = CommandText.read(new String(text));
            assertThat(reading.refusal()).as("seed %d, round %d", seed, i).isNotNull();
        }
    }
}
