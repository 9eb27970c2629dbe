package io.github.reedgate.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import java.util.regex.Pattern;

/**
 * Finds the width of the terminal that a standard stream goes to. The environment variable {@code COLUMNS} overrides what the
 * terminal says. The answer is kept: a terminal that is resized later does not change it. Any thread may ask.
 */
final class TerminalWidth implements IntSupplier {

    /** The narrowest and the widest that is believed, in columns. */
    static final int NARROWEST = 20;

    static final int WIDEST = 10_000;

    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,5}");
    private static final Pattern SIZE = Pattern.compile("[0-9]{1,5} ([0-9]{1,5})\\s*");
    private static final long LONGEST_SECONDS = 2;

    private final Path stream;
    private final Map<String, String> environment;
    private int found;

    /**
     * Of a stream of this process.
     *
     * @param descriptor 1 for standard output, 2 for standard error
     * @param environment may have {@code COLUMNS}
     */
    TerminalWidth(int descriptor, Map<String, String> environment) {
        this.stream = Path.of("/proc/self/fd/" + descriptor);
        this.environment = Map.copyOf(environment);
    }

    /** Columns; {@link Integer#MAX_VALUE} if the stream is no terminal or its width is unknown. Blocks for 2 s at most. */
    @Override
    public synchronized int getAsInt() {
        if (found == 0) {
            found = isTerminal() ? columns(environment, asked()) : Integer.MAX_VALUE;
        }
        return found;
    }

    /**
     * What the environment and the terminal say.
     *
     * @param environment {@code COLUMNS} from {@value #NARROWEST} to {@value #WIDEST} counts, anything else does not
     * @param size what {@code stty size} answers: rows and columns; empty if it did not
     */
    static int columns(Map<String, String> environment, String size) {
        int given = number(environment.getOrDefault("COLUMNS", ""));
        if (given >= NARROWEST && given <= WIDEST) {
            return given;
        }
        var answer = SIZE.matcher(size);
        int said = answer.matches() ? number(answer.group(1)) : 0;
        return said == 0 ? Integer.MAX_VALUE : Math.max(NARROWEST, said);
    }

    private static int number(String text) {
        return NUMBER.matcher(text).matches() ? Integer.parseInt(text) : 0;
    }

    private boolean isTerminal() {
        try {
            String target = Files.readSymbolicLink(stream).toString();
            return target.matches("/dev/(pts/[0-9]+|tty[A-Za-z]*[0-9]*|console|hvc[0-9]+)");
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
    }

    private String asked() {
        try {
            Process stty = new ProcessBuilder("stty", "size")
                    .redirectInput(stream.toRealPath().toFile())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            try {
                return stty.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)
                        ? new String(stty.getInputStream().readNBytes(64), StandardCharsets.US_ASCII)
                        : "";
            } finally {
                stty.destroyForcibly();
            }
        } catch (IOException e) {
            return "";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "";
        }
    }
}
