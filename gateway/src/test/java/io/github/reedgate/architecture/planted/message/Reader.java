package io.github.reedgate.architecture.planted.message;

import java.nio.file.Files;
import java.nio.file.Path;

/** Looks at the disk where everything is a function. */
public final class Reader {

    /** Belongs in the shell. */
    public boolean exists(Path path) {
        return Files.exists(path);
    }
}
