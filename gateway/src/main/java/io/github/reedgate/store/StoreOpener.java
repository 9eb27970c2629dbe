package io.github.reedgate.store;

/** Opens the store, again and again if need be. */
@FunctionalInterface
public interface StoreOpener {

    /**
     * Opens it; blocks.
     *
     * @throws StoreException if the disk can't be used
     */
    EventStore open() throws StoreException;
}
