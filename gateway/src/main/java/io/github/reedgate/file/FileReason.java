package io.github.reedgate.file;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** Says why something could not be done with a file, in words for people and without the file's name. Stateless. */
public final class FileReason {

    /** What the system says of a link that leads back to itself; Java adds a guess. */
    private static final String LOOP = "Too many levels of symbolic links";

    private FileReason() {}

    /** The reason, as the end of a sentence. */
    public static String of(IOException failure) {
        if (failure instanceof NoSuchFileException missing) {
            return "there is no " + missing.getFile();
        } else if (failure instanceof AccessDeniedException) {
            return "user " + System.getProperty("user.name") + " is not allowed to";
        } else if (failure instanceof FileAlreadyExistsException there) {
            return there.getFile() + " is there already";
        } else if (failure instanceof DirectoryNotEmptyException filled) {
            return filled.getFile() + " is a folder with files in it";
        }
        String reason = failure instanceof FileSystemException system && system.getReason() != null
                ? system.getReason()
                : failure.getMessage();
        if (reason == null) {
            return failure.getClass().getSimpleName();
        }
        return reason.startsWith(LOOP) ? "it is a link that leads to itself" : reason;
    }
}
