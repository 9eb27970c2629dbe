package io.github.reedgate.architecture.planted.config;

import com.hivemq.client.mqtt.mqtt5.Mqtt5Client;
import io.github.reedgate.architecture.planted.cli.Stranger;

/** Knows the MQTT client outside its adapter, and a package above its own. */
public final class DirectClient {

    /** Belongs in the adapter. */
    public boolean connected(Mqtt5Client client, Stranger stranger) {
        return client.getState().isConnected() && stranger.connected(client);
    }
}
