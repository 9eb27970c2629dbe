package io.github.reedgate.doctor;

import io.github.reedgate.file.UnusableFiles;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Judges what lies in the state folder, once the folder itself is well. Stateless. */
final class StateFilesCheck {

    private StateFilesCheck() {}

    /**
     * Looks at the files.
     *
     * @param disk what was found of the folder; stays unless there is something worse
     * @param folder the state folder
     * @param socket what is wrong with the path of a socket in it
     */
    static Finding look(Finding disk, Path folder, Optional<String> socket) {
        if (disk.status() == Status.FAIL) {
            return disk;
        }
        List<Path> unusable = UnusableFiles.in(folder);
        if (!unusable.isEmpty()) {
            return Finding.fail(
                    CheckName.DISK,
                    "the owner of state_dir " + folder + " can't use " + unusable
                            + ": the gateway may keep nothing over a restart",
                    UnusableFiles.fix(folder));
        }
        return socket.map(trouble -> Finding.failed(CheckName.DISK, trouble)).orElse(disk);
    }
}
