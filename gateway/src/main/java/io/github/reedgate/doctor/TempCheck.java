package io.github.reedgate.doctor;

import java.nio.file.Files;
import java.nio.file.Path;

/** Judges the folder into which the GPIO library and SQLite are unpacked. Stateless. */
final class TempCheck {

    private static final String FIX = "name a folder that is not mounted noexec and that the gateway's user may write:"
            + " REEDGATE_JAVA_OPTS=-Djava.io.tmpdir=/var/lib/reedgate/tmp";

    private TempCheck() {}

    /** The folder as this process sees it, and whether the libraries lie elsewhere, ready to be loaded. */
    record Facts(Path folder, boolean isFolder, boolean isWritable, boolean isNoexec, boolean isUnpacked) {

        static Facts of(Path folder, Mounts mounts) {
            return new Facts(
                    folder,
                    Files.isDirectory(folder),
                    Files.isWritable(folder),
                    mounts.of(folder)
                            .filter(mount -> mount.options().contains("noexec"))
                            .isPresent(),
                    System.getProperty("pi4j.library.path") != null
                            && System.getProperty("org.sqlite.lib.path") != null);
        }
    }

    static Finding judge(Facts facts) {
        if (facts.isUnpacked()) {
            return Finding.ok(CheckName.TEMP, "not needed: the native libraries are unpacked already");
        }
        if (!facts.isFolder()) {
            return Finding.fail(CheckName.TEMP, "java.io.tmpdir " + facts.folder() + " is no folder", FIX);
        }
        if (!facts.isWritable()) {
            return Finding.fail(CheckName.TEMP, "java.io.tmpdir " + facts.folder() + " may not be written", FIX);
        }
        if (facts.isNoexec()) {
            return Finding.fail(
                    CheckName.TEMP,
                    "java.io.tmpdir " + facts.folder()
                            + " is mounted noexec: the native libraries of GPIO and SQLite can't be loaded from it",
                    FIX);
        }
        return Finding.ok(CheckName.TEMP, facts.folder() + " takes native libraries");
    }
}
