package io.github.reedgate.link;

import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5SubAckException;
import com.hivemq.client.mqtt.mqtt5.message.disconnect.Mqtt5DisconnectReasonCode;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import com.hivemq.client.mqtt.mqtt5.message.subscribe.Mqtt5RetainHandling;
import com.hivemq.client.mqtt.mqtt5.message.subscribe.suback.Mqtt5SubAckReasonCode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the broker of one connection which watermark it remembers: subscribes to the topic and tells once the retained value,
 * or that there is none. Then the first live message is awaited, which is what the gateway itself publishes there, and the
 * subscription is given up. Whatever else comes is not taken.
 *
 * <p>A live message is known by its missing retain flag, for "retain as published" is not asked for. Neither is "no local":
 * a broker may then hold back the retained value too, which came from the same client.
 *
 * <p>Threads: everything happens on the scheduler's one thread, but {@link #takes}, which the library's threads call.
 */
@SuppressWarnings("FutureReturnValueIgnored") // each callback is guarded and lets nothing through
final class WatermarkQuestion {

    /** How long to wait for the retained value behind the SUBACK, at least. A broker at rest sends it right behind. */
    static final Duration QUIET = Duration.ofSeconds(2);

    /** The same, at most: events wait for it. */
    static final Duration LONGEST_QUIET = Duration.ofSeconds(30);

    /** How many times as long as its SUBACK took a broker may take for the retained value: it may be busy. */
    private static final int SLOWER = 10;

    /** Longest payload that is looked at. */
    static final int MOST_BYTES = 64;

    private static final int MOST_SHOWN_BYTES = 16;
    private static final String LOSS = ", or what a crashed broker has forgotten can't be found out";

    private static final Logger LOG = LoggerFactory.getLogger(WatermarkQuestion.class);

    private final Subject subject;
    private final long connection;
    private final Mqtt5AsyncClient client;
    private final ScheduledExecutorService scheduler;
    private final Consumer<LinkEvent> listener;

    // each lets one message through to the scheduler, however many are sent
    private final AtomicBoolean retainedTaken = new AtomicBoolean();
    private final AtomicBoolean liveTaken = new AtomicBoolean();
    // written by the scheduler's thread, read by the library's too
    private volatile boolean told;
    private long askedNanos;
    private boolean acknowledged;
    private boolean over;
    private boolean isOverdue;

    /**
     * What is asked, the same on each connection.
     *
     * @param topic the watermark's topic
     * @param server the broker as {@code host:port}, for messages
     * @param user who asks, for messages: {@code user 'name'}
     * @param patience how long the broker may take to acknowledge the subscription
     */
    record Subject(String topic, String server, String user, Duration patience) {

        /** What to ask the broker of these settings. */
        static Subject of(String topic, String server, BrokerSettings settings) {
            String user = settings.user().map(name -> "user '" + name + "'").orElse("a client without user name");
            return new Subject(topic, server, user, settings.timing().connectTimeout());
        }
    }

    /**
     * A question that was not asked yet.
     *
     * @param subject what to ask
     * @param connection the number of the connection
     * @param client the connected client
     * @param scheduler of one thread
     * @param listener told {@link LinkEvent.Watermark} and {@link LinkEvent.WatermarkShown} on the scheduler's thread
     */
    WatermarkQuestion(
            Subject subject,
            long connection,
            Mqtt5AsyncClient client,
            ScheduledExecutorService scheduler,
            Consumer<LinkEvent> listener) {
        this.subject = subject;
        this.connection = connection;
        this.client = client;
        this.scheduler = scheduler;
        this.listener = listener;
    }

    /** Sends the question and returns at once; the answer is told later, never by this call. */
    void ask() {
        askedNanos = System.nanoTime();
        client.subscribeWith()
                .topicFilter(subject.topic())
                .qos(MqttQos.AT_LEAST_ONCE)
                .retainHandling(Mqtt5RetainHandling.SEND)
                .send()
                .whenComplete((ack, error) -> soon(() -> subscribed(error)));
        later(this::overdue, subject.patience());
    }

    /** Takes a message if it is the one that is waited for; returns false if nobody wants it. */
    boolean takes(Mqtt5Publish message) {
        if (!message.getTopic().toString().equals(subject.topic())) {
            return false;
        }
        boolean wanted = told
                ? liveTaken.compareAndSet(false, true)
                : message.isRetain() && retainedTaken.compareAndSet(false, true);
        if (wanted) {
            soon(told ? this::shown : () -> remembered(message.getPayloadAsBytes()));
        }
        return wanted;
    }

