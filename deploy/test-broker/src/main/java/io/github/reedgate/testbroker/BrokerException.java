package io.github.reedgate.testbroker;

/** The broker could not be set up, started or stopped. */
public final class BrokerException extends RuntimeException {

    BrokerException(String message) {
        super(message);
    }

    BrokerException(String message, Throwable cause) {
        super(message, cause);
    }
}
