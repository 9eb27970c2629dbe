package io.github.reedgate.wizard.host;

import io.github.reedgate.wizard.Turn.Ask;
import java.io.IOError;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.reader.impl.DefaultParser;
import org.jline.terminal.Attributes;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jline.utils.NonBlockingReader;
import org.jspecify.annotations.Nullable;

/** Asks at the terminal, with arrow keys, editing and history. Owned by one thread; close it. */
public final class JlineScreen extends PlainScreen implements HeaderWatch.Keys, AutoCloseable {

    private static final long LOOK_MILLIS = 20;
    private static final long WATCH_MILLIS = 500;
    private static final int MOST_ENDS = 100;
    private static final int CTRL_C = 3;
    private static final int CTRL_D = 4;

    private final Terminal terminal;
    private final LineReader reader;
    private final AtomicBoolean left = new AtomicBoolean();
    private final AtomicReference<@Nullable Thread> worker = new AtomicReference<>();
    private final CountDownLatch isClosed = new CountDownLatch(1);
    private volatile boolean isInputEnded;
    // how many looks in a row found the end of the input
    private int ends;

    /** Asks at a terminal of a test's choice. */
    JlineScreen(Terminal terminal, boolean hasColours) {
        super(
                line -> {
                    terminal.writer().println(line);
                    terminal.writer().flush();
                },
                () -> terminal.getSize().getColumns(),
                hasColours);
        this.terminal = terminal;
        DefaultParser asTyped = new DefaultParser();
        asTyped.setEscapeChars(null);
        asTyped.setQuoteChars(null);
        this.reader = LineReaderBuilder.builder()
                .terminal(terminal)
                .parser(asTyped)
                .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
                .option(LineReader.Option.BRACKETED_PASTE, false)
                .build();
        terminal.handle(Terminal.Signal.INT, signal -> leave());
    }

    /**
     * The terminal of this process.
     *
     * @param locale the charset that the locale says; ASCII counts as UTF-8
     * @param hasColours true if colours are wanted
     */
    public static JlineScreen open(Charset locale, boolean hasColours) throws IOException {
        Terminal terminal = TerminalBuilder.builder()
                .name("reedgate setup")
                .system(true)
                .exec(true)
                .jni(false)
                .ffm(false)
                .dumb(true)
                .encoding(inputOf(locale))
                .build();
        JlineScreen screen = new JlineScreen(terminal, hasColours);
        Path input = Path.of("/proc/self/fd/0");
        Thread watch = new Thread(() -> screen.watch(() -> isGone(input)), "terminal-watch");
        watch.setDaemon(true);
        watch.start();
        return screen;
    }

    /** True if the other end of a terminal is closed: reading then returns at once, for ever, with nothing. */
    private static boolean isGone(Path input) {
        try {
            return Files.readSymbolicLink(input).toString().endsWith(" (deleted)");
        } catch (IOException | UnsupportedOperationException e) {
            return false; // nobody can tell
        }
    }

    /** Leaves when the terminal is gone, which the reader of lines does not notice if the signal HUP is ignored. */
    void watch(BooleanSupplier isGone) {
        try {
            while (!isClosed.await(WATCH_MILLIS, TimeUnit.MILLISECONDS)) {
                if (isGone.getAsBoolean()) {
                    isInputEnded = true;
                    leave();
                    return;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** UTF-8 unless the locale says another one: who has no locale types UTF-8 all the same. */
    static Charset inputOf(Charset locale) {
        return locale.equals(StandardCharsets.US_ASCII) ? StandardCharsets.UTF_8 : locale;
    }

    /** Ctrl-C: ends what is being done, at once. */
    private void leave() {
        left.set(true);
        Thread working = worker.get();
        if (working != null) {
            working.interrupt();
        }
    }

    @Override
    public void works(@Nullable Thread thread) {
        worker.set(thread);
        if (thread == null) {
            left.set(false);
        }
    }

    /** True if the person left because there is no more input: the terminal is gone, or a file has ended. */
    public boolean isInputEnded() {
        return isInputEnded;
    }

    @Override
    public Optional<String> ask(Ask question) {
        if (isInputEnded) {
            return Optional.empty();
        }
        worker.set(Thread.currentThread());
        try {
            String typed = switch (question.kind()) {
                case SECRET -> reader.readLine(prompt(question), '\0');
                case EDIT -> reader.readLine(prompt(question), null, (Character) null, question.suggestion());
                case CHOICE -> reader.readLine(prompt(question));
            };
            return Optional.of(typed);
        } catch (UserInterruptException e) {
            return Optional.empty();
        } catch (EndOfFileException | IOError e) {
            isInputEnded = true;
            return Optional.empty();
        } finally {
            worker.set(null);
            Thread.interrupted(); // what was meant to end this question must not end the next action
        }
    }

    /** All but the last line of a long prompt is shown before. */
    private String prompt(Ask question) {
        List<String> lines = wrapped(question.text() + ":", columns());
        lines.subList(0, lines.size() - 1).forEach(line -> terminal.writer().println(line));
        return lines.get(lines.size() - 1) + " ";
    }

    @Override
    public Pressed await() throws InterruptedException {
        Attributes usual = terminal.enterRawMode();
        try {
            NonBlockingReader keys = terminal.reader();
            int key = keys.peek(LOOK_MILLIS);
            // in raw mode the library now and then takes a look without a key for the end of the input
            ends = key == NonBlockingReader.EOF ? ends + 1 : 0;
            isInputEnded |= ends >= MOST_ENDS;
            if (isInputEnded || left.getAndSet(false) || key == CTRL_C || key == CTRL_D) {
                return Pressed.LEFT;
            }
            if (key == '\r' || key == '\n') {
                keys.read(LOOK_MILLIS);
                return Pressed.ENTER;
            }
            return key >= 0 ? Pressed.SOME : Pressed.NONE;
        } catch (IOException e) {
            return Pressed.LEFT;
        } finally {
            terminal.setAttributes(usual);
        }
    }

    @Override
    public void close() throws IOException {
        isClosed.countDown();
        terminal.close();
    }
}
