package io.github.reedgate.doctor;

import io.github.reedgate.file.GatewayProcesses;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Whether a gateway runs on a state folder: it holds a lock there, or has its store open if somebody deleted the lock. The lock
 * is looked up with the kernel and not tried, since a gateway that starts meanwhile would find it taken. Immutable.
 *
 * @param isRunning whether one does
 * @param seen how that is known
 * @param process its process, if that is known
 */
record RunningGateway(boolean isRunning, String seen, Optional<String> process) {

    /** Looks. */
    static RunningGateway find(Path root, Path stateDir, UnitCheck.Facts unit) {
        return find(root, stateDir, () -> unit);
    }

    /** Looks; asks for the unit only if the lock says nothing. */
    static RunningGateway find(Path root, Path stateDir, Supplier<UnitCheck.Facts> unit) {
        Optional<String> holder = inode(stateDir.resolve("lock"))
                .flatMap(inode -> holder(root, inode))
                .or(() -> new GatewayProcesses(root.resolve("proc")).using(stateDir));
        if (holder.isPresent()) {
            return new RunningGateway(true, "a gateway is running (process " + holder.get() + ")", holder);
        }
        return unit.get().isActive()
                ? new RunningGateway(true, "reedgate.service is running", Optional.empty())
                : new RunningGateway(false, "no gateway is running", Optional.empty());
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
