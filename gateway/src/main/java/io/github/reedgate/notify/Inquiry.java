package io.github.reedgate.notify;

/**
 * A look at what a target's button has sent. Immutable.
 *
 * @param target whose button
 * @param replyTopic the topic at its server
 * @param attempt the attempt's number, returned with the answer
 * @param since the id of the message that was seen last, or how far to look back, as ntfy understands it
 */
public record Inquiry(NotifyTarget target, String replyTopic, long attempt, String since) {}
