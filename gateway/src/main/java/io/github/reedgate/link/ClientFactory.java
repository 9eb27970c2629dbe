package io.github.reedgate.link;

import com.hivemq.client.mqtt.MqttClientSslConfig;
import com.hivemq.client.mqtt.MqttClientSslConfigBuilder;
import com.hivemq.client.mqtt.MqttClientTransportConfig;
import com.hivemq.client.mqtt.MqttClientTransportConfigBuilder;
import com.hivemq.client.mqtt.MqttWebSocketConfig;
import com.hivemq.client.mqtt.MqttWebSocketConfigBuilder;
import com.hivemq.client.mqtt.mqtt5.Mqtt5Client;
import com.hivemq.client.mqtt.mqtt5.Mqtt5ClientBuilder;
import com.hivemq.client.mqtt.mqtt5.message.auth.Mqtt5SimpleAuth;
import com.hivemq.client.mqtt.mqtt5.message.connect.Mqtt5Connect;
import com.hivemq.client.mqtt.mqtt5.message.connect.Mqtt5ConnectBuilder;
import io.github.reedgate.secrets.SecretException;
import io.github.reedgate.secrets.TlsFiles;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Prepares MQTT 5 clients from the settings: server, TLS, WebSocket, time-outs, client id and credentials. The library keeps
 * the TLS context and the credentials for a client's whole life, so take a new client for each attempt: then a rotated
 * certificate or a changed password needs no restart. Immutable; safe for use by any thread.
 */
public final class ClientFactory {

    private final BrokerSettings settings;
    private final CredentialSource credentials;

    /** Remembers both; reads no file yet. */
    public ClientFactory(BrokerSettings settings, CredentialSource credentials) {
        this.settings = settings;
        this.credentials = credentials;
    }

    /**
     * A builder with everything of the settings in it, without automatic reconnect; the caller adds listeners and executors.
     * The broker's certificate is always checked against the host name in the URL. Blocks for the disk, for the name service
     * and, if the name has several addresses, until one of them accepts a connection; for the time-out each.
     *
     * @throws LinkException with {@link LinkTrouble#LOCAL_FILES} if a password, certificate or key can't be used, with {@link
     *     LinkTrouble#NETWORK} if the URL has no usable host or there is no address for it
     */
    public Mqtt5ClientBuilder newClient() throws LinkException {
        Duration limit = settings.timing().connectTimeout();
        try {
            List<InetAddress> found = new Addresses(Resolver.SYSTEM, host()).await(limit);
            InetAddress address = found.size() == 1
                    ? found.get(0)
                    : Dialer.answering(found, settings.port(), limit).address().orElse(found.get(0));
            return newClient(address, limit);
        } catch (UnknownHostException e) {
            throw new LinkException(
                    LinkTrouble.NETWORK, Diagnosis.of(e, server(), settings).message(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LinkException(LinkTrouble.STOPPED, "interrupted", e);
        }
    }

    /**
     * Reads and checks what {@link #newClient()} needs, without asking a name service or connecting. Blocks for the disk only.
     *
     * @throws LinkException with {@link LinkTrouble#LOCAL_FILES} if a password, certificate or key can't be used, with {@link
     *     LinkTrouble#NETWORK} if the URL has no usable host
     */
    public void check() throws LinkException {
        host();
        newClient(InetAddress.getLoopbackAddress(), settings.timing().connectTimeout());
    }

    /** A builder for one address, which has so long to accept the connection. Blocks for the disk only. */
    Mqtt5ClientBuilder newClient(InetAddress address, Duration limit) throws LinkException {
        Optional<Mqtt5SimpleAuth> auth = credentials.read().auth();
        try {
            Mqtt5ClientBuilder builder =
                    Mqtt5Client.builder().identifier(settings.clientId()).transportConfig(transport(address, limit));
            return auth.isPresent() ? builder.simpleAuth(auth.get()) : builder;
        } catch (IllegalArgumentException e) {
            throw new LinkException(
                    LinkTrouble.REFUSED,
                    "client id '" + settings.clientId() + "' cannot be sent by MQTT: " + e.getMessage(),
                    e);
        }
    }

    /** The addresses of the broker, to be looked up with that resolver. */
    Addresses addresses(Resolver resolver) {
        return new Addresses(resolver, HostPort.of(settings.url()));
    }

    /**
     * A CONNECT with the settings' keep-alive; the caller adds will, session and restrictions. Topic aliases (MQTT 5,
     * 3.3.2.3.4) are off, so each PUBLISH names its topic. The client library notes an alias before it refuses a message that is too
     * large for the broker. The broker then still has another topic for that alias, and later messages would arrive there.
     */
    public Mqtt5ConnectBuilder newConnect() {
        return Mqtt5Connect.builder()
                .keepAlive((int) settings.timing().keepAlive().toSeconds())
                .restrictions()
                .sendTopicAliasMaximum(0)
                .applyRestrictions();
    }

    BrokerSettings settings() {
        return settings;
    }

    /** The broker as {@code host:port}, for messages. */
    public String server() {
        return settings.server();
    }

    private MqttClientTransportConfig transport(InetAddress address, Duration limit) throws LinkException {
        Duration timeout = settings.timing().connectTimeout();
        MqttClientTransportConfigBuilder transport = MqttClientTransportConfig.builder()
                .serverAddress(new InetSocketAddress(address, settings.port()))
                .socketConnectTimeout(limit.toMillis(), TimeUnit.MILLISECONDS)
                .mqttConnectTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS);
        if (settings.usesTls()) {
            transport = transport.sslConfig(tls(timeout));
        }
        return settings.usesWebSocket()
                ? transport.webSocketConfig(webSocket(timeout)).build()
                : transport.build();
    }

    private HostPort host() throws LinkException {
        HostPort host = HostPort.of(settings.url());
        if (host.host().isEmpty()) {
            throw new LinkException(
                    LinkTrouble.NETWORK,
                    "broker url '" + settings.url()
                            + "' has no host name that the network knows; letters, digits, dots, hyphens and"
                            + " underscores are allowed");
        }
        return host;
    }

    private MqttClientSslConfig tls(Duration timeout) throws LinkException {
        MqttClientSslConfigBuilder tls =
                MqttClientSslConfig.builder().handshakeTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS);
        try {
            if (settings.caFile().isPresent()) {
                tls = tls.trustManagerFactory(TlsFiles.trust(settings.caFile().get()));
            }
            if (settings.certificateFile().isPresent() && settings.keyFile().isPresent()) {
                tls = tls.keyManagerFactory(TlsFiles.identity(
                        settings.certificateFile().get(), settings.keyFile().get()));
            } else if (settings.certificateFile().isPresent()
                    || settings.keyFile().isPresent()) {
                throw new LinkException(
                        LinkTrouble.LOCAL_FILES, "certificate_file and key_file go together; only one of them is set");
            }
        } catch (SecretException e) {
            throw LinkException.of(e);
        }
        return tls.build();
    }

    private MqttWebSocketConfig webSocket(Duration timeout) {
        URI url = settings.url();
        String path = url.getPath();
        MqttWebSocketConfigBuilder webSocket = MqttWebSocketConfig.builder()
                .serverPath(path == null || path.isEmpty() ? "mqtt" : path)
                .subprotocol("mqtt")
                .handshakeTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS);
        String query = url.getQuery();
        return query == null ? webSocket.build() : webSocket.queryString(query).build();
    }
}
