package io.github.reedgate.message;

/**
 * A message that answers a request. Immutable; no answer is stored.
 *
 * @param message the message
 * @param correlation the request's correlation data in Base64, which the message brings back
 */
public record Answer(Message message, String correlation) {}
