package io.github.reedgate.testbroker;

import java.net.URI;

/**
 * A real MQTT 5 broker on loopback. Which one is chosen by the system property {@value #PROPERTY}: {@code embedded} is
 * HiveMQ CE in this process, {@code mosquitto} is Debian's mosquitto as a child process. The ports stay the same over a
 * restart, and what the broker stored is kept until {@link #close}. The methods block until done and are called by one
 * thread.
 */
public interface TestBroker extends AutoCloseable {

    /** Name of the system property that chooses the broker. */
    String PROPERTY = "reedgate.test.broker";

    /** Creates the chosen broker without starting it. */
    static TestBroker create(BrokerOptions options) {
        String chosen = System.getProperty(PROPERTY, "embedded");
        return switch (chosen) {
            case "embedded" -> new EmbeddedBroker(options);
            case "mosquitto" -> new MosquittoBroker(options);
            default ->
                throw new IllegalArgumentException(
                        "system property " + PROPERTY + " is '" + chosen + "', expected embedded or mosquitto");
        };
    }

    /** Creates and starts the chosen broker. */
    static TestBroker started(BrokerOptions options) {
        TestBroker broker = create(options);
        try {
            broker.start();
        } catch (BrokerException e) {
            broker.close();
            throw e;
        }
        return broker;
    }

    /** What people call it, with its version if known. */
    String name();

    /**
     * Starts the broker and waits until all its ports accept connections. Nothing happens if it runs.
     *
     * @throws BrokerException if it does not start within two minutes
     */
    void start();

    /** Stops the broker in an orderly way, keeping what it stored. Nothing happens if it does not run. */
    void stop();

    /** Stops and starts the broker. */
    default void restart() {
        stop();
        start();
    }

    /** True if the broker is a process of its own, so that {@link #kill} works. */
    boolean canBeKilled();

    /**
     * Ends the broker's process with SIGKILL: connections break, and what it did not write to disk is gone.
     *
     * @throws UnsupportedOperationException if it is part of this process
     */
    void kill();

    /**
     * Keeps a copy of all that the stopped broker stored.
     *
     * @throws IllegalStateException if it runs
     */
    void remember();

    /**
     * Puts the copy back, as if the broker had crashed and lost what came since; without a copy all is gone.
     *
     * @throws IllegalStateException if it runs
     */
    void forget();

    /** The port of a transport. */
    int port(Transport transport);

    /** The port of {@link Transport#MQTT}. */
    default int port() {
        return port(Transport.MQTT);
    }

    /** Where to connect to with a transport, under the name {@code localhost}. */
    default URI url(Transport transport) {
        return URI.create(transport.scheme() + "://localhost:" + port(transport) + transport.path());
    }

    /** Stops the broker and removes all its files. */
    @Override
    void close();
}
