package io.github.reedgate.users;

/** The users can't be read, written or changed as asked; the message says why and what to do. */
public final class UsersException extends Exception {

    private static final long serialVersionUID = 1;

    UsersException(String message) {
        super(message);
    }

    UsersException(String message, Throwable cause) {
        super(message, cause);
    }
}
