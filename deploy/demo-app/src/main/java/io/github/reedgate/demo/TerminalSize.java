package io.github.reedgate.demo;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How large a terminal is. Immutable.
 *
 * @param columns from 1
 * @param rows from 1
 */
record TerminalSize(int columns, int rows) {

    private static final Pattern STTY = Pattern.compile("([1-9][0-9]{0,3}) ([1-9][0-9]{0,3})");

    /** Asks {@code stty} for the size of the terminal at standard input. Blocks for 2 s at most; empty if it does not know. */
    static Optional<TerminalSize> ask() throws InterruptedException {
        try {
            Process process = new ProcessBuilder("stty", "size")
                    .redirectInput(ProcessBuilder.Redirect.INHERIT)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (!process.waitFor(2, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return Optional.empty();
            }
            return of(new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Reads what {@code stty size} prints: rows, then columns; empty if it is anything else, or 0. */
    static Optional<TerminalSize> of(String printed) {
        Matcher matcher = STTY.matcher(printed.strip());
        return matcher.matches()
                ? Optional.of(new TerminalSize(Integer.parseInt(matcher.group(2)), Integer.parseInt(matcher.group(1))))
                : Optional.empty();
    }

    /** Says why there is text that scrolls and no board. */
    static String whyNoBoard(Optional<TerminalSize> size) {
        String needed = "the board needs " + Picture.COLUMNS + " columns and " + Picture.ROWS + " rows; ";
        String had = size.map(known -> "this terminal has " + known.columns() + " and " + known.rows())
                .orElse("how many this terminal has is not known");
        return needed + had + ". So what happens is shown as text that scrolls.";
    }
}
