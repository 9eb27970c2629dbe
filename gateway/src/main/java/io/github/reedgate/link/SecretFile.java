package io.github.reedgate.link;

import io.github.reedgate.file.OrdinaryFile;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Reads a small local file of secrets or certificates, and tells why it can't be read and how to mend that. */
public final class SecretFile {

    private SecretFile() {}

    /**
     * Reads the whole file; blocks for the disk only, since a pipe or device is refused.
     *
     * @param what what the file is, for messages: {@code password file}
     * @param file the file; a link is followed
     * @param limitBytes longest content taken
     * @return its bytes; may be empty
     * @throws LinkException if it is missing, unreadable, no ordinary file or too long
     */
    public static byte[] read(String what, Path file, int limitBytes) throws LinkException {
        String where = what + " " + file;
        try {
            if (Files.exists(file) && !Files.isRegularFile(file)) {
                throw failure(where + " is not an ordinary file; give the path of a file");
            }
            byte[] content = OrdinaryFile.head(file, limitBytes + 1);
            if (content.length > limitBytes) {
                throw failure(where + " is longer than " + limitBytes + " bytes; is it the right file?");
            }
            return content;
        } catch (NoSuchFileException e) {
            throw new LinkException(
                    LinkTrouble.LOCAL_FILES, where + " does not exist; create it or correct the path", e);
        } catch (AccessDeniedException e) {
            throw new LinkException(
                    LinkTrouble.LOCAL_FILES,
                    where + " may not be read by user " + System.getProperty("user.name")
                            + "; give it to that user (chown) with mode 0400, and let its folders be entered",
                    e);
        } catch (IOException e) {
            throw new LinkException(LinkTrouble.LOCAL_FILES, where + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static LinkException failure(String message) {
        return new LinkException(LinkTrouble.LOCAL_FILES, message);
    }
}
