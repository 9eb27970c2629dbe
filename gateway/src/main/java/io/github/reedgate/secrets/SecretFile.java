package io.github.reedgate.secrets;

import io.github.reedgate.file.OrdinaryFile;
import io.github.reedgate.file.SudoHint;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Reads a small local file of secrets or certificates, or says why it can't be read and how to mend that. Stateless. */
public final class SecretFile {

    private SecretFile() {}

    /**
     * Reads the whole file. Blocks for the disk only, because it refuses a pipe or device.
     *
     * @param what what the file is, for messages: {@code password file}
     * @param file the file; a link is followed
     * @param limitBytes longest content taken
     * @return its bytes; may be empty
     * @throws SecretException if it is missing, unreadable, no ordinary file or too long
     */
    public static byte[] read(String what, Path file, int limitBytes) throws SecretException {
        String where = what + " " + file;
        try {
            if (Files.exists(file) && !Files.isRegularFile(file)) {
                throw new SecretException(where + " is not an ordinary file; give the path of a file");
            }
            byte[] content = OrdinaryFile.head(file, limitBytes + 1);
            if (content.length > limitBytes) {
                throw new SecretException(where + " is longer than " + limitBytes + " bytes; is it the right file?");
            }
            return content;
        } catch (NoSuchFileException e) {
            throw new SecretException(where + " does not exist; create it or correct the path", e);
        } catch (AccessDeniedException e) {
            throw new SecretException(
                    where + " may not be read by user " + System.getProperty("user.name")
                            + "; give it to that user (chown) with mode 0400, and let its folders be entered"
                            + SudoHint.text(),
                    e);
        } catch (IOException e) {
            throw new SecretException(where + " cannot be read: " + e.getMessage(), e);
        }
    }
}
