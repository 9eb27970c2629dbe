package io.github.reedgate.cli;

import io.github.reedgate.file.FileReason;
import io.github.reedgate.file.OrdinaryFile;
import io.github.reedgate.setup.SetupException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Reads a password from the file that {@code --password-from} names. Stateless. */
final class PasswordSource {

    private static final int MOST_BYTES = 1 << 16;

    private PasswordSource() {}

    /** True for {@code -}, which is standard input. */
    static boolean isInput(Path source) {
        return "-".equals(source.toString());
    }

    /**
     * Reads it: the first line, without its line break. Blocks until the input ends, or 64 KiB of it were read.
     *
     * @throws SetupException if it can't be read or its first line is empty
     */
    static String read(Path source) throws SetupException {
        try {
            byte[] bytes =
                    isInput(source) ? System.in.readNBytes(MOST_BYTES) : OrdinaryFile.readNamed(source, MOST_BYTES);
            return new String(bytes, StandardCharsets.UTF_8)
                    .lines()
                    .findFirst()
                    .filter(line -> !line.isEmpty())
                    .orElseThrow(() ->
                            new SetupException("the first line of " + source + " is empty; expected the password"));
        } catch (IOException e) {
            throw new SetupException("the password can't be read from " + source + ": " + FileReason.of(e), e);
        }
    }
}
