package io.github.reedgate.output;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reedgate.alarm.AlarmMode;
import io.github.reedgate.alarm.AlarmState;
import io.github.reedgate.line.Level;
import io.github.reedgate.output.Output.Until;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What each type of output does in each situation. */
final class OutputTest {

    private static final Set<AlarmMode> ALL = EnumSet.allOf(AlarmMode.class);
    private static final Set<AlarmMode> AWAY = Set.of(AlarmMode.AWAY);

    private static Output output(OutputType type, Set<AlarmMode> modes, Until until) {
        return new Output("one", type, 24, Level.HIGH, modes, until);
    }

    /** Words such as {@code armed_away unacknowledged fault offline}; connected, ready and well if not said otherwise. */
    private static Situation situation(String words) {
        List<String> all = new ArrayList<>(List.of(words.split(" ", -1)));
        AlarmState state =
                all.get(0).equals("none") ? null : AlarmState.valueOf(all.get(0).toUpperCase(Locale.ROOT));
        AlarmMode mode = null;
        for (AlarmMode one : AlarmMode.values()) {
            mode = all.contains(one.word()) || state == one.armed() ? one : mode;
        }
        return new Situation(
                state,
                mode,
                all.contains("unacknowledged"),
                !all.contains("unready"),
                all.contains("fault"),
                !all.contains("offline"));
    }

    @ParameterizedTest
    @CsvSource({
        "disarmed,                                   off, off",
        "armed_away,                                 off, off",
        "arming away,                                off, off",
        "pending away,                               off, off",
        "triggered away unacknowledged,              on,  on",
        "triggered away,                             off, off",
        "triggered unacknowledged,                   on,  on",
        "armed_away unacknowledged,                  off, on",
        "disarmed unacknowledged,                    off, on",
        "disarmed unacknowledged fault offline,      off, on",
        "none fault offline,                         off, off"
    })
    void sirenSoundsForTheSirenTimeAndStrobeUntilSomebodyKnows(String words, String siren, String strobe) {
        Situation situation = situation(words);

        assertThat(output(OutputType.SIREN, ALL, Until.SIREN_TIME).pattern(situation))
                .isEqualTo(siren.equals("on") ? Pattern.ON : Pattern.OFF);
        assertThat(output(OutputType.STROBE, ALL, Until.ACKNOWLEDGED).pattern(situation))
                .isEqualTo(strobe.equals("on") ? Pattern.ON : Pattern.OFF);
    }

    @ParameterizedTest
    @CsvSource({
        "triggered home unacknowledged,  off, off",
        "triggered away unacknowledged,  on,  on",
        "triggered unacknowledged,       on,  on",
        "armed_away unacknowledged,      off, on",
        "armed_home unacknowledged,      off, off",
        "disarmed unacknowledged,        off, off"
    })
    void otherModesAreSilentButAnAlarmWhileDisarmedIsNot(String words, String siren, String strobe) {
        Situation situation = situation(words);

        assertThat(output(OutputType.SIREN, AWAY, Until.SIREN_TIME).pattern(situation))
                .isEqualTo(siren.equals("on") ? Pattern.ON : Pattern.OFF);
        assertThat(output(OutputType.STROBE, AWAY, Until.ACKNOWLEDGED).pattern(situation))
                .isEqualTo(strobe.equals("on") ? Pattern.ON : Pattern.OFF);
    }

    @ParameterizedTest
    @CsvSource({
        "none,                                           WELL",
        "none offline,                                   NO_BROKER",
        "none offline fault,                             FAULT",
        "none unready,                                   WELL",
        "disarmed,                                       WELL",
        "disarmed unready,                               NOT_READY",
        "disarmed unready offline,                       NO_BROKER",
        "disarmed fault unready offline,                 FAULT",
        "disarmed unacknowledged fault offline,          UNACKNOWLEDGED",
        "arming away offline fault unready,              ARMING",
        "armed_away unready,                             WELL",
        "armed_night offline,                            NO_BROKER",
        "armed_home fault offline,                       FAULT",
        "armed_home unacknowledged fault,                UNACKNOWLEDGED",
        "pending away unacknowledged fault offline,      PENDING",
        "triggered away unacknowledged fault offline,    TRIGGERED",
        "triggered away,                                 TRIGGERED"
    })
    void statusLedShowsTheWorst(String words, Light light) {
        Situation situation = situation(words);

        assertThat(Light.of(situation)).isEqualTo(light);
        assertThat(output(OutputType.LED, ALL, Until.ACKNOWLEDGED).pattern(situation))
                .isEqualTo(light.pattern(words.startsWith("armed_")));
    }

    @Test
    void noTwoThingsLookAlikeOnTheLed() {
        Set<Pattern> patterns = new HashSet<>();
        int shown = 0;
        for (Light light : Light.values()) {
            assertThat(patterns.add(light.pattern(false))).as("%s", light).isTrue();
            shown++;
            boolean isBoth = light.compareTo(Light.ARMING) > 0 && light != Light.NOT_READY;
            if (isBoth) {
                assertThat(patterns.add(light.pattern(true)))
                        .as("%s while armed", light)
                        .isTrue();
                shown++;
            }
        }
        assertThat(patterns).hasSize(shown);
        assertThat(patterns).as("a dark LED means that nothing works").doesNotContain(Pattern.OFF);
    }

    @Test
    void activeLowIsOnAtLow() {
        Output relay = new Output("relay", OutputType.SIREN, 24, Level.LOW, ALL, Until.SIREN_TIME);

        assertThat(relay.level(true)).isEqualTo(Level.LOW);
        assertThat(relay.level(false)).isEqualTo(Level.HIGH);
    }
}
