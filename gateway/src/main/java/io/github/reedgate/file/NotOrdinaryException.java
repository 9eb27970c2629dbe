package io.github.reedgate.file;

import java.nio.file.FileSystemException;
import java.nio.file.Path;

/** What is at a path is no ordinary file, or the path leads through something that is no folder: no second try changes that. */
public final class NotOrdinaryException extends FileSystemException {

    private static final long serialVersionUID = 1L;

    NotOrdinaryException(Path file, String reason) {
        super(file.toString(), null, reason);
    }
}
