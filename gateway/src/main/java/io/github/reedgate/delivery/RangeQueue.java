package io.github.reedgate.delivery;

import io.github.reedgate.event.LogRow;
import io.github.reedgate.event.SeqRange;
import io.github.reedgate.link.BrokerLink;
import io.github.reedgate.link.LinkEvent;
import io.github.reedgate.link.PublishOutcome;
import io.github.reedgate.message.Answer;
import io.github.reedgate.message.LogAnswers;
import io.github.reedgate.message.LogRequest;
import io.github.reedgate.message.Message;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Answers requests for a range of the event log, one after the other, beside the {@link Courier}. It sends only if there is room that
 * nobody else wants, and at most {@value #MOST_IN_A_SECOND} messages a second. The end of an answer follows once the broker has
 * acknowledged all before it. A request ends with the connection that it came on. Does nothing while nobody asks. Owned by the loop
 * thread; never blocks; time is an argument.
 */
public final class RangeQueue {

    /** How many numbers a request may ask for. */
    public static final int MOST_NUMBERS = 1_000;

    /** How many requests wait beside the one that is answered. */
    public static final int MOST_WAITING = 4;

    /** How many messages are sent in a second. */
    public static final int MOST_IN_A_SECOND = 100;

    /** How many messages may be unacknowledged. */
    static final int WINDOW = 16;

    /** How many rows are read at a time. */
    static final int PAGE = 64;

    /** How many refusals wait to be sent; what is refused beyond gets no answer, and is counted all the same. */
    static final int MOST_REFUSALS = 8;

    /**
     * How long nobody is answered after a connection that ended while an answer was in flight; twice as long after each further one. Some
     * brokers end the connection instead of refusing a message, and whoever asks again and again must not cut the gateway off.
     */
    static final Duration PAUSE = Duration.ofMinutes(1);

    /** The longest such pause. After the same time without such an end the next pause is {@link #PAUSE} again. */
    static final Duration LONGEST_PAUSE = Duration.ofHours(1);

    private static final long PACE_NANOS = Duration.ofSeconds(1).toNanos() / MOST_IN_A_SECOND;

    private final LogSource source;
    private final BrokerLink link;
    private final LogAnswers messages;

    private final Deque<RangeAnswer> waiting = new ArrayDeque<>();
    private final Deque<Answer> refusals = new ArrayDeque<>();
    private final RangesInFlight inFlight = new RangesInFlight();
    private @Nullable RangeAnswer current;
    private long connection;
    private boolean reading;
    private long lastRequest;
    private OptionalLong earliestNanos = OptionalLong.empty();
    private OptionalLong pausedUntilNanos = OptionalLong.empty();
    private Duration nextPause = PAUSE;

    /**
     * A queue without requests and without a connection.
     *
     * @param source reads the log
     * @param link the connection, also used by others, with tokens above {@code Long.MIN_VALUE / 2}
     * @param messages writes the messages
     */
    public RangeQueue(LogSource source, BrokerLink link, LogAnswers messages) {
        this.source = source;
        this.link = link;
        this.messages = messages;
    }

    /** True if a publish was made here, so that {@link #published} wants its answer and nobody else does. */
    public static boolean madeHere(LinkEvent.Published answer) {
        return RangesInFlight.madeHere(answer);
    }

    /** There is a connection; what others asked on the one before is forgotten. */
    public void linkUp(LinkEvent.Up up) {
        forget();
        connection = up.connection();
    }

    /** There is no connection any more; all requests are forgotten. */
    public void linkDown(long nowNanos) {
        if (inFlight.size() > 0) {
            pause(nowNanos);
        }
        forget();
    }

    private void pause(long nowNanos) {
        if (pausedUntilNanos.isPresent() && nowNanos - pausedUntilNanos.getAsLong() >= LONGEST_PAUSE.toNanos()) {
            nextPause = PAUSE;
        }
        pausedUntilNanos = OptionalLong.of(nowNanos + nextPause.toNanos());
        Duration twice = nextPause.multipliedBy(2);
        nextPause = twice.compareTo(LONGEST_PAUSE) < 0 ? twice : LONGEST_PAUSE;
    }

    private void forget() {
        waiting.clear();
        refusals.clear();
        inFlight.clear();
        connection = 0;
        next();
    }

    /**
     * Takes a request. {@link #advance} answers it.
     *
     * @param newest the newest number that was recorded so far; the answer ends there at the latest
     * @return why it is refused; empty if it is not
     */
    public Optional<LogAnswers.Failure> request(LogRequest request, long newest, long nowNanos) {
        boolean isPaused = pausedUntilNanos.isPresent() && nowNanos - pausedUntilNanos.getAsLong() < 0;
        if (connection == 0 || isPaused) {
            return Optional.of(LogAnswers.Failure.BUSY);
        }
        if (request.range().isLongerThan(MOST_NUMBERS)) {
            return refused(request, LogAnswers.Failure.TOO_MANY_NUMBERS);
        }
        if (waiting.size() >= MOST_WAITING) {
            return refused(request, LogAnswers.Failure.BUSY);
        }
        SeqRange asked = request.range();
        waiting.add(new RangeAnswer(request, new SeqRange(asked.from(), Math.min(asked.to(), newest))));
        if (current == null) {
            next();
        }
        return Optional.empty();
    }

    private Optional<LogAnswers.Failure> refused(LogRequest request, LogAnswers.Failure why) {
        if (refusals.size() < MOST_REFUSALS) {
            refusals.add(messages.error(why, request.range(), request.replyTo()));
        }
        return Optional.of(why);
    }

    /** Takes a page of the log; one that nobody waits for any more is ignored. */
    public void loaded(LogPage page) {
        RangeAnswer answering = current;
        if (answering != null && reading && page.request() == lastRequest) {
            reading = false;
            answering.reader().loaded(page);
        }
    }

    /**
     * Takes an answer to a publish of this class; see {@link #madeHere}. One of an earlier connection is ignored.
     *
     * @return a line for the log if the broker did not take a message; if it refuses the topic, the rest of that answer is not sent
     */
    public Optional<String> published(LinkEvent.Published answer) {
        RangesInFlight.Sent sent = answer.connection() == connection ? inFlight.take(answer) : null;
        if (sent == null || answer.outcome() == PublishOutcome.ACCEPTED) {
            return Optional.empty();
        }
        RangeAnswer of = sent.of();
        if (of != null && answer.outcome() == PublishOutcome.TOO_LARGE && of != current) {
            // its end: so many numbers are missing that they make one message
            refused(of.request(), LogAnswers.Failure.TOO_LARGE);
        } else if (of != null && answer.outcome() == PublishOutcome.TOO_LARGE) {
            of.eventIsTooLarge();
        } else if (of != null && of == current) {
            next();
        }
        return Optional.of("an answer to a request for the log is not complete: " + answer.message());
    }

    private void next() {
        current = waiting.poll();
        reading = false;
        lastRequest++;
    }

    /**
     * Sends what it may, and reads on; to be called after each change, and at the deadline.
     *
     * @param room how many messages may be in flight beside those of others; 0 if anything else waits
     */
    public void advance(int room, long nowNanos) {
        while (hasRoom(room) && isInTime(nowNanos) && sendOne()) {
            earliestNanos = OptionalLong.of(nowNanos + PACE_NANOS);
        }
        RangeAnswer answering = current;
        if (answering != null && !reading && !answering.reader().hasRows() && hasRoom(room)) {
            answering.reader().unread().ifPresent(this::read);
        }
    }

    private void read(SeqRange rest) {
        reading = true;
        source.read(++lastRequest, rest, PAGE);
    }

    private boolean hasRoom(int room) {
        return connection != 0 && inFlight.size() < Math.min(room, WINDOW);
    }

    private boolean isInTime(long nowNanos) {
        return earliestNanos.isEmpty() || nowNanos - earliestNanos.getAsLong() >= 0;
    }

    /** Sends a refusal, an event, or the end of an answer; returns false if there is none to send now. */
    private boolean sendOne() {
        Answer refusal = refusals.poll();
        if (refusal != null) {
            send(refusal, null);
            return true;
        }
        RangeAnswer answering = current;
        if (answering == null) {
            return false;
        }
        RangeReader reader = answering.reader();
        for (Optional<LogRow> row = reader.next(); row.isPresent(); row = reader.next()) {
            Optional<Answer> event =
                    messages.event(row.get(), answering.request().replyTo());
            if (event.isPresent()) {
                reader.handedOver(row.get());
                send(event.get(), answering);
                return true;
            }
        }
        if (!isEndDue(answering)) {
            return false;
        }
        send(answering.end(messages), answering);
        next();
        return true;
    }

    private boolean isEndDue(RangeAnswer answering) {
        return answering.reader().isDone() && !inFlight.hasAnyOf(answering);
    }

    private void send(Answer answer, @Nullable RangeAnswer of) {
        Message message = answer.message();
        long token = inFlight.note(new RangesInFlight.Sent(of));
        link.publish(List.of(new BrokerLink.Outgoing(token, message, answer.correlation())));
    }

    /** Whether nobody waits for anything. */
    public boolean isIdle() {
        return current == null && refusals.isEmpty();
    }

    /**
     * When {@link #advance} is due; empty if there is nothing to send, or only an input can bring it on.
     *
     * @param room as for {@link #advance}
     */
    public OptionalLong deadlineNanos(int room) {
        RangeAnswer answering = current;
        boolean hasMessage =
                !refusals.isEmpty() || (answering != null && (answering.reader().hasRows() || isEndDue(answering)));
        return hasMessage && hasRoom(room) ? earliestNanos : OptionalLong.empty();
    }
}
