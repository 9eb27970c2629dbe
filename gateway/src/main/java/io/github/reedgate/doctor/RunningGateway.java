package io.github.reedgate.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Whether a gateway runs on a state folder: it holds a lock there. The lock is looked up with the kernel and not tried, since
 * a gateway that starts meanwhile would find it taken. Immutable.
 *
 * @param isRunning whether one does
 * @param seen how that is known
 */
record RunningGateway(boolean isRunning, String seen) {

    /** Looks. */
    static RunningGateway find(Path root, Path stateDir, UnitCheck.Facts unit) {
        Optional<String> holder = inode(stateDir.resolve("lock")).flatMap(inode -> holder(root, inode));
        if (holder.isPresent()) {
            return new RunningGateway(true, "a gateway is running (process " + holder.get() + ")");
        }
        return unit.isActive()
                ? new RunningGateway(true, "reedgate.service is running")
                : new RunningGateway(false, "no gateway is running");
    }

    private static Optional<String> inode(Path lock) {
        try {
            return Optional.of(String.valueOf(Files.getAttribute(lock, "unix:ino")));
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** A line is {@code 1: POSIX ADVISORY WRITE 1234 08:02:131077 0 EOF}. */
    private static Optional<String> holder(Path root, String inode) {
        return SmallFile.text(root.resolve("proc/locks"))
                .lines()
                .map(line -> line.strip().split("\\s+", -1))
                .filter(fields -> fields.length > 5 && fields[3].equals("WRITE") && fields[5].endsWith(":" + inode))
                .map(fields -> fields[4])
                .findFirst();
    }
}
