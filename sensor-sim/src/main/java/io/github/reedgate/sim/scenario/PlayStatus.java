package io.github.reedgate.sim.scenario;

import java.time.Duration;
import java.util.Locale;

/**
 * How far a {@link ScenarioPlayer} is. Immutable.
 *
 * @param playing whether a scenario is playing
 * @param title the title of it or of the last one; empty if there was none
 * @param cues how many things were done
 * @param at scenario time of the last one
 * @param lastMark text of the last mark passed; empty if there was none
 */
public record PlayStatus(boolean playing, String title, long cues, Duration at, String lastMark) {

    /** Before anything was played. */
    static final PlayStatus IDLE = new PlayStatus(false, "", 0, Duration.ZERO, "");

    /** The status in words. */
    public String words() {
        if (title.isEmpty()) {
            return "nothing was played yet";
        }
        String mark = lastMark.isEmpty() ? "" : ", last mark '" + lastMark + "'";
        return (playing ? "playing '" : "finished '") + title + "': " + cues + " steps done, at " + clock() + mark;
    }

    private String clock() {
        return String.format(
                Locale.ROOT,
                "%02d:%02d:%02d.%03d",
                at.toHours(),
                at.toMinutesPart(),
                at.toSecondsPart(),
                at.toMillisPart());
    }
}
