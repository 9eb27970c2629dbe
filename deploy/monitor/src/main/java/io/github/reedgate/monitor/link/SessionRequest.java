package io.github.reedgate.monitor.link;

import java.time.Duration;

/**
 * A request to another client of the broker. Immutable.
 *
 * @param topic where the other client takes requests
 * @param payload its text
 * @param responseTopic where the answer is to go
 * @param correlation what the answer repeats, a character a byte
 * @param expiry how long the broker keeps it while the other client is away
 */
public record SessionRequest(String topic, String payload, String responseTopic, String correlation, Duration expiry) {}
