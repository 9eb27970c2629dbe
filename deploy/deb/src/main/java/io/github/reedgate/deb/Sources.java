package io.github.reedgate.deb;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

/**
 * The built project from which packages are gathered. Immutable.
 *
 * @param top the project's top folder
 * @param version the version as Debian orders it
 * @param time the time that every file of a package gets
 */
record Sources(Path top, String version, Instant time) {

    /** A file or folder by its path below the top folder. */
    Path path(String path) {
        return top.resolve(path);
    }

    /**
     * The text of a file.
     *
     * @param path its path below the top folder
     */
    String text(String path) throws IOException {
        return Files.readString(path(path));
    }

    /** A file of {@code deploy/deb/src/deb} by its path there. */
    Path packaging(String path) {
        return path("deploy/deb/src/deb").resolve(path);
    }
}
