package io.github.reedgate.app;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** The state folder, held by one gateway at a time. Closed by the thread that opened it. */
final class StateFolder implements AutoCloseable {

    private final Path path;
    private final FileChannel channel;

    private StateFolder(Path path, FileChannel channel) {
        this.path = path;
        this.channel = channel;
    }

    /**
     * Makes the folder if it is missing and locks it.
     *
     * @throws StartException if it can't be made or written, or another gateway holds it
     */
    static StateFolder lock(Path path) throws StartException {
        FileChannel channel;
        try {
            Files.createDirectories(path);
            channel = FileChannel.open(path.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw new StartException(
                    "state_dir " + path + " can't be used: " + e
                            + "; make it and give it to the user that runs reedgate",
                    e);
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
        channel.close();
    }
}
