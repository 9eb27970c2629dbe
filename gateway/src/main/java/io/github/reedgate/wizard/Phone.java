package io.github.reedgate.wizard;

/** A way by which a phone learns of an alarm. */
public sealed interface Phone {

    /**
     * A push by an ntfy server.
     *
     * @param id the target's id in the configuration
     * @param server the server's URL
     * @param topic the topic, which is a secret
     */
    record Ntfy(String id, String server, String topic) implements Phone {

        @Override
        public String toString() {
            return "ntfy target " + id;
        }
    }

    /**
     * An MQTT app on a phone.
     *
     * @param account its user name at the broker
     */
    record MqttApp(String account) implements Phone {}

    /**
     * Home Assistant, which finds the gateway by discovery.
     *
     * @param account its user name at the broker
     */
    record HomeAssistant(String account) implements Phone {}
}
