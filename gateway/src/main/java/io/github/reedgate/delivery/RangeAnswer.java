package io.github.reedgate.delivery;

import io.github.reedgate.event.SeqRange;
import io.github.reedgate.message.Answer;
import io.github.reedgate.message.LogAnswers;
import io.github.reedgate.message.LogRequest;

/** A request for a range of the log and how far its answer has come. Owned by the loop thread; ends with the connection. */
final class RangeAnswer {

    private final LogRequest request;
    private final RangeReader reader;
    private boolean tooLarge;

    /**
     * An answer that has not begun.
     *
     * @param covered the part of the requested range up to the newest number; may be empty
     */
    RangeAnswer(LogRequest request, SeqRange covered) {
        this.request = request;
        this.reader = new RangeReader(covered);
    }

    LogRequest request() {
        return request;
    }

    RangeReader reader() {
        return reader;
    }

    /** The broker takes no message as long as one of the events. */
    void eventIsTooLarge() {
        tooLarge = true;
    }

    /** The last message of the answer; to be asked for once the reader is done and the broker has answered all events. */
    Answer end(LogAnswers messages) {
        SeqRange covered = reader.range();
        if (tooLarge) {
            return messages.error(LogAnswers.Failure.TOO_LARGE, covered, request.replyTo());
        }
        return reader.isComplete()
                ? messages.end(covered, reader.missing(), request.replyTo())
                : messages.error(LogAnswers.Failure.UNREADABLE, covered, request.replyTo());
    }
}
