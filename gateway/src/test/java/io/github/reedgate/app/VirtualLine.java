package io.github.reedgate.app;

import io.github.reedgate.link.FakeLink;
import io.github.reedgate.link.LinkEvent;
import io.github.reedgate.link.LinkTrouble;
import io.github.reedgate.link.PublishOutcome;
import io.github.reedgate.link.RetryWaits;
import io.github.reedgate.link.WatermarkOutcome;
import io.github.reedgate.message.Message;
import io.github.reedgate.message.QoS;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The way from a {@link LoopRig} to a {@link VirtualBroker} and back in virtual time: attempts with the real link's waits,
 * packets that take their time, get stuck or lost, and a broker that notices later than the gateway or sooner. A packet that
 * got stuck may still arrive after the gateway has given the connection up. Used by one thread.
 */
final class VirtualLine {

    private static final Duration RESET_NOTICED = Duration.ofMillis(50);
    private static final Duration NO_WATERMARK = Duration.ofSeconds(3);

    private final LoopRig rig;
    private final VirtualBroker broker;
    private final Random random;
    private final RetryWaits waits = new RetryWaits();
    private final Agenda agenda;
    private final List<Runnable> stuck = new ArrayList<>();
    private final Set<String> acknowledged = new HashSet<>();
    private final List<String> contradictions = new ArrayList<>();
    private Weather weather = Weather.FINE;
    private double refused;
    private Duration delay = Duration.ofMillis(1);
    private @Nullable VirtualConnection current;
    private @Nullable VirtualConnection atBroker;
    private int seen;
    private int failures;
    private long upNanos;
    private boolean proved;

    VirtualLine(LoopRig rig, VirtualBroker broker, Random random) {
        this.rig = rig;
        this.agenda = new Agenda(rig.time);
        this.broker = broker;
        this.random = random;
    }

    private long nowNanos() {
        return rig.time.now().monotonicNanos();
    }

    /** When something happens next by itself. */
    long nextNanos() {
        return agenda.nextNanos();
    }

    /** Lets everything happen that is due, and takes over what the gateway has sent. */
    void run() {
        carry();
        while (agenda.doNext()) {
            carry();
        }
    }

    /** The weather changes. */
    void turn(Weather next) {
        boolean thaws = weather == Weather.FROZEN && next != Weather.FROZEN;
        weather = next;
        VirtualConnection connection = current;
        if (thaws) {
            List<Runnable> freed = List.copyOf(stuck);
            stuck.clear();
            freed.forEach(Runnable::run);
        }
        if (thaws && next == Weather.FINE && connection != null && !connection.brokerOpen) {
            agenda.in(RESET_NOTICED, () -> lost(connection, LinkTrouble.NETWORK));
        }
        if (next == Weather.CUT || next == Weather.UNWELCOME) {
            brokerNotices();
            if (connection != null) {
                agenda.in(RESET_NOTICED, () -> lost(connection, LinkTrouble.NETWORK));
            }
        } else if (next == Weather.FROZEN && connection != null) {
            Duration keepAlive = RetryWaits.TIMING.keepAlive();
            agenda.in(keepAlive.multipliedBy(2), () -> ifStillFrozen(() -> lost(connection, LinkTrouble.NO_ANSWER)));
            agenda.in(keepAlive.multipliedBy(3).dividedBy(2), () -> ifStillFrozen(this::brokerNotices));
        }
    }

    private void ifStillFrozen(Runnable action) {
        if (weather == Weather.FROZEN) {
            action.run();
        }
    }

    private void brokerNotices() {
        VirtualConnection connection = atBroker;
        if (connection != null) {
            connection.brokerOpen = false;
            atBroker = null;
            broker.will();
        }
    }

    /** How long a packet takes one way, from now on. */
    void delay(Duration oneWay) {
        delay = oneWay;
    }

    /** Which share of attempts is refused, from now on. */
    void refuse(double share) {
        refused = share;
    }

    /** The broker forgets what it has acknowledged. */
    void crash(boolean empty) {
        turn(Weather.CUT);
        broker.crash(empty);
        acknowledged.clear();
    }

    /** Whether the broker has shown its watermark, so that the gateway knows that it keeps one. */
    boolean isProved() {
        return proved;
    }

    List<String> contradictions() {
        return contradictions;
    }

    /** Makes an attempt to connect; others follow by themselves. */
    void attempt() {
        if (weather == Weather.CUT || random.nextDouble() < refused) {
            failed(LinkTrouble.NETWORK);
        } else if (weather == Weather.FROZEN) {
            agenda.in(RetryWaits.TIMING.connectTimeout(), () -> failed(LinkTrouble.NO_ANSWER));
        } else {
            agenda.in(delay.multipliedBy(2), this::answered);
        }
    }

    private void answered() {
        switch (weather) {
            case FINE -> accepted();
            case UNWELCOME -> failed(LinkTrouble.BAD_CREDENTIALS);
            case CUT -> failed(LinkTrouble.NETWORK);
            case FROZEN -> agenda.in(RetryWaits.TIMING.connectTimeout(), () -> failed(LinkTrouble.NO_ANSWER));
        }
    }

