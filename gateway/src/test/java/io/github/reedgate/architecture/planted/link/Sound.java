package io.github.reedgate.architecture.planted.link;

import com.hivemq.client.mqtt.mqtt5.Mqtt5Client;

/** Does what it may: no rule should name it. */
public final class Sound {

    /** Is in the right place. */
    public boolean connected(Mqtt5Client client) {
        return client.getState().isConnected();
    }
}
