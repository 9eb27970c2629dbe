package io.github.reedgate.link;

import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5ConnAckException;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5DisconnectException;
import com.hivemq.client.mqtt.mqtt5.message.connect.connack.Mqtt5ConnAck;
import com.hivemq.client.mqtt.mqtt5.message.connect.connack.Mqtt5ConnAckReasonCode;
import com.hivemq.client.mqtt.mqtt5.message.disconnect.Mqtt5Disconnect;
import com.hivemq.client.mqtt.mqtt5.message.disconnect.Mqtt5DisconnectReasonCode;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.nio.channels.ClosedChannelException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;

/**
 * What an exception of the MQTT client means and what to do about it. Immutable.
 *
 * @param trouble what kind of trouble it is
 * @param message what happened and the fix, one line, lower case first; holds no secret
 */
public record Diagnosis(LinkTrouble trouble, String message) {

    private static final int MOST_CAUSES = 32;
    private static final int LONGEST_TEXT = 160;

    /**
     * Explains a failed attempt or a lost connection.
     *
     * @param failure what the client gave, wrapped in whatever
     * @param server the broker as {@code host:port}
     * @param settings of the connection; name the files and the user in the fix
     */
    public static Diagnosis of(Throwable failure, String server, BrokerSettings settings) {
        Optional<LinkException> local = find(failure, LinkException.class);
        if (local.isPresent()) {
            return new Diagnosis(
                    local.get().trouble(), String.valueOf(local.get().getMessage()));
        }
        Optional<Mqtt5ConnAckException> refused = find(failure, Mqtt5ConnAckException.class);
        if (refused.isPresent()) {
            return refusal(refused.get().getMqttMessage(), server, settings);
        }
        Optional<Mqtt5DisconnectException> ended = find(failure, Mqtt5DisconnectException.class);
        if (ended.isPresent()) {
            return ended(ended.get(), server, settings);
        }
        return find(failure, SSLException.class).isPresent()
                        || find(failure, CertificateException.class).isPresent()
                ? tls(failure, server, settings)
                : network(failure, server);
    }

    /**
     * Explains an attempt that failed before the broker accepted the connection, where an end without words often means that
     * one side speaks TLS and the other does not.
     */
    static Diagnosis ofAttempt(Throwable failure, String server, BrokerSettings settings) {
        Diagnosis plain = of(failure, server, settings);
        boolean wordless = plain.message().contains("closed the connection without")
                || plain.message().contains("reset");
        if (plain.trouble() != LinkTrouble.NETWORK || !wordless) {
            return plain;
        }
        String scheme = settings.usesWebSocket() ? "wss" : "mqtts";
        return new Diagnosis(
                LinkTrouble.NETWORK,
                plain.message()
                        + (settings.usesTls()
                                ? "; is that its TLS port?"
                                : "; is that its port, and if the port wants TLS, does the url begin with " + scheme
                                        + "://?"));
    }

    /** Explains connections that the broker keeps closing without a reason shortly after it accepted them. */
    static Diagnosis takenOver(String server, BrokerSettings settings) {
        return new Diagnosis(
                LinkTrouble.TAKEN_OVER,
                "broker " + server
                        + " keeps closing the connection shortly after accepting it; probably another client "
                        + "uses the client id '" + settings.clientId() + "', give each its own");
    }

    private static Diagnosis refusal(Mqtt5ConnAck answer, String server, BrokerSettings settings) {
        Mqtt5ConnAckReasonCode code = answer.getReasonCode();
        String said = "broker " + server + " refused the connection: " + words(code.name()) + hex(code.getCode())
                + answer.getReasonString().map(Diagnosis::quoted).orElse("");
        String user = settings.user().map(name -> "user '" + name + "'").orElse("a client without user name");
        return switch (code) {
            case BAD_USER_NAME_OR_PASSWORD ->
                new Diagnosis(
                        LinkTrouble.BAD_CREDENTIALS,
                        said + "; check the password of " + user + " and that the broker knows that user");
            case NOT_AUTHORIZED, BANNED, BAD_AUTHENTICATION_METHOD ->
                new Diagnosis(
                        LinkTrouble.NOT_AUTHORIZED,
                        said + "; the broker does not let " + user + " in: check name, password and its access rules");
            case CLIENT_IDENTIFIER_NOT_VALID ->
                new Diagnosis(
                        LinkTrouble.REFUSED,
                        said + "; it does not accept the client id '" + settings.clientId() + "', use another");
            case UNSUPPORTED_PROTOCOL_VERSION ->
                new Diagnosis(LinkTrouble.REFUSED, said + "; it has to speak MQTT 5: update the broker");
            case SERVER_UNAVAILABLE, SERVER_BUSY ->
                new Diagnosis(LinkTrouble.NETWORK, said + "; nothing to do, the next attempt may succeed");
            default -> new Diagnosis(LinkTrouble.REFUSED, said + "; see the broker's log");
        };
    }

