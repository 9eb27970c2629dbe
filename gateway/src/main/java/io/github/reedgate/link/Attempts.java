package io.github.reedgate.link;

import com.hivemq.client.mqtt.lifecycle.MqttClientDisconnectedContext;
import com.hivemq.client.mqtt.mqtt5.message.connect.connack.Mqtt5ConnAck;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes attempts to connect, each with a new client and to the next address of the broker's name. Owned by thread
 * {@code broker-link}, on which it tells everything but the end of a connection.
 */
@SuppressWarnings("FutureReturnValueIgnored") // each callback is guarded and lets nothing through
final class Attempts {

    private static final Logger LOG = LoggerFactory.getLogger(Attempts.class);

    private final ClientFactory clients;
    private final Handshake handshake;
    private final Route route;
    private final ScheduledExecutorService executor;
    private final UnaryOperator<Runnable> guard;
    private boolean isLookingUp;

    /**
     * Who is told of an attempt.
     *
     * @param begun there is a client, which connects
     * @param up the broker accepted the connection
     * @param failed it did not
     * @param none there is no client, for lack of an address or of a file
     * @param disconnected told on the library's thread, of failed attempts as well as of lost connections
     */
    record Told(
            Consumer<Connection> begun,
            BiConsumer<Connection, Mqtt5ConnAck> up,
            BiConsumer<Connection, Throwable> failed,
            Consumer<Throwable> none,
            BiConsumer<Connection, MqttClientDisconnectedContext> disconnected) {}

    /** {@code guard} is put around whatever runs on the executor. */
    Attempts(
            ClientFactory clients,
            Handshake handshake,
            Route route,
            ScheduledExecutorService executor,
            UnaryOperator<Runnable> guard) {
        this.clients = clients;
        this.handshake = handshake;
        this.route = route;
        this.executor = executor;
        this.guard = guard;
    }

    /** Begins the next attempt unless the name is being looked up for one; {@code number} is the connection's if it succeeds. */
    void next(long number, Told told) {
        if (isLookingUp) {
            return;
        }
        isLookingUp = true;
        route.next(
                hop -> {
                    isLookingUp = false;
                    guard.apply(() -> begin(hop, number, told)).run();
                },
                unknown -> {
                    isLookingUp = false;
                    guard.apply(() -> told.none().accept(unknown)).run();
                });
    }

    private void begin(Route.Hop hop, long number, Told told) {
        try {
            Connection connection = new Connection(
                    number, clients.newClient(hop.address(), hop.limit()), executor, told.disconnected());
            told.begun().accept(connection);
            connection
                    .connect(handshake.connect())
                    .whenComplete((ack, error) -> executor.execute(guard.apply(() -> {
                        if (error == null) {
                            told.up().accept(connection, ack);
                        } else {
                            told.failed().accept(connection, error);
                        }
                    })));
        } catch (LinkException | RuntimeException | Error e) {
            LOG.debug("an attempt could not be begun", e);
            told.none().accept(e);
        }
    }
}
