package io.github.reedgate.wizard.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.reedgate.wizard.Turn.Ask;
import io.github.reedgate.wizard.Turn.Kind;
import io.github.reedgate.wizard.host.HeaderWatch.Keys.Pressed;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jline.terminal.Terminal;
import org.jline.terminal.impl.DumbTerminal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Leaving at the terminal: by Ctrl-C at once, by the end of the input with a word. */
@Timeout(30)
final class JlineScreenTest {

    private static Terminal terminal(InputStream input) throws IOException {
        return new DumbTerminal(input, new ByteArrayOutputStream());
    }

    @Test
    void endOfInputAtAQuestionLeaves() throws Exception {
        try (JlineScreen screen = new JlineScreen(terminal(new ByteArrayInputStream(new byte[0])), false)) {
            assertThat(screen.ask(new Ask("Which one?", "1", Kind.CHOICE))).isEmpty();
            assertThat(screen.isInputEnded()).isTrue();
        }
    }

    @Test
    void endOfInputWhileADoorIsAwaitedLeaves() throws Exception {
        try (JlineScreen screen = new JlineScreen(terminal(new ByteArrayInputStream(new byte[0])), false)) {
            SimulatedDoors doors = new SimulatedDoors(() -> 0, screen);
            assertThat(doors.opening(Set.of(), true)).isEqualTo(HeaderWatch.meant(Pressed.LEFT));
            assertThat(screen.isInputEnded()).isTrue();
        }
    }

    /** As a look in raw mode finds it now and then, though the terminal is there. */
    @Test
    @SuppressWarnings("InputStreamSlowMultibyteRead") // a byte at a time is what a terminal gives
    void someLooksThatFindTheEndOfTheInputBeforeAKeyEndNothing() throws Exception {
        AtomicInteger reads = new AtomicInteger();
        InputStream input = new InputStream() {
            @Override
            public int read() {
                return reads.incrementAndGet() <= 3 ? -1 : '\r';
            }
        };
        try (JlineScreen screen = new JlineScreen(terminal(input), false)) {
            Pressed pressed = screen.await();
            while (pressed == Pressed.NONE) {
                pressed = screen.await();
            }
            assertThat(pressed).isEqualTo(Pressed.ENTER);
            assertThat(screen.isInputEnded()).isFalse();
        }
    }

    @Test
    void interruptEndsWhatIsBeingDoneAtOnce() throws Exception {
        try (PipedOutputStream keyboard = new PipedOutputStream();
                PipedInputStream input = new PipedInputStream(keyboard)) {
            Terminal terminal = terminal(input);
            try (JlineScreen screen = new JlineScreen(terminal, false)) {
                screen.works(Thread.currentThread());
                terminal.raise(Terminal.Signal.INT);
                assertThatThrownBy(() -> new CountDownLatch(1).await()).isInstanceOf(InterruptedException.class);
                screen.works(null);
                terminal.raise(Terminal.Signal.INT);
                assertThat(Thread.interrupted()).isFalse();
                assertThat(screen.isInputEnded()).isFalse();
            }
        }
    }

    /** Reading from a terminal whose other end is closed returns at once, for ever, with nothing. */
    @Test
    void terminalThatIsGoneEndsTheQuestion() throws Exception {
        try (PipedOutputStream keyboard = new PipedOutputStream();
                PipedInputStream input = new PipedInputStream(keyboard);
                JlineScreen screen = new JlineScreen(terminal(input), false)) {
            AtomicBoolean isGone = new AtomicBoolean();
            Thread watch = new Thread(() -> screen.watch(isGone::get));
            watch.start();
            isGone.set(true);
            assertThat(screen.ask(new Ask("Which one?", "1", Kind.CHOICE))).isEmpty();
            assertThat(screen.isInputEnded()).isTrue();
            watch.join();
            assertThat(screen.await()).isEqualTo(Pressed.LEFT);
        }
    }
}
