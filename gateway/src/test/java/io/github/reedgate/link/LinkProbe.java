package io.github.reedgate.link;

import io.github.reedgate.message.Message;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A link with short waits before its next attempt and will {@code offline}, and what it told. Stops with the test. */
final class LinkProbe implements AutoCloseable {

    static final String AVAILABILITY = "gate/availability";
    static final Message ONLINE = Message.retainedText(AVAILABILITY, "online");
    static final Message OFFLINE = Message.retainedText(AVAILABILITY, "offline");
    static final Duration RETRY_REFUSED = Duration.ofMillis(1500);

    private static final int LIMIT_SECONDS = 30;

    private final BlockingQueue<Told> events = new LinkedBlockingQueue<>();
    private final HiveMqLink link;
    private long toldNanos;

    /** An event, and when it was told. */
    private record Told(LinkEvent event, long atNanos) {}

    LinkProbe(BrokerSettings settings) {
        this(settings, Resolver.SYSTEM);
    }

    /** A link that has not started, with a name service of its own. */
    LinkProbe(BrokerSettings settings, Resolver resolver) {
        ClientFactory clients = new ClientFactory(settings, new CredentialSource(settings, Map.of()));
        link = new HiveMqLink(settings, clients, resolver, OFFLINE);
    }

    /** Starts a link. */
    static LinkProbe started(TestSettings settings) {
        LinkProbe probe = new LinkProbe(quick(settings.build(), "gate"));
        probe.start();
        return probe;
    }

    /** The settings with short waits before the next attempt. */
    static BrokerSettings quick(BrokerSettings settings, String clientId) {
        return new BrokerSettings(
                settings.url(),
                clientId,
                settings.user(),
                settings.passwordFile(),
                settings.caFile(),
                settings.certificateFile(),
                settings.keyFile(),
                new BrokerSettings.Timing(
                        settings.timing().keepAlive(),
                        settings.timing().connectTimeout(),
                        Duration.ofMillis(50),
                        Duration.ofMillis(400),
                        RETRY_REFUSED));
    }

    void start() {
        link.start(Subscriptions.NONE, this::note);
    }

    /** Starts a link that asks for the watermark on a topic. */
    static LinkProbe watching(String topic, TestSettings settings) {
        LinkProbe probe = new LinkProbe(quick(settings.build(), "gate"));
        probe.link.start(new Subscriptions(Optional.of(topic), List.of()), probe::note);
        return probe;
    }

    /** Starts a link that subscribes to topics. */
    static LinkProbe subscribing(TestSettings settings, String... topics) {
        LinkProbe probe = new LinkProbe(quick(settings.build(), "gate"));
        probe.link.start(new Subscriptions(Optional.empty(), List.of(topics)), probe::note);
        return probe;
    }

    HiveMqLink link() {
        return link;
    }

    private void note(LinkEvent event) {
        events.add(new Told(event, System.nanoTime()));
    }

    /** When the event was told that was waited for last; a busy machine may have shown it to the test later. */
    long toldNanos() {
        return toldNanos;
    }

    /** Waits for the next event, whatever it is. */
    LinkEvent next() {
        try {
            Told told = Optional.ofNullable(events.poll(LIMIT_SECONDS, TimeUnit.SECONDS))
                    .orElseThrow(() -> new AssertionError("the link told nothing for " + LIMIT_SECONDS + " s"));
            toldNanos = told.atNanos();
            return told.event();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    /** Waits for the next event of a kind, passing over others. */
    <T extends LinkEvent> T next(Class<T> kind) {
        LinkEvent event = next();
        while (!kind.isInstance(event)) {
            event = next();
        }
        return kind.cast(event);
    }

    LinkEvent.Up up() {
        return next(LinkEvent.Up.class);
    }

    LinkEvent.Down down() {
        return next(LinkEvent.Down.class);
    }

    /** Publishes and waits for the answer. */
    LinkEvent.Published publish(long token, Message message) {
        link.publish(token, message);
        return next(LinkEvent.Published.class);
    }

    /** True if nothing is told for so long. */
    boolean isQuietFor(Duration time) {
        try {
            return events.poll(time.toMillis(), TimeUnit.MILLISECONDS) == null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    /** True if nothing was told that no test asked for. */
    boolean isQuiet() {
        return events.isEmpty();
    }

    @Override
    public void close() {
        link.stop(OFFLINE, Duration.ofSeconds(5));
    }
}
