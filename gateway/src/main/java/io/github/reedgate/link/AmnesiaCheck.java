package io.github.reedgate.link;

import java.util.OptionalLong;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Asks each connection for the watermark, unless that seems to be what ends the connections: some brokers disconnect a
 * client that subscribes to what it may not read. After two connections in a row that ended before the answer the next one
 * is not asked, then one is asked again. Owned by thread {@code broker-link}.
 */
final class AmnesiaCheck {

    private static final int MOST_BROKEN_OFF = 2;

    private final WatermarkQuestion.Subject subject;
    private final Executor thread;
    private final Consumer<LinkEvent> listener;

    private int brokenOff;
    private boolean isUnreadable;
    private @Nullable WatermarkQuestion question;

    /**
     * A check that has asked nobody yet.
     *
     * @param subject what to ask
     * @param thread the thread that owns this; tells the answer
     * @param listener told the answer
     */
    AmnesiaCheck(WatermarkQuestion.Subject subject, Executor thread, Consumer<LinkEvent> listener) {
        this.subject = subject;
        this.thread = thread;
        this.listener = listener;
    }

    /** A connection is up: sends the question or not, and returns at once; the answer is told later. */
    void up(Connection connection) {
        question = null;
        if (brokenOff < MOST_BROKEN_OFF) {
            question = connection.ask(subject, listener);
            return;
        }
        brokenOff--;
        String what = isUnreadable
                ? " sent what this client can't take on " + MOST_BROKEN_OFF + " connections in a row that asked for "
                        + subject.topic() + ", so this one does without; see who publishes there"
                : " ended " + MOST_BROKEN_OFF + " connections in a row before it answered the subscription to "
                        + subject.topic() + ", so this one does without; if its log names its access rules, allow "
                        + subject.user() + " to read that topic";
        String message =
                "broker " + subject.server() + what + ", or what a crashed broker has forgotten can't be found out";
        thread.execute(() -> listener.accept(new LinkEvent.Watermark(
                connection.number(), OptionalLong.empty(), WatermarkOutcome.NO_ANSWER, message)));
    }

    /** The connection that was up has ended, for that trouble; a take-over says nothing about the question. */
    void ended(LinkTrouble trouble) {
        WatermarkQuestion asked = question;
        if (asked != null) {
            if (trouble != LinkTrouble.TAKEN_OVER) {
                brokenOff = asked.isOpen() ? brokenOff + 1 : 0;
                isUnreadable = trouble == LinkTrouble.UNREADABLE;
            }
            asked.end();
            question = null;
        }
    }
}
