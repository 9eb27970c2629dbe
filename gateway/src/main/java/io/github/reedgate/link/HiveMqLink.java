package io.github.reedgate.link;

import com.hivemq.client.mqtt.exceptions.ConnectionClosedException;
import com.hivemq.client.mqtt.lifecycle.MqttClientDisconnectedContext;
import com.hivemq.client.mqtt.lifecycle.MqttDisconnectSource;
import com.hivemq.client.mqtt.mqtt5.message.connect.connack.Mqtt5ConnAck;
import io.github.reedgate.message.Message;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The broker connection over the HiveMQ client library, MQTT 5. Each attempt takes a new client, without the library's
 * reconnect and queue, so a rotated certificate or password counts at once and nothing is resent behind the caller's back.
 *
 * <pre>
 *           start               CONNACK                    ended
 *   idle ──────────► connecting ───────► up ──► in flight answered UNKNOWN ──► waiting ──► connecting …
 *                        │ failed                                                 ▲
 *                        └────────────────────────────────────────────────────────┘
 *   stop, from anywhere: farewell and DISCONNECT if up ──► stopped
 * </pre>
 *
 * <p>Threads: the methods belong to the owner's one thread. Everything else happens on the single thread {@code broker-link},
 * to which the library's callbacks hand over; only a PUBACK goes to the listener directly, as it is the common case. What
 * both threads see is {@link #current}, which only {@code broker-link} writes, and the locks of {@link InFlight} and of what
 * is sent in turn.
 */
@SuppressWarnings("FutureReturnValueIgnored") // each callback is guarded and lets nothing through
public final class HiveMqLink implements BrokerLink {

    private static final Logger LOG = LoggerFactory.getLogger(HiveMqLink.class);

    private static final int STAGES = 5; // TCP, TLS, WebSocket and CONNACK have a limit each

    /**
     * A broker that refuses a topic and then disconnects must not seem to have left without an answer: the end is told a
     * moment later than the answers that came before it.
     */
    private static final long SETTLE_MILLIS = 50;

    private final BrokerSettings settings;
    private final ClientFactory clients;
    private final Handshake handshake;
    private final ScheduledThreadPoolExecutor executor;

    // the owner's thread
    private boolean stopped;
    // set before anything is started
    private Consumer<LinkEvent> listener = event -> LOG.warn("not started, nobody is told of {}", event);
    private Optional<Reception> reception = Optional.empty();

    // thread broker-link
    private final Outages outages;
    private final Route route;
    private final LineWatch watch;
    private final Attempts attempts;
    private final Attempts.Told told;
    private @Nullable Connection latest;
    private boolean stopping;
    private long connections;

    // written by thread broker-link, read by the owner's: the connection if it is up
    private volatile @Nullable Connection current;

    /**
     * A link that has not started; {@code will} is what the broker publishes when the connection breaks.
     *
     * @throws IllegalArgumentException if MQTT cannot carry the will
     */
    public HiveMqLink(BrokerSettings settings, ClientFactory clients, Message will) {
        this(settings, clients, Resolver.SYSTEM, will);
    }

    /** The same with a name service of one's own. */
    HiveMqLink(BrokerSettings settings, ClientFactory clients, Resolver resolver, Message will) {
        this.settings = settings;
        this.clients = clients;
        this.handshake = new Handshake(clients, will);
        this.outages = new Outages(settings, clients.server());
        this.executor = new ScheduledThreadPoolExecutor(1, work -> {
            Thread thread = new Thread(work, "broker-link");
            thread.setDaemon(true);
            return thread;
        });
        // callbacks of the library still come after the end
        executor.setRejectedExecutionHandler(new ThreadPoolExecutor.DiscardPolicy());
        executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        BrokerSettings.Timing timing = settings.timing();
        this.route = new Route(clients.addresses(resolver), timing.connectTimeout(), executor);
        this.attempts = new Attempts(clients, handshake, route, executor, this::guarded);
        this.told = new Attempts.Told(
                this::begun,
                this::up,
                (failed, error) -> ended(failed, error, false),
                this::notBegun,
                this::disconnected);
        this.watch = new LineWatch(timing.keepAlive(), will.topic(), executor, this::dead);
    }

    @Override
    public void start(Subscriptions subscriptions, Consumer<LinkEvent> eventListener) {
        listener = event -> {
            try {
                eventListener.accept(event);
            } catch (RuntimeException | Error e) {
                LOG.error("the listener failed on {}", event, e);
            }
        };
        reception = Optional.of(new Reception(subscriptions, clients.server(), settings, executor, listener));
        executor.execute(guarded(this::connect));
    }

    @Override
    public void publish(List<Outgoing> messages) {
        handOver(messages, connection -> connection.publish(messages, listener));
    }

    @Override
    public void publishInTurn(List<Outgoing> messages, int room) {
        handOver(messages, connection -> connection.publishInTurn(messages, room, listener));
    }

    private void handOver(List<Outgoing> messages, Consumer<Connection> way) {
        Connection connection = current;
        if (connection != null) {
            way.accept(connection);
            return;
        }
        String reason = "no connection to the broker";
        messages.forEach(
                each -> listener.accept(new LinkEvent.Published(each.token(), 0, PublishOutcome.UNKNOWN, reason)));
    }

    @Override
    public void rehearse(List<Message> messages) {
        Connection connection = current;
        if (connection != null) {
            connection.rehearse(messages);
        }
    }

    @Override
    public void stop(Message farewell, Duration limit) {
        if (stopped) {
            return;
        }
        stopped = true;
        CompletableFuture<@Nullable Void> left = new CompletableFuture<>();
        executor.execute(guarded(() -> leave(farewell, left)));
        boolean inTime = Farewell.await(left, limit);
        Connection connection = current;
        if (connection != null) {
            if (!inTime) {
                LOG.warn(
                        "broker {} did not acknowledge the farewell within {} ms, disconnecting without",
                        clients.server(),
                        limit.toMillis());
                connection.abandon(false);
            }
            connection.end().forEach(listener);
            executor.shutdown();
        }
        String reason = "disconnected from broker " + clients.server() + ", the gateway stops";
        listener.accept(new LinkEvent.Down(connection != null, LinkTrouble.STOPPED, reason, Duration.ZERO));
    }

    private void leave(Message farewell, CompletableFuture<@Nullable Void> left) {
        stopping = true;
        Connection connection = current;
        if (connection == null) {
            if (latest == null) {
                executor.shutdown(); // otherwise the end of the attempt that is under way does it
            }
            left.complete(null);
        } else {
            connection.leave(farewell).whenComplete((nothing, error) -> left.complete(null));
        }
    }

    private void connect() {
        if (!stopping && latest == null) {
            attempts.next(connections + 1, told);
        }
    }

    private void begun(Connection connection) {
        latest = connection;
        Duration limit = settings.timing().connectTimeout().multipliedBy(STAGES);
        executor.schedule(guarded(() -> overdue(connection, limit)), limit.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void notBegun(Throwable cause) {
        latest = null;
        if (!stopping) {
            down(false, Diagnosis.of(cause, clients.server(), settings));
        }
    }

    private void up(Connection connection, Mqtt5ConnAck ack) {
        if (connection != latest || stopping) {
            connection.abandon(false);
            ended(connection, new LinkException(LinkTrouble.STOPPED, "not wanted any more"), false);
            return;
        }
        Optional<LinkException> lacking = handshake.lacking(ack);
        if (lacking.isPresent()) {
            connection.abandon(false);
            ended(connection, lacking.get(), false);
            return;
        }
        route.reached();
        connections = connection.number();
        outages.up();
        // sent before anybody can publish: what is published now must not be taken for what the broker remembered
        reception.ifPresent(each -> each.up(connection));
        current = connection;
        watch.up(connection, handshake.stretchesKeepAlive(ack));
        int receiveMaximum = ack.getRestrictions().getReceiveMaximum();
        listener.accept(new LinkEvent.Up(connections, clients.server(), receiveMaximum));
    }

    private void overdue(Connection connection, Duration limit) {
        if (connection == latest && connection != current) {
            connection.abandon(false);
            noAnswer(connection, "connecting took longer than " + limit.toSeconds() + " s");
        }
    }

    private void dead(Connection connection, String what) {
        connection.abandon(true);
        noAnswer(connection, "the connection stands, but " + what + "; is the network cut, or the broker overloaded?");
    }

    private void noAnswer(Connection connection, String what) {
        ended(connection, outages.noAnswer(what), false);
    }

    /** Called by the library, for failed attempts as well as for lost connections. */
    private void disconnected(Connection connection, MqttClientDisconnectedContext context) {
        Throwable cause = context.getCause();
        boolean withoutReason =
                context.getSource() == MqttDisconnectSource.SERVER && cause instanceof ConnectionClosedException;
        executor.schedule(guarded(() -> ended(connection, cause, withoutReason)), SETTLE_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void ended(Connection connection, Throwable cause, boolean withoutReason) {
        if (connection != latest) {
            return;
        }
        boolean wasUp = connection == current;
        latest = null;
        if (stopping) {
            if (!wasUp) {
                executor.shutdown();
            }
            return; // stop() gives the answers
        }
        current = null;
        Diagnosis diagnosis = wasUp ? outages.lost(cause, withoutReason) : outages.failed(cause);
        if (wasUp) {
            watch.ended();
            reception.ifPresent(each -> each.ended(diagnosis.trouble()));
        } else if (route.failed(diagnosis)) {
            LOG.debug("one address failed, the next is tried: {}", diagnosis.message());
            connect();
            return;
        }
        // first, so that nobody takes what is answered now for a refusal of the broker
        down(wasUp, wasUp ? diagnosis : route.summary(diagnosis));
        connection.end().forEach(listener);
    }

    private void down(boolean wasUp, Diagnosis diagnosis) {
        Duration wait = outages.next(diagnosis.trouble());
        listener.accept(new LinkEvent.Down(wasUp, diagnosis.trouble(), diagnosis.message(), wait));
        executor.schedule(guarded(this::connect), wait.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** The outermost line on thread broker-link. What failed may be what leads to the next attempt: there is one anyway. */
    private Runnable guarded(Runnable work) {
        return () -> {
            try {
                work.run();
            } catch (RuntimeException | Error e) {
                LOG.error("the broker link failed", e);
                executor.schedule(
                        guarded(this::connect), settings.timing().retryMax().toMillis(), TimeUnit.MILLISECONDS);
            }
        };
    }
}
