package io.github.reedgate.wizard.host;

import io.github.reedgate.file.FileReason;
import io.github.reedgate.setup.SetupFiles;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The files that the last step writes: all of them count, or none. Secrets go into files of new names, and the configuration,
 * which names them, is replaced last and whole. So whenever the process ends, the configuration is the former one with its
 * secrets, or the new one with its own. A copy beside it, {@code .before-setup}, is there as long as the step is not over;
 * {@link LastRun} tells the next run of it. Safe for use by any thread; blocks on the disk.
 */
final class Change {

    /** What the copy holds if there was no configuration. */
    static final String NONE = "# There was no configuration before this run of reedgate setup.\n";

    private static final int MOST_BYTES = 1 << 20;

    private final Path file;
    private final SetupFiles files;
    private final Installation.Put put;
    private final Path before;
    private final List<Path> made = new ArrayList<>();
    private @Nullable FileChannel held;

    /** Of one configuration. */
    Change(Path file, SetupFiles files, Installation.Put put) {
        this.file = file;
        this.files = files;
        this.put = put;
        this.before = before(file);
    }

    /** Where the copy of a configuration is while it is changed. */
    static Path before(Path file) {
        return file.resolveSibling(file.getFileName() + ".before-setup");
    }

    /**
     * Makes the copy; changes are possible from now on.
     *
     * @throws IOException if it can't be made, or another run is at work
     */
    synchronized void begin() throws IOException {
        if (Files.exists(before)) {
            throw new IOException(before + " is there: another run of setup is at work, or was cut off");
        }
        if (Files.exists(file)) {
            files.copy(file, before);
        } else {
            files.put(before, NONE.getBytes(StandardCharsets.UTF_8), true);
        }
        FileChannel channel = FileChannel.open(before, StandardOpenOption.WRITE);
        held = channel;
        if (channel.tryLock() == null) {
            throw new IOException(before + " is held by another run of setup");
        }
    }

    /**
     * A name for a secret that is not in use: the usual one, or with a number before its ending.
     *
     * @param usual the usual place, such as {@code credentials/mqtt.password}
     * @return a file that is not there, or has this content already
     * @throws IOException if what is there can't be read
     */
    static Path free(Path usual, byte[] content) throws IOException {
        String name = String.valueOf(usual.getFileName());
        int dot = name.lastIndexOf('.');
        Path free = usual;
        for (int number = 2; Files.exists(free) && !holds(free, content); number++) {
            free = usual.resolveSibling(name.substring(0, dot) + "-" + number + name.substring(dot));
        }
        return free;
    }

    private static boolean holds(Path path, byte[] content) throws IOException {
        if (!Files.isRegularFile(path)) {
            throw new IOException(path + " is no ordinary file");
        }
        return Files.size(path) < MOST_BYTES && Arrays.equals(Files.readAllBytes(path), content);
    }

    /**
     * Writes a file, unless it has that content.
     *
     * @param isSecret true if not everybody may read it
     * @throws IOException if it can't be written, or the change is over already
     */
    synchronized void write(Path path, byte[] content, boolean isSecret) throws IOException {
        if (held == null) {
            throw new InterruptedIOException("setup is being ended");
        }
        boolean isThere = Files.exists(path);
        if (isThere && holds(path, content)) {
            return;
        }
        if (!isThere) {
            made.add(path);
        }
        put.put(path, content, isSecret);
    }

    /** The change stays: takes the copy away. */
    synchronized void finish() throws IOException {
        close();
        Files.deleteIfExists(before);
    }

    /**
     * Takes the change back; does nothing if none is open. The configuration comes first, with its owner, group and mode.
     *
     * @return what could not be put back, as sentences without a full stop; empty if all is as it was
     */
    synchronized List<String> undo() {
        if (held == null) {
            return List.of();
        }
        List<String> failed = new ArrayList<>();
        try {
            if (Files.isRegularFile(before) && Files.size(before) == NONE.length() && isNone(before)) {
                Files.deleteIfExists(file);
                Files.delete(before);
            } else {
                Files.move(before, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (IOException e) {
            failed.add(file + " could not be put back: " + FileReason.of(e) + "; its former content is in " + before);
        }
        for (Path path : made) {
            try {
                if (failed.isEmpty() && !path.equals(file)) {
                    Files.deleteIfExists(path);
                }
            } catch (IOException e) {
                failed.add(path + ", which is of no use now, could not be deleted: " + FileReason.of(e));
            }
        }
        close();
        return failed;
    }

    static boolean isNone(Path copy) throws IOException {
        return Files.readString(copy, StandardCharsets.ISO_8859_1).equals(NONE);
    }

    /** Lets go of the copy, which stays if the change is neither finished nor undone: an error of the program ends it so. */
    synchronized void letGo() {
        close();
    }

    private void close() {
        FileChannel channel = held;
        held = null;
        made.clear();
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException e) {
            return; // it was open for its lock only
        }
    }
}
