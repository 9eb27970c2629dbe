package io.github.reedgate.app;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.zip.CRC32;

/** The last line of a small file, {@code check=} and the CRC-32 of the lines above it. Stateless; for any thread. */
final class CheckLine {

    private static final String CHECK = "check=";

    private CheckLine() {}

    /** The lines with their check below. */
    static String below(String lines) {
        return lines + CHECK + sum(lines) + "\n";
    }

    /**
     * Compares the check with the lines above it.
     *
     * @throws IllegalArgumentException if it is missing or another
     */
    static void compare(String text) {
        int start = text.lastIndexOf(CHECK);
        if (start < 0) {
            throw new IllegalArgumentException("its end is missing");
        }
        String found = text.substring(start + CHECK.length()).strip();
        String expected = sum(text.substring(0, start));
        if (!found.equals(expected)) {
            throw new IllegalArgumentException("its check sum is '" + found + "' instead of " + expected);
        }
    }

    private static String sum(String text) {
        CRC32 crc = new CRC32();
        crc.update(text.getBytes(StandardCharsets.ISO_8859_1));
        return String.format(Locale.ROOT, "%08x", crc.getValue());
    }
}
