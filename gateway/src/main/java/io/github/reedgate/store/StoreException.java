package io.github.reedgate.store;

import java.sql.SQLException;

/** The store could not be read or written; the message says what failed, why and what to do about it. */
public final class StoreException extends Exception {

    private static final long serialVersionUID = 1L;

    private final Trouble trouble;

    /** What kind of failure it was. */
    public enum Trouble {
        /** No room on the disk; trying again helps once there is some. */
        DISK_FULL,
        /** The file was damaged and moved aside, a new one begun; trying again helps at once. */
        DAMAGED,
        /** The disk can't be read or written; trying again may help later. */
        DISK_FAILED
    }

    /** A failure with its reason and fix in words. */
    StoreException(Trouble trouble, String message, Throwable cause) {
        super(message, cause);
        this.trouble = trouble;
    }

    /** A failure of the database that is no damage. */
    static StoreException of(String what, SQLException cause) {
        int code = SqliteCode.of(cause);
        if (code == SqliteCode.FULL) {
            return new StoreException(
                    Trouble.DISK_FULL,
                    what + " failed, the disk is full (" + cause.getMessage() + "); make room",
                    cause);
        }
        return new StoreException(
                Trouble.DISK_FAILED,
                what + " failed (" + cause.getMessage()
                        + "); see that the state folder can be written by the user that runs reedgate and that the disk works",
                cause);
    }

    /** What kind of failure it was. */
    public Trouble trouble() {
        return trouble;
    }
}
