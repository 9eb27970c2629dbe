package io.github.reedgate.link;

import com.hivemq.client.mqtt.datatypes.MqttUtf8String;
import com.hivemq.client.mqtt.mqtt5.message.Mqtt5ReasonCode;
import com.hivemq.client.mqtt.mqtt5.message.connect.connack.Mqtt5ConnAck;
import com.hivemq.client.mqtt.mqtt5.message.disconnect.Mqtt5Disconnect;
import com.hivemq.client.mqtt.mqtt5.message.disconnect.Mqtt5DisconnectReasonCode;
import com.hivemq.client.mqtt.mqtt5.message.subscribe.suback.Mqtt5SubAckReasonCode;
import java.util.Locale;
import java.util.Optional;

/**
 * What each reason code of MQTT 5 means for this client, and what to do about it. A server that a broker names is shown and
 * never followed: anybody who can answer in the broker's place could name one. Stateless.
 */
final class ReasonCodes {

    private static final String RETAIN =
            "; the states are retained messages: have the broker keep them (mosquitto: retain_available true)";
    private static final String QOS = "; have the broker take QoS 1 (mosquitto: max_qos 2), or messages would get lost";
    private static final String LOG = "; see the broker's log";

    private ReasonCodes() {}

    /** The code's name and number: {@code not authorized (0x87)}. */
    static String words(Mqtt5ReasonCode code) {
        return code.toString().toLowerCase(Locale.ROOT).replace('_', ' ')
                + String.format(Locale.ROOT, " (0x%02X)", code.getCode());
    }

    /** Explains a CONNACK that refuses the connection; {@code server} is the broker as {@code host:port}. */
    static Diagnosis refusal(Mqtt5ConnAck answer, String server, BrokerSettings settings) {
        String said = "broker " + server + " refused the connection: " + words(answer.getReasonCode())
                + quoted(answer.getReasonString());
        String user = who(settings);
        return switch (answer.getReasonCode()) {
            case BAD_USER_NAME_OR_PASSWORD ->
                new Diagnosis(
                        LinkTrouble.BAD_CREDENTIALS,
                        said + "; check the password of " + user + " and that the broker knows that user");
            case NOT_AUTHORIZED ->
                new Diagnosis(
                        LinkTrouble.NOT_AUTHORIZED,
                        said + "; the broker does not let " + user + " in: check name, password and its access rules");
            case BANNED ->
                new Diagnosis(
                        LinkTrouble.NOT_AUTHORIZED,
                        said + "; the broker has locked this client out: its log says why, its access rules end it");
            case BAD_AUTHENTICATION_METHOD ->
                new Diagnosis(
                        LinkTrouble.NOT_AUTHORIZED,
                        said + "; have the broker accept a user name with a password, or a client certificate");
            case CLIENT_IDENTIFIER_NOT_VALID ->
                refused(said, "; it does not accept the client id '" + settings.clientId() + "', use another");
            case UNSUPPORTED_PROTOCOL_VERSION -> refused(said, "; it has to speak MQTT 5: update the broker");
            case SERVER_UNAVAILABLE, SERVER_BUSY ->
                new Diagnosis(LinkTrouble.NETWORK, said + "; nothing to do, the next attempt may succeed");
            case TOPIC_NAME_INVALID, PAYLOAD_FORMAT_INVALID ->
                refused(said, "; the broker does not take this client's will: see its log for the topic");
            case PACKET_TOO_LARGE -> refused(said, "; raise the maximum packet size of the broker");
            case QUOTA_EXCEEDED, CONNECTION_RATE_EXCEEDED ->
                refused(
                        said,
                        "; a limit of the broker is reached: raise it, or see the broker's log for who uses it up");
            default -> shared(answer.getReasonCode().getCode(), said, answer.getServerReference());
        };
    }

