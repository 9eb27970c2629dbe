package io.github.reedgate.monitor.record;

/**
 * One message as the broker delivered it. Immutable; nobody changes the payload.
 *
 * @param topic its topic
 * @param payload its bytes; may be empty
 * @param receivedMillis when it arrived, in milliseconds since 1970
 */
@SuppressWarnings("ArrayRecordComponent") // read once and never compared
public record RawMessage(String topic, byte[] payload, long receivedMillis) {}
