package io.github.reedgate.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.hivemq.client.mqtt.MqttClientSslConfig;
import com.hivemq.client.mqtt.MqttClientTransportConfig;
import com.hivemq.client.mqtt.MqttWebSocketConfig;
import com.hivemq.client.mqtt.mqtt5.Mqtt5ClientConfig;
import io.github.reedgate.secrets.TestIdentity;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the MQTT client is told of the settings. */
class ClientFactoryTest {

    @TempDir
    Path folder;

    @Test
    void clearTextClientHasNeitherTlsNorWebSocket() throws LinkException {
        MqttClientTransportConfig transport = transport(TestSettings.url("mqtt://broker.example"));

        assertThat(transport.getServerAddress().getHostString()).isEqualTo("broker.example");
        assertThat(transport.getServerAddress().getPort()).isEqualTo(1883);
        assertThat(transport.getSslConfig()).isEmpty();
        assertThat(transport.getWebSocketConfig()).isEmpty();
        assertThat(transport.getSocketConnectTimeoutMs()).isEqualTo(10_000);
        assertThat(transport.getMqttConnectTimeoutMs()).isEqualTo(10_000);
    }

    @Test
    void hostNameCheckStaysOn() throws LinkException {
        MqttClientSslConfig tls = transport(TestSettings.url("mqtts://broker.example"))
                .getSslConfig()
                .orElseThrow();

        assertThat(tls.getHostnameVerifier()).isEmpty();
        assertThat(tls.getTrustManagerFactory()).isEmpty();
        assertThat(tls.getHandshakeTimeoutMs()).isEqualTo(10_000);
    }

    @Test
    void ownAuthorityAndIdentityReachTheTlsSettings() throws LinkException, IOException {
        TestIdentity identity = TestIdentity.create("EC", "broker.example", folder);
        Path certificate = Files.writeString(folder.resolve("cert.pem"), identity.certificate());
        Path key = Files.writeString(folder.resolve("key.pem"), identity.key());

        MqttClientSslConfig tls = transport(TestSettings.url("wss://broker.example")
                        .withCa(certificate)
                        .withCertificate(certificate)
                        .withKey(key))
                .getSslConfig()
                .orElseThrow();

        assertThat(tls.getTrustManagerFactory()).isPresent();
        assertThat(tls.getKeyManagerFactory()).isPresent();
    }

    @Test
    void certificateWithoutKeyIsRefused() {
        TestSettings settings = TestSettings.url("mqtts://broker.example").withCertificate(folder.resolve("cert.pem"));

        assertThatThrownBy(() -> transport(settings))
                .isInstanceOf(LinkException.class)
                .hasMessage("certificate_file and key_file go together; only one of them is set");
    }

    @Test
    void webSocketHasPathQueryAndSubprotocol() throws LinkException {
        MqttWebSocketConfig given = webSocket("ws://broker.example:8080/a/b%20c?x=1");
        MqttWebSocketConfig usual = webSocket("wss://broker.example");

        assertThat(given.getServerPath()).isEqualTo("a/b c");
        assertThat(given.getQueryString()).isEqualTo("x=1");
        assertThat(given.getSubprotocol()).isEqualTo("mqtt");
        assertThat(given.getHandshakeTimeoutMs()).isEqualTo(10_000);
        assertThat(usual.getServerPath()).isEqualTo("mqtt");
    }

    @Test
    void pathThatIsOnlyASlashStaysOne() throws LinkException {
        assertThat(webSocket("ws://broker.example/").getServerPath()).isEmpty();
        assertThat(webSocket("wss://broker.example:443/").getServerPath()).isEmpty();
    }

    @Test
    void addressOfVersion6LosesItsBrackets() throws LinkException {
        MqttClientTransportConfig transport = transport(TestSettings.url("mqtt://[::1]:1884"));

        assertThat(transport.getServerAddress().getHostString()).isEqualTo("::1");
        assertThat(transport.getServerAddress().getPort()).isEqualTo(1884);
    }

    @Test
    void hostWithAnUnderscoreIsOneAndOneThatIsNoHostNameIsRefused() throws LinkException {
        assertThat(transport(TestSettings.url("mqtt://my_broker:1884"))
                        .getServerAddress()
                        .getHostString())
                .isEqualTo("my_broker");
        ClientFactory factory = factory(TestSettings.url("mqtt://my~broker:1883"), Map.of());
        assertThatThrownBy(factory::newClient)
                .isInstanceOf(LinkException.class)
                .hasMessageStartingWith("broker url 'mqtt://my~broker:1883' has no host name");
    }

    @Test
    void userAndPasswordReachTheClientAndNoText() throws LinkException {
        ClientFactory factory = factory(
                TestSettings.url("mqtt://localhost").withUser("home"), Map.of("REEDGATE_BROKER_PASSWORD", "hush"));

        Mqtt5ClientConfig config = factory.newClient().build().getConfig();

        assertThat(config.getSimpleAuth()).isPresent();
        assertThat(config.getClientIdentifier().orElseThrow()).hasToString("test-client");
        assertThat(String.valueOf(config)).doesNotContain("hush");
    }

    @Test
    void connectCarriesTheKeepAlive() {
        assertThat(factory(TestSettings.url("mqtt://localhost"), Map.of())
                        .newConnect()
                        .build()
                        .getKeepAlive())
                .isEqualTo(60);
    }

    private static MqttWebSocketConfig webSocket(String url) throws LinkException {
        return transport(TestSettings.url(url)).getWebSocketConfig().orElseThrow();
    }

    private static MqttClientTransportConfig transport(TestSettings settings) throws LinkException {
        ClientFactory factory = factory(settings, Map.of());
        Resolver resolver = host ->
                List.of(InetAddress.getByName(host.contains(":") ? host : "192.0.2.1")); // reserved for examples
        Duration limit = Duration.ofSeconds(10);
        try {
            InetAddress address = factory.addresses(resolver).await(limit).get(0);
            return factory.newClient(address, limit).build().getConfig().getTransportConfig();
        } catch (UnknownHostException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static ClientFactory factory(TestSettings settings, Map<String, String> environment) {
        BrokerSettings built = settings.build();
        return new ClientFactory(built, new CredentialSource(built, environment));
    }
}