    private static Diagnosis ended(Mqtt5DisconnectException failure, String server, BrokerSettings settings) {
        Mqtt5Disconnect answer = failure.getMqttMessage();
        Mqtt5DisconnectReasonCode code = answer.getReasonCode();
        String text = String.valueOf(failure.getMessage());
        if (text.startsWith("Timeout while waiting for CONNACK")) {
            return new Diagnosis(
                    LinkTrouble.NO_ANSWER,
                    "broker " + server + " took the connection but did not answer; is that port really MQTT"
                            + (settings.usesTls() ? " over TLS?" : " without TLS?"));
        }
        Optional<String> undecodable = answer.getReasonString()
                .map(Object::toString)
                .filter(reason -> code != Mqtt5DisconnectReasonCode.PACKET_TOO_LARGE
                        && reason.startsWith("Exception while decoding"));
        if (undecodable.isPresent()) {
            return new Diagnosis(
                    LinkTrouble.REFUSED,
                    "broker " + server + " answered with something that is not MQTT 5" + quoted(undecodable.get())
                            + "; check host and port, and update a broker that does not speak MQTT 5");
        }
        String said = "broker " + server + " ended the connection: " + words(code.name()) + hex(code.getCode())
                + answer.getReasonString().map(Diagnosis::quoted).orElse("");
        return switch (code) {
            case SESSION_TAKEN_OVER ->
                new Diagnosis(
                        LinkTrouble.TAKEN_OVER,
                        said + "; another client uses the client id '" + settings.clientId() + "', give each its own");
            case NOT_AUTHORIZED -> new Diagnosis(LinkTrouble.NOT_AUTHORIZED, said + "; check the access rules");
            case PACKET_TOO_LARGE, QUOTA_EXCEEDED, ADMINISTRATIVE_ACTION ->
                new Diagnosis(LinkTrouble.REFUSED, said + "; see the broker's log");
            default -> new Diagnosis(LinkTrouble.NETWORK, said);
        };
    }

    private static Diagnosis tls(Throwable failure, String server, BrokerSettings settings) {
        String start = "broker " + server + " cannot be trusted: ";
        if (find(failure, CertificateExpiredException.class).isPresent()) {
            return new Diagnosis(
                    LinkTrouble.TLS,
                    start + "its certificate has expired; renew it on the broker, or set this machine's clock");
        }
        if (find(failure, CertificateNotYetValidException.class).isPresent()) {
            return new Diagnosis(
                    LinkTrouble.TLS, start + "its certificate is not valid yet; is this machine's clock right?");
        }
        if (find(failure, CertPathBuilderException.class).isPresent()) {
            return new Diagnosis(
                    LinkTrouble.TLS,
                    start + "its certificate was signed by none of the authorities "
                            + settings.caFile()
                                    .map(file -> "in " + file + "; put the broker's CA certificate there")
                                    .orElse("of this system; name the broker's CA certificate with ca_file"));
        }
        String text = deepest(failure);
        if (text.startsWith("No subject alternative") || text.startsWith("No name matching")) {
            return new Diagnosis(
                    LinkTrouble.TLS,
                    start + "its certificate is for another host (" + text + "); use a name that is in it, "
                            + "or have it issued for this one");
        }
        return new Diagnosis(
                LinkTrouble.TLS,
                "TLS with broker " + server + " failed: " + text + "; is that its TLS port"
                        + (settings.certificateFile().isPresent()
                                ? ", and does it accept this client's certificate?"
                                : ", and does it want a client certificate?"));
    }

    private static Diagnosis network(Throwable failure, String server) {
        String text = deepest(failure);
        if (find(failure, UnknownHostException.class).isPresent()) {
            return new Diagnosis(
                    LinkTrouble.NETWORK,
                    "no address is known for the host of broker " + server + "; check the name and DNS");
        }
        if (text.toLowerCase(Locale.ROOT).contains("timed out")) {
            return new Diagnosis(
                    LinkTrouble.NETWORK,
                    "broker " + server + " does not answer; is the host up, and does a firewall let the port through?");
        }
        if (find(failure, NoRouteToHostException.class).isPresent()) {
            return new Diagnosis(
                    LinkTrouble.NETWORK, "broker " + server + " cannot be reached: " + text + "; check the network");
        }
        if (find(failure, ConnectException.class).isPresent()) {
            return new Diagnosis(
                    LinkTrouble.NETWORK,
                    "nothing listens at " + server + " (" + text + "); is the broker running, and is that its port?");
        }
        if (text.startsWith("Server closed connection without DISCONNECT")
                || find(failure, ClosedChannelException.class).isPresent()) {
            return new Diagnosis(
                    LinkTrouble.NETWORK, "broker " + server + " closed the connection without giving a reason");
        }
        if (text.startsWith("Invalid handshake response")) {
            return new Diagnosis(
                    LinkTrouble.NETWORK,
                    "no WebSocket for MQTT at broker " + server + " (" + text + "); check port and path of the URL");
        }
        return new Diagnosis(LinkTrouble.NETWORK, "the connection to broker " + server + " failed: " + text);
    }

    /** The first exception of a type among an exception and its causes. */
    private static <T extends Throwable> Optional<T> find(Throwable failure, Class<T> type) {
        return causes(failure).filter(type::isInstance).map(type::cast).findFirst();
    }

    private static Stream<Throwable> causes(Throwable failure) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
                .limit(MOST_CAUSES);
    }

    private static String deepest(Throwable failure) {
        Throwable last = causes(failure).reduce(failure, (earlier, later) -> later);
        String text = last.getMessage();
        return text == null || text.isBlank() ? last.getClass().getSimpleName() : printable(text);
    }

    private static String words(String constant) {
        return constant.toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static String hex(int code) {
        return String.format(Locale.ROOT, " (0x%02X)", code);
    }

    private static String quoted(Object reason) {
        return ", '" + printable(reason.toString()) + "'";
    }

    /** Much of this text is what the other side sent: no control character may reach the log or a terminal. */
    static String printable(String text) {
        String line = text.replaceAll("[^\\p{L}\\p{N}\\p{P}\\p{S} ]", "?");
        return line.length() > LONGEST_TEXT ? line.substring(0, LONGEST_TEXT) + "…" : line;
    }
}
