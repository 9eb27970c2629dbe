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
import java.net.URI;
import java.time.Duration;
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
     * The broker's certificate is always checked against the host name in the URL. Reads files: blocks for the disk only.
     *
     * @throws LinkException with {@link LinkTrouble#LOCAL_FILES} if a password, certificate or key can't be used, with {@link
     *     LinkTrouble#NETWORK} if the URL has no usable host
     */
    public Mqtt5ClientBuilder newClient() throws LinkException {
        Optional<Mqtt5SimpleAuth> auth = credentials.read().auth();
        try {
            Mqtt5ClientBuilder builder =
                    Mqtt5Client.builder().identifier(settings.clientId()).transportConfig(transport());
            return auth.isPresent() ? builder.simpleAuth(auth.get()) : builder;
        } catch (IllegalArgumentException e) {
            throw new LinkException(
                    LinkTrouble.REFUSED,
                    "client id '" + settings.clientId() + "' cannot be sent by MQTT: " + e.getMessage(),
                    e);
        }
    }

    /** A CONNECT with the settings' keep-alive; the caller adds will, session and restrictions. */
    public Mqtt5ConnectBuilder newConnect() {
        return Mqtt5Connect.builder()
                .keepAlive((int) settings.timing().keepAlive().toSeconds());
    }

    /** The broker as {@code host:port}, for messages. */
    public String server() {
        return settings.url().getHost() + ":" + settings.port();
    }

    private MqttClientTransportConfig transport() throws LinkException {
        Duration timeout = settings.timing().connectTimeout();
        // The name, not an address: an address would be resolved once for the life of the process.
        MqttClientTransportConfigBuilder transport = MqttClientTransportConfig.builder()
                .serverHost(host())
                .serverPort(settings.port())
                .socketConnectTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
                .mqttConnectTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS);
        if (settings.usesTls()) {
            transport = transport.sslConfig(tls(timeout));
        }
        return settings.usesWebSocket()
                ? transport.webSocketConfig(webSocket(timeout)).build()
                : transport.build();
    }

    private String host() throws LinkException {
        String host = settings.url().getHost();
        if (host == null || host.isEmpty()) {
            throw new LinkException(
                    LinkTrouble.NETWORK,
                    "broker url '" + settings.url()
                            + "' has no host name that the network knows; letters, digits, dots and hyphens are allowed");
        }
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    private MqttClientSslConfig tls(Duration timeout) throws LinkException {
        MqttClientSslConfigBuilder tls =
                MqttClientSslConfig.builder().handshakeTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS);
        if (settings.caFile().isPresent()) {
            tls = tls.trustManagerFactory(TlsFiles.trust(settings.caFile().get()));
        }
        if (settings.certificateFile().isPresent() && settings.keyFile().isPresent()) {
            tls = tls.keyManagerFactory(TlsFiles.identity(
                    settings.certificateFile().get(), settings.keyFile().get()));
        } else if (settings.certificateFile().isPresent() || settings.keyFile().isPresent()) {
            throw new LinkException(
                    LinkTrouble.LOCAL_FILES, "certificate_file and key_file go together; only one of them is set");
        }
        return tls.build();
    }

    private MqttWebSocketConfig webSocket(Duration timeout) {
        URI url = settings.url();
        String path = url.getPath();
        MqttWebSocketConfigBuilder webSocket = MqttWebSocketConfig.builder()
                .serverPath(path == null || path.isEmpty() || path.equals("/") ? "mqtt" : path)
                .subprotocol("mqtt")
                .handshakeTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS);
        String query = url.getQuery();
        return query == null ? webSocket.build() : webSocket.queryString(query).build();
    }
}
