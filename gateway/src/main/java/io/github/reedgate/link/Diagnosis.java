package io.github.reedgate.link;

import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5ConnAckException;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5DisconnectException;
import com.hivemq.client.mqtt.mqtt5.message.disconnect.Mqtt5Disconnect;
import com.hivemq.client.mqtt.mqtt5.message.disconnect.Mqtt5DisconnectReasonCode;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.nio.channels.ClosedChannelException;
import java.security.cert.CertificateException;
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
    private static final String SENT_BY_US = "Client sent DISCONNECT";
    /** How the client library begins the message of a DISCONNECT that was not its own. */
    private static final String SENT_BY_BROKER = "Server sent DISCONNECT";

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
            return ReasonCodes.refusal(refused.get().getMqttMessage(), server, settings);
        }
        Optional<Mqtt5DisconnectException> ended = find(failure, Mqtt5DisconnectException.class);
        if (ended.isPresent()) {
            return ended(ended.get(), server, settings);
        }
        return find(failure, SSLException.class).isPresent()
                        || find(failure, CertificateException.class).isPresent()
                ? new TlsFailure(failure, server, settings).diagnosis()
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

    /** Explains the loss of an established connection, where whatever this side could not read was no answer to CONNECT. */
    static Diagnosis ofLoss(Throwable failure, String server, BrokerSettings settings) {
        Optional<Mqtt5DisconnectException> own = find(failure, Mqtt5DisconnectException.class)
                .filter(each -> !String.valueOf(each.getMessage()).startsWith(SENT_BY_BROKER));
        if (own.isPresent() && String.valueOf(own.get().getMessage()).startsWith(SENT_BY_US)) {
            return new Diagnosis(
                    LinkTrouble.NO_ANSWER,
                    "broker " + server + " did not acknowledge a subscription in time, so this client ended the"
                            + " connection; see the broker's log");
        }
        return own.map(each -> unreadable(each.getMqttMessage(), server))
                .orElseGet(() -> of(failure, server, settings));
    }

    /** Explains connections that the broker keeps closing without a reason shortly after it accepted them. */
    static Diagnosis takenOver(String server, BrokerSettings settings) {
        return new Diagnosis(
                LinkTrouble.TAKEN_OVER,
                "broker " + server
                        + " keeps closing the connection shortly after accepting it; probably another client "
                        + "uses the client id '" + settings.clientId() + "', give each its own");
    }

    private static Diagnosis ended(Mqtt5DisconnectException failure, String server, BrokerSettings settings) {
        Mqtt5Disconnect packet = failure.getMqttMessage();
        String text = String.valueOf(failure.getMessage());
        if (text.startsWith("Timeout while waiting for CONNACK")) {
            return new Diagnosis(
                    LinkTrouble.NO_ANSWER,
                    "broker " + server + " took the connection but did not answer; is that port really MQTT"
                            + (settings.usesTls() ? " over TLS?" : " without TLS?"));
        }
        if (text.startsWith(SENT_BY_BROKER)) {
            return ReasonCodes.ended(packet, server, settings);
        }
        Optional<String> undecodable = packet.getReasonString()
                .map(Object::toString)
                .filter(reason -> packet.getReasonCode() != Mqtt5DisconnectReasonCode.PACKET_TOO_LARGE
                        && reason.startsWith("Exception while decoding")
                        && !reason.startsWith("Exception while decoding PUBLISH"));
        if (undecodable.isPresent()) {
            return new Diagnosis(
                    LinkTrouble.REFUSED,
                    "broker " + server + " answered with something that is not MQTT 5, '"
                            + printable(undecodable.get())
                            + "'; check host and port, and update a broker that does not speak MQTT 5");
        }
        return unreadable(packet, server);
    }

    /** This side ended the connection: no refusal by the broker, so the next attempt is made soon. */
    private static Diagnosis unreadable(Mqtt5Disconnect packet, String server) {
        String reason = packet.getReasonString().map(Object::toString).orElse("");
        boolean isMessage = reason.contains("PUBLISH");
        return new Diagnosis(
                LinkTrouble.UNREADABLE,
                "this client ended the connection, for it can't take what came from broker " + server + ": "
                        + ReasonCodes.words(packet.getReasonCode()) + ReasonCodes.quoted(packet.getReasonString())
                        + (isMessage
                                ? "; find out who publishes on the topics that it reads"
                                : "; the broker does not keep to MQTT 5, update it"));
    }

    private static Diagnosis network(Throwable failure, String server) {
        String text = deepest(failure);
        Optional<UnknownHostException> unknown = find(failure, UnknownHostException.class);
        if (unknown.isPresent()) {
            String why = String.valueOf(unknown.get().getMessage());
            return new Diagnosis(
                    LinkTrouble.NETWORK,
                    "no address is known for the host of broker " + server
                            + (why.startsWith("the name service") || why.startsWith("no such interface")
                                    ? " (" + printable(why) + ")"
                                    : "")
                            + "; check the name and DNS");
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
    static <T extends Throwable> Optional<T> find(Throwable failure, Class<T> type) {
        return causes(failure).filter(type::isInstance).map(type::cast).findFirst();
    }

    private static Stream<Throwable> causes(Throwable failure) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
                .limit(MOST_CAUSES);
    }

    static String deepest(Throwable failure) {
        Throwable last = causes(failure).reduce(failure, (earlier, later) -> later);
        String text = last.getMessage();
        return text == null || text.isBlank() ? last.getClass().getSimpleName() : printable(text);
    }

    /** Much of this text is what the other side sent: no control character may reach the log or a terminal. */
    static String printable(String text) {
        String line = text.replaceAll("[^\\p{L}\\p{N}\\p{P}\\p{S} ]", "?");
        return line.length() > LONGEST_TEXT ? line.substring(0, LONGEST_TEXT) + "…" : line;
    }
}