    private void failed(LinkTrouble trouble) {
        Duration wait = again(trouble);
        tell(new LinkEvent.Down(false, trouble, "no connection", wait));
    }

    private Duration again(LinkTrouble trouble) {
        failures++;
        Duration wait = waits.next(failures, trouble, random.nextDouble());
        agenda.in(wait, this::attempt);
        return wait;
    }

    private void accepted() {
        brokerNotices(); // the new connection takes the old one's place
        VirtualConnection connection = new VirtualConnection();
        int receiveMaximum = random.nextInt(3) == 0 ? 1 + random.nextInt(20) : FakeLink.NO_LIMIT;
        LinkEvent.Up up = rig.link.up(receiveMaximum);
        connection.number = up.connection();
        current = connection;
        atBroker = connection;
        upNanos = nowNanos();
        there(connection, () -> question(connection));
        tell(up);
    }

    private void question(VirtualConnection connection) {
        OptionalLong known = broker.watermark();
        connection.watermark = known.orElse(0);
        WatermarkOutcome outcome = known.isPresent() ? WatermarkOutcome.KNOWN : WatermarkOutcome.NONE;
        Runnable answer = () -> {
            connection.watermarkTold = true;
            tell(new LinkEvent.Watermark(connection.number, known, outcome, ""));
        };
        if (known.isPresent()) {
            back(connection, answer);
        } else {
            agenda.in(NO_WATERMARK, () -> back(connection, answer));
        }
    }

    private void lost(VirtualConnection connection, LinkTrouble trouble) {
        if (!connection.gatewayOpen) {
            return;
        }
        connection.gatewayOpen = false;
        current = null;
        if (nowNanos() - upNanos > RetryWaits.TIMING.retryMax().toNanos()) {
            failures = 0;
        }
        again(trouble);
        tell(rig.link.down());
        List<FakeLink.Sent> left = List.copyOf(connection.unanswered.values());
        connection.unanswered.clear();
        left.forEach(sent -> tell(rig.link.answer(sent, PublishOutcome.UNKNOWN)));
    }

    private void tell(LinkEvent event) {
        rig.loop.handle(new LoopInput.Link(event));
    }

    private void carry() {
        while (seen < rig.link.count()) {
            int from = seen;
            seen = rig.link.count();
            rig.link.sentSince(from).forEach(this::send);
        }
    }

    private void send(FakeLink.Sent sent) {
        VirtualConnection connection = current;
        if (connection == null || sent.connection() != connection.number) {
            agenda.in(Duration.ZERO, () -> tell(rig.link.answer(sent, PublishOutcome.UNKNOWN)));
            return;
        }
        Message message = sent.message();
        long seq = Long.parseLong(message.userProperties().getOrDefault("seq", "0"));
        // what the broker's watermark does not cover may have been forgotten, so it may be sent again
        if (seq <= connection.watermark && acknowledged.contains(name(message))) {
            contradictions.add(name(message) + " was sent again though it was acknowledged");
        }
        connection.unanswered.put(sent.token(), sent);
        if (message.qos() == QoS.AT_MOST_ONCE) {
            there(connection, () -> broker.take(message));
            agenda.in(Duration.ZERO, () -> answer(connection, sent));
        } else {
            there(connection, () -> taken(connection, sent));
        }
    }

    private void taken(VirtualConnection connection, FakeLink.Sent sent) {
        broker.take(sent.message());
        back(connection, () -> answer(connection, sent));
        if (VirtualBroker.isWatermark(sent.message()) && connection.watermarkTold && !connection.watermarkShown) {
            connection.watermarkShown = true;
            back(connection, () -> {
                proved = true;
                tell(new LinkEvent.WatermarkShown(connection.number));
            });
        }
    }

    private void answer(VirtualConnection connection, FakeLink.Sent sent) {
        if (connection.unanswered.remove(sent.token()) != null) {
            if (!sent.message().retain()) {
                acknowledged.add(name(sent.message()));
            }
            tell(rig.link.answer(sent, PublishOutcome.ACCEPTED));
        }
    }

    private static String name(Message message) {
        return message.topic() + " " + message.userProperties().getOrDefault("id", "without id");
    }

    /** A packet to the broker. */
    private void there(VirtualConnection connection, Runnable action) {
        connection.lastThereNanos = Math.max(connection.lastThereNanos, nowNanos() + delay.toNanos());
        agenda.at(connection.lastThereNanos, () -> arriveThere(connection, action));
    }

    private void arriveThere(VirtualConnection connection, Runnable action) {
        if (weather == Weather.FROZEN) {
            stuck.add(() -> arriveThere(connection, action));
        } else if (connection.brokerOpen) {
            action.run();
        }
    }

    /** A packet to the gateway. */
    private void back(VirtualConnection connection, Runnable action) {
        connection.lastBackNanos = Math.max(connection.lastBackNanos, nowNanos() + delay.toNanos());
        agenda.at(connection.lastBackNanos, () -> arriveBack(connection, action));
    }

    private void arriveBack(VirtualConnection connection, Runnable action) {
        if (weather == Weather.FROZEN) {
            stuck.add(() -> arriveBack(connection, action));
        } else if (connection.gatewayOpen) {
            action.run();
        }
    }
}
