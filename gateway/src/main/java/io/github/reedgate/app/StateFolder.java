package io.github.reedgate.app;

import io.github.reedgate.file.GatewayProcesses;
import io.github.reedgate.file.NewFolder;
import io.github.reedgate.file.OrdinaryFile;
import io.github.reedgate.file.Owner;
import io.github.reedgate.file.UnusableFiles;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The state folder, held by one gateway at a time. Closed by the thread that opened it. */
final class StateFolder implements AutoCloseable {

    /** The file in it that is locked. */
    static final String LOCK = "lock";

    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");
    private static final Logger LOG = LoggerFactory.getLogger(StateFolder.class);

    private final Path path;
    private final @Nullable FileChannel channel;

    private StateFolder(Path path, @Nullable FileChannel channel) {
        this.path = path;
        this.channel = channel;
    }

    /**
     * Makes the folder if it is missing and locks it. One that can't be made or written is told of and not locked: an alarm
     * that does not start is worse than one that forgets.
     *
     * @throws StartException if another gateway holds it, or this is root and the folder is another user's: that user's
     *     gateway could not use what root leaves in it
     */
    static StateFolder lock(Path path) throws StartException {
        refuseRootsHost(path);
        FileChannel channel;
        try {
            NewFolder.make(path);
            channel = open(path.resolve(LOCK));
        } catch (IOException e) {
            if (isUsed(path)) {
                throw inUse(path);
            }
            LOG.error(
                    "state_dir {} can't be used: {}; the gateway goes on without it and keeps nothing over a restart;"
                            + " make the folder and give it to the user that runs reedgate",
                    path,
                    e.toString());
            tellOfUnusableFiles(path);
            return new StateFolder(path, null);
        }
        if (tryLock(channel) == null || isUsed(path)) {
            closeQuietly(channel);
            throw inUse(path);
        }
        tellOfUnusableFiles(path);
        return new StateFolder(path, channel);
    }

    private static StartException inUse(Path path) {
        return new StartException("state_dir " + path
                + " is in use by another gateway that is running; stop that one or give this one a folder"
                + " of its own");
    }

    /** A lock that somebody deleted keeps nobody out; but whoever held it still answers, or has the store open. */
    static boolean isUsed(Path path) {
        return ControlSocket.isServed(path.resolve(ControlSocket.NAME))
                || GatewayProcesses.ofThisMachine().using(path).isPresent();
    }

    private static void refuseRootsHost(Path path) throws StartException {
        if (!Owner.isRootsHost(path)) {
            return;
        }
        String user;
        try {
            user = Owner.name(path);
        } catch (IOException e) {
            user = "another user";
        }
        throw new StartException("state_dir " + path + " belongs to " + user
                + ", and this is root: the gateway of " + user
                + " could not use the files that root leaves there; run it as "
                + user + " (sudo -u " + user
                + " reedgate run …), or name another state_dir in a configuration of its own");
    }

    /** Opens the lock, making it: what is no ordinary file is replaced by one. */
    private static FileChannel open(Path lock) throws IOException {
        if (Files.exists(lock, LinkOption.NOFOLLOW_LINKS) && !Files.isRegularFile(lock, LinkOption.NOFOLLOW_LINKS)) {
            LOG.warn("{} is no ordinary file and is replaced", lock);
            Files.delete(lock);
        }
        return open(lock, Set.of(StandardOpenOption.CREATE));
    }

    /** Opens a lock that is there. It is opened for both, since a pipe that is opened for writing alone waits for a reader. */
    static FileChannel openExisting(Path lock) throws IOException {
        return open(lock, Set.of());
    }

    private static FileChannel open(Path lock, Set<OpenOption> more) throws IOException {
        Set<OpenOption> options = new HashSet<>(more);
        options.addAll(Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS));
        FileChannel channel = FileChannel.open(lock, options, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
        try {
            OrdinaryFile.require(lock);
            return channel;
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    private static void tellOfUnusableFiles(Path path) {
        List<Path> unusable = UnusableFiles.in(path);
        if (!unusable.isEmpty()) {
            LOG.error(
                    "{} can't be used by the user that state_dir {} belongs to: what they hold is lost to the gateway,"
                            + " and it may keep nothing over a restart; {}",
                    unusable,
                    path,
                    UnusableFiles.fix(path));
        }
    }

    private static void closeQuietly(FileChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            LOG.debug("the lock was not closed: {}", e.toString());
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws StartException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        } catch (IOException e) {
            throw new StartException("the state folder can't be locked: " + e, e);
        }
    }

    Path path() {
        return path;
    }

    @Override
    public void close() throws IOException {
        if (channel != null) {
            channel.close();
        }
    }
}
