package io.github.reedgate.architecture.planted.cli;

import com.hivemq.client.mqtt.mqtt5.Mqtt5Client;

/** A command that has no business with the MQTT client. */
public final class Stranger {

    /** Belongs in the adapter. */
    public boolean connected(Mqtt5Client client) {
        return client.getState().isConnected();
    }
}
