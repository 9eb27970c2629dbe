package io.github.reedgate.app;

import io.github.reedgate.config.Config;
import io.github.reedgate.file.OrdinaryFile;
import io.github.reedgate.store.EventStore;
import io.github.reedgate.store.StoreException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The retained topics that a gateway remembers to have at its broker. Immutable.
 *
 * @param present those that it publishes anew at its next start, unless they were emptied since the last one
 * @param gone those that it does not have any more, and has not emptied yet
 * @param foreign those of a former id or prefix, which it leaves alone
 */
public record Leftovers(List<String> present, List<String> gone, List<String> foreign) {

    /** The name under which the store keeps what was left. */
    public static final String NOTE = TopicMemory.NOTE;

    /** Copies the lists. */
    public Leftovers {
        present = List.copyOf(present);
        gone = List.copyOf(gone);
        foreign = List.copyOf(foreign);
    }

    /**
     * What a gateway of this configuration may have left.
     *
     * @param config its configuration
     * @param noted what its store keeps under {@link #NOTE}; may be empty
     */
    public static Leftovers of(Config config, String noted) {
        return SelfDescription.leftovers(config, noted);
    }

    /** What it has under its present id and prefix, also what is gone. */
    public List<String> own() {
        List<String> own = new ArrayList<>(gone);
        own.addAll(present);
        return own;
    }

    /** All of them. */
    public Set<String> all() {
        Set<String> all = new LinkedHashSet<>(foreign);
        all.addAll(gone);
        all.addAll(present);
        return all;
    }

    /** What it does not have any more, also of a former id or prefix. */
    public List<String> former() {
        List<String> former = new ArrayList<>(foreign);
        former.addAll(gone);
        return former;
    }

    /**
     * Keeps gateways from using a state folder until what is returned is closed.
     *
     * @param stateDir a state folder
     * @return empty if a gateway uses it now
     * @throws IOException if that can't be found out by this user
     */
    public static Optional<Closeable> hold(Path stateDir) throws IOException {
        Path lock = stateDir.resolve(StateFolder.LOCK);
        boolean isUsed = StateFolder.isUsed(stateDir);
        if (!OrdinaryFile.requireIfThere(lock)) {
            return isUsed ? Optional.empty() : Optional.of(() -> {}); // no gateway has ever used it
        }
        FileChannel channel = StateFolder.openExisting(lock);
        if (isUsed || tryLock(channel) == null) {
            channel.close();
            return Optional.empty();
        }
        return Optional.of(channel);
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    /**
     * Has the store forget what has been emptied; to be called while {@link #hold} lasts. Blocks on the disk.
     *
     * @param config whose store it is, which was read before
     * @param emptied the topics
     * @throws StoreException if the store can't be written now
     */
    public static void forget(Config config, Set<String> emptied) throws StoreException {
        EventStore store = EventStore.open(config.stateDir(), GatewayRun.bounds(config));
        try {
            String noted = store.note(NOTE);
            String left = TopicMemory.without(noted, emptied);
            if (!left.equals(noted)) {
                store.putNote(NOTE, left);
            }
        } finally {
            store.close();
        }
    }
}
