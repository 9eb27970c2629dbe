package io.github.reedgate.link;

import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;
import io.github.reedgate.message.Message;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Goes through publishing without sending anything, so that the next publish is fast. Stateless; never blocks.
 *
 * <p>It makes the packet of each message and throws it away. For each it also wakes the client's thread for nothing: the thread
 * looks in vain for messages that nobody subscribed to. A processor that has just been awake wakes again at once; one that has
 * slept for long takes a quarter of a millisecond.
 */
final class WarmUp {

    private static final Logger LOG = LoggerFactory.getLogger(WarmUp.class);

    private WarmUp() {}

    /** Warms up the publishing of messages that are due in a moment. */
    static void publish(Mqtt5AsyncClient client, List<Message> messages) {
        for (Message message : messages) {
            client.toRx()
                    .publishes(MqttGlobalPublishFilter.UNSOLICITED)
                    .subscribe(unwanted -> {}, error -> LOG.debug("the client's thread was not woken", error))
                    .dispose();
            try {
                Mqtt5Messages.publish(message);
            } catch (IllegalArgumentException e) {
                LOG.debug("a message that may be due can't be sent by MQTT: {}", e.getMessage());
            }
        }
    }
}
