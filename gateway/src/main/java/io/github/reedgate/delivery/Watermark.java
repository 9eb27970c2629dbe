package io.github.reedgate.delivery;

import io.github.reedgate.link.LinkEvent;
import io.github.reedgate.link.WatermarkOutcome;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Finds out whether a broker has forgotten what it acknowledged. The number up to which it acknowledged all events, the
 * watermark, is kept by the broker itself as a retained value. A broker that crashed and came back with an old save, or with
 * none, remembers an older one or none, and the events in between have to be sent again.
 *
 * <p>Here is only decided; the owner asks, publishes and sends. On each connection: {@link #linkUp}; {@link #answered} with
 * what the broker remembers; then {@link #due} after each change, {@link #published} with what was published of it, {@link
 * #accepted} once the broker took it, {@link #shown} when it came back. Before the answer nothing is due: it would overwrite
 * what is asked for.
 *
 * <p>A broker that remembers nothing is believed to have forgotten only if it once showed a watermark to this gateway. Else
 * it may be a new one, or one that does not let this user read the topic and does not say so, as mosquitto.
 *
 * <p>Throughout, {@code acknowledged} is the highest number up to which everything on the event topic was acknowledged: one
 * less than the lowest number that waits. It is 0 if nothing was acknowledged yet, and empty if that is not known because
 * the store was lost. Owned by one thread; never blocks; time is an argument.
 */
public final class Watermark {

    /** How many numbers are gone back for a broker that has forgotten; there may be fewer events in them. */
    public static final int MOST_RESENT = 1_000;

    /** While events wait, the watermark is published no more often than this. */
    public static final Duration PAUSE = Duration.ofSeconds(1);

    /** Higher numbers are not believed: whoever may write the watermark must not use up the numbers. */
    public static final long MOST_BELIEVED = 1_000_000_000_000_000L;

    /** A broker without a watermark counts as one that acknowledged no event. */
    private static final long NOTHING = 0;

    private final String topic;
    // the broker that shows its watermark, as host:port
    private Optional<String> proved;
    // the broker that took a watermark and did not show it
    private Optional<String> doubted = Optional.empty();
    private OptionalLong publishedNanos = OptionalLong.empty();

    // of the present connection
    private long connection;
    private String server = "";
    private boolean answered;
    private boolean hadNone;
    private boolean taken;
    private boolean shown;
    private long atBroker = NOTHING;

    /**
     * Before the first connection.
     *
     * @param topic the watermark's topic, for messages
     * @param provedServer what {@link #provedServer} said before a restart; empty if that is not known
     */
    public Watermark(String topic, Optional<String> provedServer) {
        this.topic = topic;
        this.proved = provedServer;
    }

    /** What has to be done about what a broker remembers. */
    public sealed interface Verdict {

        /** Nothing. */
        record Fine() implements Verdict {}

        /**
         * Send these events again, oldest first; those that are not in the log any more are gone.
         *
         * @param fromSeq number of the first; 1 or more
         * @param toSeq number of the last; not below the first
         * @param message what happened, for the log
         */
        record Resend(long fromSeq, long toSeq, String message) implements Verdict {}

        /**
         * Nothing can be done but to tell.
         *
         * @param message what happened and what to do about it, for the log
         */
        record Tell(String message) implements Verdict {}
    }

    /** A connection is up; what its broker remembers is not known yet. */
    public void linkUp(LinkEvent.Up up) {
        linkDown();
        connection = up.connection();
        server = up.server();
    }

    /** There is no connection: nothing is due until a new one was asked. */
    public void linkDown() {
        if (hadNone && taken && !shown) {
            // it hides what it has, so it need not have forgotten anything
            proved = proved.filter(each -> !each.equals(server));
            doubted = Optional.of(server);
        }
        connection = 0;
        answered = false;
        hadNone = false;
        taken = false;
        shown = false;
        atBroker = NOTHING;
    }

    /**
     * The broker told what it remembers, or could not.
     *
     * @param answer of the present connection; others are ignored
     * @param acknowledged see {@link Watermark}
     * @param lastSeq the highest number this gateway may ever have sent; 0 if none
     */
    public Verdict answered(LinkEvent.Watermark answer, OptionalLong acknowledged, long lastSeq) {
        if (answer.connection() != connection || answered) {
            return new Verdict.Fine();
        }
        answered = true;
        hadNone = answer.outcome() == WatermarkOutcome.NONE;
        if (answer.seq().isPresent()) {
            proved = Optional.of(server);
            return remembers(answer.seq().getAsLong(), acknowledged, lastSeq);
        }
        return hadNone && acknowledged.orElse(0) > 0 ? remembersNothing(acknowledged.getAsLong()) : new Verdict.Fine();
    }

    private Verdict remembers(long seq, OptionalLong acknowledged, long lastSeq) {
        if (seq > lastSeq && seq <= MOST_BELIEVED) {
            atBroker = seq; // numbering goes on above it, and nothing lower is published before
            return new Verdict.Fine();
        } else if (seq > lastSeq) {
            // left at nothing, so that the true one replaces it
            return new Verdict.Tell("broker " + server + " remembers events up to number " + seq
                    + " of this gateway, which has had numbers up to " + lastSeq
                    + " only: that can't be; allow nobody but the gateway to publish on " + topic);
        }
        atBroker = seq;
        // more than is known to be acknowledged is no surprise: a crash loses what was not written yet
        long known = acknowledged.orElse(NOTHING);
        return seq >= known
                ? new Verdict.Fine()
                : new Verdict.Resend(
                        seq + 1,
                        known,
                        "broker " + server + " remembers events up to number " + seq + " of " + known
                                + ": it has forgotten what it acknowledged, or the connection broke before it was told"
                                + " how far that is; those in between are sent again");
    }

    private Verdict remembersNothing(long acknowledged) {
        if (proved.equals(Optional.of(server))) {
            long from = Math.max(1, acknowledged - MOST_RESENT + 1);
            return new Verdict.Resend(
                    from,
                    acknowledged,
                    "broker " + server + " has forgotten everything: it acknowledged events up to number "
                            + acknowledged + " and remembers none; those from number " + from
                            + " on are sent again");
        }
        if (doubted.equals(Optional.of(server))) {
            return new Verdict.Tell(
                    "broker " + server + " takes messages on " + topic + " but shows none to the gateway; allow the"
                            + " gateway's user to read that topic in the"
                            + " broker's access rules, or what a crashed"
                            + " broker has forgotten can't be found out");
        }
        return new Verdict.Fine();
    }

    /**
     * The number to publish now, if any. While events wait it is put off until {@link #PAUSE} after the last one; see
     * {@link #deadlineNanos}.
     *
     * @param acknowledged see {@link Watermark}
     * @param nothingWaits true if the outbox is empty, so that no further acknowledgement is to come
     * @param nowNanos monotonic time
     */
    public OptionalLong due(OptionalLong acknowledged, boolean nothingWaits, long nowNanos) {
        boolean isTime =
                nothingWaits || publishedNanos.isEmpty() || nowNanos - publishedNanos.getAsLong() >= PAUSE.toNanos();
        return isTime && isNews(acknowledged) ? acknowledged : OptionalLong.empty();
    }

    /** When {@link #due} will have a number that it puts off now; empty if it has none. */
    public OptionalLong deadlineNanos(OptionalLong acknowledged) {
        return isNews(acknowledged) && publishedNanos.isPresent()
                ? OptionalLong.of(publishedNanos.getAsLong() + PAUSE.toNanos())
                : OptionalLong.empty();
    }

    private boolean isNews(OptionalLong acknowledged) {
        return answered && acknowledged.orElse(NOTHING) > atBroker;
    }

    /** A watermark was handed to the present connection. */
    public void published(long seq, long nowNanos) {
        atBroker = seq;
        publishedNanos = OptionalLong.of(nowNanos);
    }

    /** The broker acknowledged a watermark of the present connection. */
    public void accepted() {
        taken = true;
    }

    /** A watermark came back: the broker shows what it has. An event of an earlier connection is ignored. */
    public void shown(LinkEvent.WatermarkShown event) {
        if (event.connection() == connection) {
            shown = true;
            proved = Optional.of(server);
        }
    }

    /** The broker that is known to show its watermark, as {@code host:port}, to be kept over a restart; empty if none. */
    public Optional<String> provedServer() {
        return proved;
    }
}