    /** True until the broker has answered. */
    boolean isOpen() {
        return !told || isOverdue;
    }

    /** The connection has ended: nothing is told any more. */
    void end() {
        over = true;
    }

    private void subscribed(@Nullable Throwable error) {
        if (error == null) {
            acknowledged = true;
            Duration wait = quiet(Duration.ofNanos(System.nanoTime() - askedNanos));
            later(() -> tell(OptionalLong.empty(), WatermarkOutcome.NONE, ""), wait);
            return;
        }
        Throwable cause = error instanceof CompletionException && error.getCause() != null ? error.getCause() : error;
        if (cause instanceof Mqtt5SubAckException refused) {
            Mqtt5SubAckReasonCode code =
                    refused.getMqttMessage().getReasonCodes().get(0);
            tell(
                    OptionalLong.empty(),
                    WatermarkOutcome.REFUSED,
                    "broker " + subject.server() + " refused the subscription to " + subject.topic() + ": "
                            + ReasonCodes.subscription(code, subject.user()) + LOSS);
        } else {
            LOG.debug("the subscription to {} was not acknowledged", subject.topic(), error);
        }
    }

    /**
     * How long to wait behind the SUBACK until there is no retained value.
     *
     * @param acknowledgedAfter how long the broker took for the SUBACK; not negative
     * @return ten times that, but {@link #QUIET} at least and {@link #LONGEST_QUIET} at most
     */
    static Duration quiet(Duration acknowledgedAfter) {
        Duration wait = acknowledgedAfter.multipliedBy(SLOWER);
        Duration least = wait.compareTo(QUIET) < 0 ? QUIET : wait;
        return least.compareTo(LONGEST_QUIET) > 0 ? LONGEST_QUIET : least;
    }

    private void overdue() {
        if (!acknowledged && !told && !over) {
            tell(
                    OptionalLong.empty(),
                    WatermarkOutcome.NO_ANSWER,
                    "broker " + subject.server() + " did not acknowledge the subscription to " + subject.topic()
                            + " within " + subject.patience().toSeconds() + " s; see the broker's log" + LOSS);
            isOverdue = true;
            client.disconnectWith()
                    .reasonCode(Mqtt5DisconnectReasonCode.DISCONNECT_WITH_WILL_MESSAGE)
                    .send()
                    .whenComplete((nothing, error) -> LOG.debug("the connection was ended", error));
        }
    }

    private void remembered(byte[] payload) {
        OptionalLong seq = number(payload);
        if (seq.isPresent()) {
            tell(seq, WatermarkOutcome.KNOWN, "");
            return;
        }
        String begin = new String(payload, 0, Math.min(payload.length, MOST_SHOWN_BYTES), StandardCharsets.ISO_8859_1);
        tell(
                OptionalLong.empty(),
                WatermarkOutcome.MALFORMED,
                "broker " + subject.server() + " has '" + Diagnosis.printable(begin) + "' (" + payload.length
                        + " bytes) on " + subject.topic()
                        + ", which is no number of an event; allow nobody but this gateway to"
                        + " publish there");
    }

    /** The decimal number in ASCII digits; empty if it is anything else or above the largest long. */
    static OptionalLong number(byte[] payload) {
        if (payload.length == 0 || payload.length > MOST_BYTES) {
            return OptionalLong.empty();
        }
        for (byte each : payload) {
            if (each < '0' || each > '9') {
                return OptionalLong.empty();
            }
        }
        try {
            return OptionalLong.of(Long.parseLong(new String(payload, StandardCharsets.US_ASCII)));
        } catch (NumberFormatException e) {
            LOG.debug("a number of {} digits is too large", payload.length);
            return OptionalLong.empty();
        }
    }

    private void tell(OptionalLong seq, WatermarkOutcome outcome, String message) {
        if (told || over) {
            return;
        }
        told = true;
        listener.accept(new LinkEvent.Watermark(connection, seq, outcome, message));
    }

    private void shown() {
        if (over) {
            return;
        }
        listener.accept(new LinkEvent.WatermarkShown(connection));
        client.unsubscribeWith()
                .topicFilter(subject.topic())
                .send()
                .whenComplete((ack, error) -> LOG.debug("the subscription to {} was given up", subject.topic(), error));
    }

    private void soon(Runnable work) {
        scheduler.execute(guarded(work));
    }

    private void later(Runnable work, Duration wait) {
        scheduler.schedule(guarded(work), wait.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static Runnable guarded(Runnable work) {
        return () -> {
            try {
                work.run();
            } catch (RuntimeException e) {
                LOG.error("asking for the watermark failed", e);
            }
        };
    }
}
