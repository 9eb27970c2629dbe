package io.github.reedgate.testbroker;

import java.nio.file.Path;
import java.util.Map;

/** Writes HiveMQ CE's {@code config.xml}, and the key stores it names. */
final class EmbeddedConfiguration {

    private final BrokerOptions options;
    private final Map<Transport, Integer> ports;
    private final TempFolder folder;

    EmbeddedConfiguration(BrokerOptions options, Map<Transport, Integer> ports, TempFolder folder) {
        this.options = options;
        this.ports = ports;
        this.folder = folder;
    }

    String xml() {
        String tls = options.identity().map(this::tls).orElse("");
        StringBuilder listeners = new StringBuilder();
        ports.forEach((transport, port) -> listeners.append(listener(transport, port, tls)));
        return """
                <?xml version="1.0"?>
                <hivemq>
                <listeners>
                %s</listeners>
                %s<anonymous-usage-statistics><enabled>false</enabled></anonymous-usage-statistics>
                <persistence><mode>file</mode></persistence>
                </hivemq>
                """.formatted(listeners, mqtt());
    }

    private String listener(Transport transport, int port, String tls) {
        String element = (transport.usesTls() ? "tls-" : "") + (transport.usesWebSocket() ? "websocket" : "tcp");
        return """
                <%1$s-listener>
                <port>%2$d</port>
                <bind-address>%3$s</bind-address>
                <name>%4$s</name>
                %5$s%6$s</%1$s-listener>
                """.formatted(
                        element,
                        port,
                        options.bindAddress().getHostAddress(),
                        transport.scheme(),
                        transport.usesWebSocket()
                                ? "<path>/mqtt</path><subprotocols><subprotocol>mqtt</subprotocol></subprotocols>\n"
                                : "",
                        transport.usesTls() ? tls : "");
    }

    private String tls(Identity identity) {
        Path store = KeyStores.forServer(identity, folder.path().resolve("server.p12"));
        String clients = options.clientAuthorityFile()
                .map(file -> KeyStores.forTrust(file, folder.path().resolve("clients.p12")))
                .map(trust -> """
                        <client-authentication-mode>REQUIRED</client-authentication-mode>
                        <truststore><path>%s</path><password>%s</password></truststore>
                        """.formatted(trust, KeyStores.PASSWORD))
                .orElse("");
        return """
                <tls>
                <keystore><path>%1$s</path><password>%2$s</password><private-key-password>%2$s</private-key-password></keystore>
                %3$s</tls>
                """.formatted(store, KeyStores.PASSWORD, clients);
    }

    /** By default it drops what comes for a client that already has a thousand messages waiting. */
    private String mqtt() {
        int limit = options.maximumPacketBytes();
        return """
                <mqtt>
                <queued-messages><max-queue-size>1000000</max-queue-size></queued-messages>
                %s</mqtt>
                """.formatted(
                limit == 0 ? "" : "<packets><max-packet-size>%d</max-packet-size></packets>\n".formatted(limit));
    }
}