    /** Explains a DISCONNECT that the broker sent. */
    static Diagnosis ended(Mqtt5Disconnect answer, String server, BrokerSettings settings) {
        String said = "broker " + server + " ended the connection: " + words(answer.getReasonCode())
                + quoted(answer.getReasonString());
        return switch (answer.getReasonCode()) {
            case SESSION_TAKEN_OVER ->
                new Diagnosis(
                        LinkTrouble.TAKEN_OVER,
                        said + "; another client uses the client id '" + settings.clientId() + "', give each its own");
            case NOT_AUTHORIZED ->
                new Diagnosis(
                        LinkTrouble.NOT_AUTHORIZED,
                        said + "; check what the broker's access rules let " + who(settings) + " do");
            case BAD_AUTHENTICATION_METHOD ->
                new Diagnosis(
                        LinkTrouble.NOT_AUTHORIZED,
                        said + "; have the broker accept a user name with a password, or a client certificate");
            case QUOTA_EXCEEDED -> refused(said, "; a limit of the broker is reached: raise it" + LOG);
            case ADMINISTRATIVE_ACTION -> refused(said, "; somebody ended it at the broker" + LOG);
            case NORMAL_DISCONNECTION,
                    SERVER_BUSY,
                    SERVER_SHUTTING_DOWN,
                    MAXIMUM_CONNECT_TIME,
                    CONNECTION_RATE_EXCEEDED -> broken(said, "; nothing to do, the next attempt may succeed");
            case RETAIN_NOT_SUPPORTED, QOS_NOT_SUPPORTED, USE_ANOTHER_SERVER, SERVER_MOVED ->
                shared(answer.getReasonCode().getCode(), said, answer.getServerReference());
            default -> broken(said, fix(answer.getReasonCode()));
        };
    }

    /** What to do if the broker ended the connection over what this client sent, or did not send. */
    private static String fix(Mqtt5DisconnectReasonCode code) {
        return switch (code) {
            case KEEP_ALIVE_TIMEOUT ->
                "; nothing came from this client in time: is the network slow, or this machine busy?";
            case PACKET_TOO_LARGE -> "; a message was larger than the broker takes: raise its maximum packet size";
            case MESSAGE_RATE_TOO_HIGH -> "; raise the broker's limit of messages in a second";
            case RECEIVE_MAXIMUM_EXCEEDED -> "; the broker counts more messages without an answer than it allows" + LOG;
            case TOPIC_NAME_INVALID, TOPIC_FILTER_INVALID ->
                "; the broker does not take a topic of this client: see its log for which";
            case PAYLOAD_FORMAT_INVALID, TOPIC_ALIAS_INVALID, MALFORMED_PACKET, PROTOCOL_ERROR ->
                "; the broker did not understand what this client sent: see its log, and update it";
            case SHARED_SUBSCRIPTIONS_NOT_SUPPORTED,
                    SUBSCRIPTION_IDENTIFIERS_NOT_SUPPORTED,
                    WILDCARD_SUBSCRIPTIONS_NOT_SUPPORTED ->
                "; have the broker support that, or subscribe to single topics";
            default -> LOG;
        };
    }

    /** What both packets may say. */
    private static Diagnosis shared(int code, String said, Optional<MqttUtf8String> reference) {
        String other = reference
                .map(name -> " '" + Diagnosis.printable(name.toString()) + "'")
                .orElse("");
        return switch (code) {
            case 0x81, 0x82 -> refused(said, "; the broker did not understand CONNECT: see its log, and update it");
            case 0x9A -> refused(said, RETAIN);
            case 0x9B -> refused(said, QOS);
            case 0x9C ->
                refused(
                        said,
                        "; it sends clients to another server" + other
                                + " for now: if you trust that, set the url to it");
            case 0x9D ->
                refused(said, "; it has moved to another server" + other + ": if you trust that, set the url to it");
            default -> refused(said, LOG);
        };
    }

    /** What a broker that refused a subscription said, and what to do about it. */
    static String subscription(Mqtt5SubAckReasonCode code, String user) {
        return words(code) + "; " + Refusals.subscription(code.getCode(), user, "topic_prefix");
    }

    private static Diagnosis refused(String said, String fix) {
        return new Diagnosis(LinkTrouble.REFUSED, said + fix);
    }

    private static Diagnosis broken(String said, String fix) {
        return new Diagnosis(LinkTrouble.NETWORK, said + fix);
    }

    static String who(BrokerSettings settings) {
        return settings.user().map(name -> "user '" + name + "'").orElse("a client without user name");
    }

    static String quoted(Optional<MqttUtf8String> reason) {
        return reason.map(text -> ", '" + Diagnosis.printable(text.toString()) + "'")
                .orElse("");
    }
}
