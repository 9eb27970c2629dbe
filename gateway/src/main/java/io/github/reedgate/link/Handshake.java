package io.github.reedgate.link;

import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.message.connect.Mqtt5Connect;
import com.hivemq.client.mqtt.mqtt5.message.connect.connack.Mqtt5ConnAck;
import com.hivemq.client.mqtt.mqtt5.message.connect.connack.Mqtt5ConnAckRestrictions;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5WillPublish;
import io.github.reedgate.message.Message;
import java.util.Optional;

/** What the gateway asks of a broker in CONNECT, and whether CONNACK grants what it cannot do without. Immutable. */
final class Handshake {

    /** The gateway takes few and small messages; a hostile broker gets no further. */
    private static final int RECEIVE_MAXIMUM = 16;

    /**
     * The largest packet with a length of two bytes; one of 16,387 bytes does not exist. mosquitto up to 2.0 does not count
     * the first byte ({@code packet__check_oversize}), so of any other limit it would pass on what is one byte too long, and anybody
     * who may write a topic that is read here could end the connection.
     */
    private static final int MAXIMUM_PACKET_BYTES = 1 + 2 + 16_383;

    private final ClientFactory clients;
    private final Mqtt5WillPublish will;

    /** Throws IllegalArgumentException if MQTT cannot carry the will. */
    Handshake(ClientFactory clients, Message will) {
        this.clients = clients;
        this.will = Mqtt5Messages.will(will);
    }

    /** A CONNECT for a session that ends with the connection: what has to survive is kept by the caller. */
    Mqtt5Connect connect() {
        return clients.newConnect()
                .cleanStart(true)
                .sessionExpiryInterval(0)
                .willPublish(will)
                .restrictions()
                .receiveMaximum(RECEIVE_MAXIMUM)
                .maximumPacketSize(MAXIMUM_PACKET_BYTES)
                .applyRestrictions()
                .build();
    }

    /** True if the broker wants to hear of this client more rarely than is good to notice a dead connection, or not at all. */
    boolean stretchesKeepAlive(Mqtt5ConnAck ack) {
        int own = (int) clients.settings().timing().keepAlive().toSeconds();
        int asked = ack.getServerKeepAlive().orElse(own);
        return asked == 0 || asked > own;
    }

    /** Why a broker that accepted the connection is of no use, if it is of none. */
    Optional<LinkException> lacking(Mqtt5ConnAck ack) {
        Mqtt5ConnAckRestrictions granted = ack.getRestrictions();
        String broker = "broker " + clients.server();
        if (!granted.isRetainAvailable()) {
            return Optional.of(new LinkException(
                    LinkTrouble.REFUSED, broker + " keeps no retained messages; switch them on, the states need them"));
        }
        if (granted.getMaximumQos() == MqttQos.AT_MOST_ONCE) {
            return Optional.of(new LinkException(
                    LinkTrouble.REFUSED, broker + " takes QoS 0 only; allow QoS 1, or messages would get lost"));
        }
        return Optional.empty();
    }
}
