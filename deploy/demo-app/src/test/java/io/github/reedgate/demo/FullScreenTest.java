package io.github.reedgate.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The terminal is taken, drawn on and given back. */
final class FullScreenTest {

    private static final String ENTER = "\033[?1049h";
    private static final String LEAVE = "\033[?1049l";
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final StringWriter text = new StringWriter();
    private final Picture picture = new Picture(Glyphs.unicode(), 1883, List.of());
    private final FullScreen screen =
            new FullScreen(new PrintWriter(text), new Paint(false), Glyphs.ascii(), new TerminalSize(80, 24));

    private void await(String part) throws InterruptedException {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        synchronized (text.getBuffer()) {
            while (text.getBuffer().indexOf(part) < 0 && System.nanoTime() - deadline < 0) {
                text.getBuffer().wait(10);
            }
        }
        assertThat(text.toString()).contains(part);
    }

    @Test
    void beforeAndAfterTheBoardTextIsPrintedAndMeanwhileKept() throws InterruptedException {
        screen.across("starting …");
        assertThat(text.toString()).isEqualTo("starting ..." + System.lineSeparator());

        screen.show(picture);
        await("Notifications");
        screen.across("the gateway has ended by itself");
        screen.close();
        screen.close();

        assertThat(text.toString())
                .containsOnlyOnce(ENTER)
                .containsOnlyOnce(LEAVE)
                .endsWith(LEAVE + "the gateway has ended by itself" + System.lineSeparator())
                .contains("\033[?25l", "\033[?25h", "\033[?7l", "\033[?7h");
    }

    @Test
    void boardThatWasNeverShownLeavesTheTerminalAlone() {
        screen.close();

        assertThat(text.toString()).isEmpty();
    }

    @Test
    void whatHappensIsDrawnWithoutDrawingAllAgain() throws InterruptedException {
        screen.left("before", Tone.BOLD);
        screen.show(picture);
        await("before");
        int drawn = text.toString().length();
        screen.left("the door opens", Tone.BOLD);
        screen.arrived(new Arrival("reedgate/home/alarm", "Front door opened", false, Map.of(), 0));
        await("the door opens");
        await("Front door opened");
        screen.close();

        assertThat(text.toString().substring(drawn)).doesNotContain("q quit");
    }

    @Test
    void unknownKeyDrawsAllAgain() throws InterruptedException {
        screen.show(picture);
        await("q quit");
        int drawn = text.toString().length();
        screen.help(Keys.HELP);
        long deadline = System.nanoTime() + LIMIT.toNanos();
        while (!text.toString().substring(drawn).contains("q quit") && System.nanoTime() - deadline < 0) {
            Thread.onSpinWait();
        }
        screen.close();

        assertThat(text.toString().substring(drawn)).contains("q quit");
    }
}
