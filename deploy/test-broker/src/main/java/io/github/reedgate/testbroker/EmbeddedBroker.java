package io.github.reedgate.testbroker;

import com.hivemq.configuration.service.InternalConfigurations;
import com.hivemq.embedded.EmbeddedExtension;
import com.hivemq.embedded.EmbeddedHiveMQ;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** HiveMQ CE in this process, with its store on disk. Owned by one thread. */
final class EmbeddedBroker implements TestBroker {

    private static final int LIMIT_SECONDS = 120;
    /** For a handful of clients; made for millions it opens hundreds of files at each start. */
    private static final int BUCKETS = 4;
    /** How long a stopping broker takes tasks that come late; they come from clients that it has disconnected. */
    private static final int GRACE_MILLIS = 200;

    private final BrokerOptions options;
    private final Map<Transport, Integer> ports;
    private final TempFolder folder = new TempFolder("reedgate-hivemq");
    private @Nullable EmbeddedHiveMQ running;

    EmbeddedBroker(BrokerOptions options) {
        this.options = options;
        this.ports = Ports.resolve(options.ports());
    }

    @Override
    public String name() {
        return "HiveMQ CE embedded";
    }

    @Override
    public void start() {
        if (running != null) {
            return;
        }
        makeSmall();
        folder.file("config.xml", new EmbeddedConfiguration(options, ports, folder).xml());
        EmbeddedHiveMQ broker = EmbeddedHiveMQ.builder()
                .withConfigurationFolder(folder.path())
                .withDataFolder(folder.folder("data"))
                .withExtensionsFolder(folder.folder("extensions"))
                .withEmbeddedExtension(accessRules())
                .withoutLoggingBootstrap()
                .build();
        running = broker;
        await(broker.start(), "start");
        for (Map.Entry<Transport, Integer> listener : ports.entrySet()) {
            if (!Ports.isOpen(listener.getValue())) {
                throw new BrokerException("HiveMQ CE does not listen on port " + listener.getValue() + " for "
                        + listener.getKey().scheme() + "; is another program using it?");
            }
        }
    }

    /** It has no other place for this; it holds for all brokers of this process. */
    private static void makeSmall() {
        InternalConfigurations.PERSISTENCE_BUCKET_COUNT.set(BUCKETS);
        InternalConfigurations.PAYLOAD_PERSISTENCE_BUCKET_COUNT.set(BUCKETS);
        InternalConfigurations.PERSISTENCE_SHUTDOWN_GRACE_PERIOD_MSEC.set(GRACE_MILLIS);
    }

    private EmbeddedExtension accessRules() {
        return EmbeddedExtension.builder()
                .withId("access-rules")
                .withName("access rules")
                .withVersion("1")
                .withAuthor("reedgate")
                .withExtensionMain(new EmbeddedAccessRules(options))
                .build();
    }

    @Override
    public void stop() {
        EmbeddedHiveMQ broker = running;
        if (broker != null) {
            running = null;
            await(broker.stop(), "stop");
            // also ends the broker's own thread, which would keep this JVM alive for another minute
            close(broker);
        }
    }

    private static void close(EmbeddedHiveMQ broker) {
        try {
            broker.close();
        } catch (ExecutionException e) {
            throw new BrokerException("HiveMQ CE did not close", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BrokerException("interrupted while HiveMQ CE was closed", e);
        }
    }

    private static void await(CompletableFuture<Void> future, String what) {
        try {
            future.get(LIMIT_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new BrokerException("HiveMQ CE did not " + what, e.getCause() == null ? e : e.getCause());
        } catch (TimeoutException e) {
            throw new BrokerException("HiveMQ CE did not " + what + " within " + LIMIT_SECONDS + " s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BrokerException("interrupted while HiveMQ CE was asked to " + what, e);
        }
    }

    @Override
    public boolean canBeKilled() {
        return false;
    }

    @Override
    public void kill() {
        throw new UnsupportedOperationException(
                "HiveMQ CE runs in this process; set -D" + PROPERTY + "=mosquitto to kill a broker");
    }

    @Override
    public void remember() {
        if (running != null) {
            throw new IllegalStateException("the broker runs; stop it first");
        }
        folder.copy("data", "remembered");
    }

    @Override
    public void forget() {
        if (running != null) {
            throw new IllegalStateException("the broker runs; stop it first");
        }
        folder.copy("remembered", "data");
    }

    @Override
    public int port(Transport transport) {
        Integer port = ports.get(transport);
        if (port == null) {
            throw new IllegalArgumentException("the broker does not listen for " + transport.scheme());
        }
        return port;
    }

    @Override
    public void close() {
        try {
            stop();
        } finally {
            folder.remove();
        }
    }
}
