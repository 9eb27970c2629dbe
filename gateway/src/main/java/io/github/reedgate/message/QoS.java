package io.github.reedgate.message;

/** The delivery guarantee asked of MQTT (MQTT 5, section 4.3); the gateway uses the first two. */
public enum QoS {
    /** QoS 0. */
    AT_MOST_ONCE,
    /** QoS 1. */
    AT_LEAST_ONCE
}
