package io.github.reedgate.sim.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Broken scenarios and what is said about them; slashes stand for line ends. */
final class ScenarioReaderTest {

    private static final List<String> DOORS = List.of("front_door", "back_door");

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            opne front_door | line 1, column 1: unknown word 'opne'; did you mean 'open'?
            at 2s clse front_door | line 1, column 7: unknown action 'clse'; did you mean 'close'?
            open frnt_door | line 1, column 6: unknown door 'frnt_door'; did you mean 'front_door'?
            open cellar | line 1, column 6: unknown door 'cellar'; expected one of front_door, back_door
            open Front | line 1, column 6: 'Front' is not a door: expected a name of a-z, 0-9, _ and -, or @1, any, it, all
            open | line 1, column 5: expected a door: a name, @1 for the first, any, it or all
            open it | line 1, column 6: 'it' means the door of the step before, but there is none
            open @0 | line 1, column 6: '@0' is not a door: expected a name of a-z, 0-9, _ and -, or @1, any, it, all
            open any with wron | line 1, column 15: unknown bounce model 'wron'; did you mean 'worn'?
            open any with | line 1, column 14: expected bounce model: one of clean, reed, worn, loose, emi
            open any wiht worn | line 1, column 10: expected 'with' and not 'wiht'
            close any quickly | line 1, column 11: expected 'with' and not 'quickly'
            stick any now | line 1, column 11: nothing more was expected here, but there is 'now'
            deaf any maybe | line 1, column 10: unknown state 'maybe'; expected one of on, off
            deaf any | line 1, column 9: expected state: one of on, off
            mark | line 1, column 5: expected the mark's text
            at 25:00 open any | line 1, column 4: '25:00' is not a time such as 07:30, 07:30:15, 90s or 07:00..07:30
            at 7:30 open any | line 1, column 4: '7:30' is not a time such as 07:30, 07:30:15, 90s or 07:00..07:30
            after 2x open any | line 1, column 7: '2x' is not a time such as 500ms, 2s, 5m, 1.5h or 2s..40s
            after 9s..2s open any | line 1, column 7: '9s..2s' is not a time such as 500ms, 2s, 5m, 1.5h or 2s..40s
            after 2s | line 1, column 9: expected action: one of open, close, bounce, stick, loosen, mend, deaf, mark, wait
            at 08:00 open any/at 07:00 close it | line 2, column 4: '07:00' is earlier than the step above it; put steps in the order of time
            repeat many/open any/end | line 1, column 8: 'many' is not a number such as 3 or 2..5
            repeat 0/open any/end | line 1, column 8: '0' is out of range; 1 to 100000 is allowed
            repeat 3 evry 2s/open any/end | line 1, column 10: expected 'every' and not 'evry'
            repeat 3/end/open any | line 1, column 1: there is no step in this block
            repeat 3/open any | line 1, column 1: this block is never ended; an 'end' is missing
            open any/end | line 2, column 1: 'end' without a block; expected a 'repeat', 'days' or 'random' above it
            days 9999/open any/end | line 1, column 6: '9999' is out of range; 1 to 3660 is allowed
            random 3 from 09:00 to 08:00/open any/end | line 1, column 24: '08:00' is not later than where the random times begin
            random 3 to 08:00/open any/end | line 1, column 10: expected 'from' and not 'to'
            open any/seed 4 | line 2, column 1: 'seed' belongs above the first step
            seed four/open any | line 1, column 6: expected a whole number as the seed and not 'four'
            model wooden/open any | line 1, column 7: unknown bounce model 'wooden'; expected one of clean, reed, worn, loose, emi
            title/open any | line 1, column 6: expected a title
            # nothing | line 1, column 1: there is no step in it; expected one such as 'at 2s open front_door'
            """)
    void brokenScenarioIsToldWithLineColumnAndFix(String text, String expected) {
        assertThatThrownBy(() -> ScenarioReader.read(text.replace('/', '\n'), DOORS))
                .isInstanceOf(ScenarioException.class)
                .hasMessage(expected);
    }

    @Test
    void allMistakesAreFoundAtOnceEvenOnOneLine() {
        String text = """
                title two doors
                at 2y opn frnt_door
                after 3s open frnt_door with wron   # three things, two wrong
                  deaf back_door of
                """;
        assertThatThrownBy(() -> ScenarioReader.read(text, DOORS)).hasMessage("""
                        line 2, column 4: '2y' is not a time such as 07:30, 07:30:15, 90s or 07:00..07:30
                        line 2, column 7: unknown action 'opn'; did you mean 'open'?
                        line 3, column 15: unknown door 'frnt_door'; did you mean 'front_door'?
                        line 3, column 30: unknown bounce model 'wron'; did you mean 'worn'?
                        line 4, column 18: unknown state 'of'; did you mean 'on'?""");
    }

    @Test
    void tooManyRoundsInsideRoundsAreRefused() {
        assertThatThrownBy(() -> ScenarioReader.read("repeat 100000\nrepeat 1000\nopen any\nend\nend"))
                .hasMessage("line 1, column 1: all rounds together may be more than 10000000 steps; repeat less often");
    }

    @Test
    void blocksNestedTooDeeplyAreRefused() {
        String text = "repeat 1\n".repeat(9) + "open any\n" + "end\n".repeat(9);
        assertThatThrownBy(() -> ScenarioReader.read(text))
                .hasMessage("line 9, column 1: blocks are nested more than 8 deep");
    }

    @Test
    void tooLongATextIsRefused() {
        assertThatThrownBy(() -> ScenarioReader.read("#".repeat(262_145)))
                .hasMessage("line 1, column 1: the text has 262145 characters; 262144 are allowed");
    }

    @Test
    void namesAreNotCheckedWithoutKnownDoors() throws ScenarioException {
        assertThat(ScenarioReader.read("title x\nseed -4\nopen cellar").seed()).contains(-4L);
    }

    @Test
    void titleEndsBeforeTheComment() throws ScenarioException {
        assertThat(ScenarioReader.read("title  a  day # of mine\r\nopen any\r\n")
                        .title())
                .isEqualTo("a  day");
    }

    @Test
    void randomTextNeverDoesMoreThanFail() {
        String[] words = {
            "open",
            "at",
            "after",
            "2s",
            "07:30",
            "..",
            "repeat",
            "end",
            "random",
            "from",
            "to",
            "any",
            "@1",
            "3",
            "it",
            "\n",
            "\n",
            "#",
            "with",
            "worn",
            "title",
            "\0",
            "é",
            "999999999999999999999",
            "mark",
            "deaf",
            "on",
            "1..9"
        };
        int failures = 0;
        for (int seed = 0; seed < 5_000; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < 30; i++) {
                text.append(words[random.nextInt(words.length)]).append(random.nextInt(5) == 0 ? "\n" : " ");
            }
            try {
                assertThat(ScenarioReader.read(text.toString(), DOORS).steps()).isNotEmpty();
            } catch (ScenarioException told) {
                failures++;
                assertThat(told.mistakes()).isNotEmpty().hasSizeLessThan(110);
            }
        }
        assertThat(failures).isGreaterThan(4_000);
    }
}
