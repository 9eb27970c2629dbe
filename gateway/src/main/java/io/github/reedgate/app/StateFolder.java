package io.github.reedgate.app;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The state folder, held by one gateway at a time. Closed by the thread that opened it. */
final class StateFolder implements AutoCloseable {

    /** The file in it that is locked. */
    static final String LOCK = "lock";

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
     * @throws StartException if another gateway holds it
     */
    static StateFolder lock(Path path) throws StartException {
        FileChannel channel;
        try {
            Files.createDirectories(path);
            channel = FileChannel.open(path.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        } catch (IOException e) {
            LOG.error(
                    "state_dir {} can't be used: {}; the gateway goes on without it and keeps nothing over a restart; make"
                            + " the folder and give it to the user that runs reedgate",
                    path,
                    e.toString());
            return new StateFolder(path, null);
        }
        if (tryLock(channel) == null) {
            throw new StartException(
                    "state_dir " + path
                            + " is in use by another gateway that is running; stop that one or give this one a folder of its own");
        }
        return new StateFolder(path, channel);
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
