package io.github.reedgate.bench;

import io.github.reedgate.link.BrokerLink;
import io.github.reedgate.link.LinkEvent;
import io.github.reedgate.link.PublishOutcome;
import io.github.reedgate.link.Subscriptions;
import io.github.reedgate.link.WatermarkOutcome;
import io.github.reedgate.message.Message;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** A broker that is none: it is there at once, acknowledges everything and keeps it for others to look at. */
final class Recorder implements BrokerLink {

    private final List<Message> told = new ArrayList<>();
    private Consumer<LinkEvent> listener = event -> {};

    @Override
    public void start(Subscriptions subscriptions, Consumer<LinkEvent> events) {
        listener = events;
        events.accept(new LinkEvent.Up(1, "recorder", 65_535));
        events.accept(new LinkEvent.Watermark(1, OptionalLong.empty(), WatermarkOutcome.NONE, ""));
    }

    @Override
    public synchronized void publish(List<Outgoing> messages) {
        for (Outgoing each : messages) {
            told.add(each.message());
            listener.accept(new LinkEvent.Published(each.token(), 1, PublishOutcome.ACCEPTED, ""));
        }
        notifyAll();
    }

    @Override
    public void publishInTurn(List<Outgoing> messages, int room) {
        publish(messages);
    }

    @Override
    public void stop(Message farewell, Duration limit) {
        listener = event -> {};
    }

    synchronized void forget() {
        told.clear();
    }

    /** All that was told, once it is enough. */
    synchronized List<Message> await(String what, Duration limit, Predicate<List<Message>> isEnough)
            throws InterruptedException {
        long endNanos = System.nanoTime() + limit.toNanos();
        while (!isEnough.test(told)) {
            long left = endNanos - System.nanoTime();
            if (left <= 0) {
                throw new BenchException("not in time: " + what + "; told: " + told);
            }
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
        return List.copyOf(told);
    }
}
