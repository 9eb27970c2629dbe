package io.github.reedgate.testbroker;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** Writes {@code mosquitto.conf} and the files it names. */
final class MosquittoConfiguration {

    static final String PROGRAM = "/usr/sbin/mosquitto";

    private static final String PASSWORD_PROGRAM = "mosquitto_passwd";
    private static final int LIMIT_SECONDS = 10;

    private final BrokerOptions options;
    private final Map<Transport, Integer> ports;
    private final TempFolder folder;

    MosquittoConfiguration(BrokerOptions options, Map<Transport, Integer> ports, TempFolder folder) {
        this.options = options;
        this.ports = ports;
        this.folder = folder;
    }

    Path write() {
        StringBuilder text = new StringBuilder();
        // it would otherwise change to its own user, who cannot read these files
        text.append("user ").append(System.getProperty("user.name")).append('\n');
        text.append("allow_anonymous ").append(options.anonymous()).append('\n');
        if (!options.accounts().isEmpty()) {
            text.append("password_file ").append(passwordFile()).append('\n');
            text.append("acl_file ").append(accessFile()).append('\n');
        }
        text.append("persistence true\npersistence_location ")
                .append(folder.folder("data"))
                .append("/\nlog_dest stderr\n");
        if (options.careful()) {
            text.append("autosave_on_changes true\nautosave_interval 1\n");
        }
        // by default it drops what comes for a client that already has a thousand messages waiting
        text.append("max_queued_messages 0\n");
        if (options.maximumPacketBytes() > 0) {
            text.append("max_packet_size ").append(options.maximumPacketBytes()).append('\n');
        }
        ports.forEach((transport, port) -> text.append(listener(transport, port)));
        return folder.file("mosquitto.conf", text.toString());
    }

    private String listener(Transport transport, int port) {
        String text = "listener " + port + " " + options.bindAddress().getHostAddress() + "\nprotocol "
                + (transport.usesWebSocket() ? "websockets" : "mqtt") + "\n";
        if (!transport.usesTls()) {
            return text;
        }
        String tls = options.identity()
                .map(own -> "certfile " + own.certificateFile() + "\nkeyfile " + own.keyFile() + "\n")
                .orElse("");
        String clients = options.clientAuthorityFile()
                .map(file -> "cafile " + file + "\nrequire_certificate true\n")
                .orElse("");
        return text + tls + clients;
    }

    private String accessFile() {
        StringBuilder text = new StringBuilder();
        if (options.anonymous()) {
            text.append("topic readwrite #\n");
        }
        for (Account account : options.accounts()) {
            text.append("user ").append(account.user()).append('\n');
            account.topicFilters()
                    .forEach(filter ->
                            text.append("topic readwrite ").append(filter).append('\n'));
        }
        return folder.file("access", text.toString()).toString();
    }

    private String passwordFile() {
        Path file = folder.file(
                "passwords",
                options.accounts().stream()
                        .map(account -> account.user() + ":" + account.password() + "\n")
                        .collect(Collectors.joining()));
        try {
            Process hashing = new ProcessBuilder(PASSWORD_PROGRAM, "-U", file.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (!hashing.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS) || hashing.exitValue() != 0) {
                hashing.destroyForcibly();
                throw new BrokerException(PASSWORD_PROGRAM + " -U " + file + " failed");
            }
        } catch (IOException e) {
            throw new BrokerException("cannot run " + PASSWORD_PROGRAM, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BrokerException("interrupted while hashing passwords", e);
        }
        return file.toString();
    }
}
