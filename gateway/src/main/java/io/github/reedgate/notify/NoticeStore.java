package io.github.reedgate.notify;

/** Where notices outlive the process. Used by the loop thread; no method waits for the disk. */
public interface NoticeStore {

    /** Keeps a notice under its number. */
    void keep(long id, String document);

    /** Keeps it no longer. */
    void forget(long id);
}
