package io.github.reedgate.monitor.supervision;

import io.github.reedgate.time.Timestamp;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.SplittableRandom;

/** Gateways, a broker and a monitor in virtual time, which fail at random. Time is in milliseconds from its begin. */
final class VirtualWorld {

    static final long TICK = 500;

    private record Sent(String gateway, String topic, String payload) {}

    private final SplittableRandom random;
    private final SupervisionSettings settings = SupervisionSettings.DEFAULT;
    private final GatewayMessages reader = new GatewayMessages("reedgate");
    private final SilenceOracle oracle = new SilenceOracle(this);
    final List<VirtualGateway> gateways = new ArrayList<>();
    private long now;

    // the broker
    private boolean brokerUp = true;
    private long brokerAt;
    private final Map<String, Sent> retained = new LinkedHashMap<>();
    private final Queue<Sent> session = new ArrayDeque<>();
    private boolean hasSession;
    // until when it sends no echo of a probe, though it delivers all else
    private long mutesUntil;
    private long mutesSince;

    // the monitor
    private boolean runs = true;
    private boolean wire;
    private boolean believesUp;
    private long monitorAt;
    private long noticesAt;
    private long connectsAt;
    private long nanosBase = 5_000_000_000_000L;
    private long seed = 1;
    private Supervision supervision = new Supervision(settings, seed);
    private SupervisionState state;
    // what was saved last; written out when it is read
    private SupervisionState saved;
    long visibleSince;
    // since when the echo of a probe came back
    long echoedSince;
    // since when an echo of a probe would come back
    long provableSince;
    boolean sessionWasKept;
    long commonSince = -1;

    VirtualWorld(long seed) {
        random = new SplittableRandom(seed);
        state = SupervisionMemory.empty(timestamp());
        saved = state;
        int count = 1 + random.nextInt(5);
        for (int index = 0; index < count; index++) {
            gateways.add(new VirtualGateway("g" + index, this, random.split()));
        }
    }

    /** Plays the given time. */
    void play(long millis) {
        for (long end = now + millis; now < end; now += TICK) {
            broker();
            echo();
            monitor();
            gateways.forEach(VirtualGateway::advance);
            if (isVisible()) {
                deliver();
            }
            if (runs) {
                take(new SupervisionInput.Tick());
                acknowledge();
            }
            if (!isProved()) {
                provableSince = now;
            }
            oracle.look();
        }
    }

    long now() {
        return now;
    }

    boolean brokerUp() {
        return brokerUp;
    }

    /** True if what a gateway publishes reaches the monitor at once. */
    boolean isVisible() {
        return runs && wire && brokerUp;
    }

    /** True if that is so and the monitor can prove it. */
    boolean isProved() {
        return isVisible() && now >= mutesUntil;
    }

    /** For how long the broker has sent no echo of a probe; 0 if it does. */
    long muteFor() {
        return now < mutesUntil ? now - mutesSince : 0;
    }

    int alarms() {
        return oracle.alarms();
    }

    long latestAfterDeadline() {
        return oracle.latestAfterDeadline();
    }

    void publish(String gateway, String topic, String payload, boolean retain) {
        Sent sent = new Sent(gateway, topic, payload);
        if (retain) {
            retained.put(gateway + "/" + topic, sent);
        }
        if (hasSession && (isVisible() || !topic.equals("diagnostics"))) {
            session.add(sent);
        }
    }

    private void broker() {
        if (brokerUp && random.nextInt(4_000) == 0) {
            brokerUp = false;
            brokerAt = now + 1_000 + random.nextLong(120_000);
            gateways.forEach(each -> each.brokerDied(now));
            breaks(random.nextBoolean() ? 0 : random.nextLong(20_000));
            if (random.nextInt(4) == 0) {
                retained.clear();
                gateways.forEach(each -> each.forgotten = true);
                hasSession = false;
                session.clear();
            }
        } else if (!brokerUp && now >= brokerAt) {
            brokerUp = true;
            gateways.forEach(each -> each.brokerIsBack(now));
        } else if (brokerUp && gateways.size() >= 3 && random.nextInt(4_000) == 0) {
            // a switch between all gateways and the broker
            long forMillis = 1_000 + random.nextLong(400_000);
            boolean all = gateways.stream().allMatch(each -> each.connected);
            gateways.forEach(each -> each.cut(now, forMillis + random.nextLong(5_000), random.nextLong(2_500)));
            commonSince = all && isProved() && now - visibleSince > 31_000 ? now : -1;
        }
    }

    /** At times the broker takes the monitor's probe and sends no echo: a rule that somebody changed, or a broker that is ill. */
    private void echo() {
        if (now < mutesUntil && now + TICK >= mutesUntil) {
            echoedSince = now + TICK;
        } else if (now >= mutesUntil && random.nextInt(3_000) == 0) {
            mutesSince = now;
            mutesUntil = now + 1_000 + random.nextLong(random.nextBoolean() ? 20_000 : 300_000);
        }
    }

    private void breaks(long noticedAfter) {
        if (wire) {
            wire = false;
            noticesAt = now + noticedAfter;
        }
    }

    private void monitor() {
        if (!runs) {
            if (now >= monitorAt) {
                start();
            }
            return;
        }
        if (random.nextInt(3_000) == 0) {
            runs = false; // SIGKILL
            wire = false;
            believesUp = false;
            monitorAt = now + 1_000 + random.nextLong(200_000);
            if (random.nextInt(6) == 0) {
                hasSession = false;
                session.clear();
            }
            return;
        }
        if (wire && random.nextInt(3_000) == 0) {
            breaks(random.nextLong(20_000));
        }
        if (believesUp && !wire && now >= noticesAt) {
            believesUp = false;
            connectsAt = now + random.nextLong(100_000);
            take(new SupervisionInput.LinkLost());
        }
        if (!believesUp && brokerUp && now >= connectsAt) {
            connect();
        }
    }

    private void start() {
        runs = true;
        connectsAt = now + random.nextLong(5_000);
        nanosBase = random.nextLong();
        seed++;
        supervision = new Supervision(settings, seed);
        try {
            state = SupervisionMemory.read(SupervisionMemory.write(saved), settings, timestamp());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** First what the broker had kept in the session, then retained values, then the echo of the probe. */
    private void connect() {
        believesUp = true;
        wire = true;
        visibleSince = Math.max(now, mutesUntil);
        sessionWasKept = hasSession;
        SupervisionResult up = step(new SupervisionInput.LinkUp(hasSession));
        hasSession = true;
        commonSince = -1;
        deliver();
        List.copyOf(retained.values()).forEach(each -> hear(each, true));
        if (up.probe() && isProved()) {
            take(new SupervisionInput.LineProved(timestamp().monotonicNanos()));
        }
    }

    private void deliver() {
        for (Sent sent = session.poll(); sent != null; sent = session.poll()) {
            hear(sent, false);
        }
    }

    private void hear(Sent sent, boolean asRetained) {
        try {
            reader.read("reedgate/" + sent.gateway() + "/" + sent.topic(), sent.payload(), asRetained)
                    .ifPresent(this::take);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void acknowledge() {
        if (random.nextInt(1_000) == 0 && !state.ringing().isEmpty()) {
            take(new SupervisionInput.Acknowledged("anna", null));
        }
        if (random.nextInt(10) == 0 && isVisible() && !state.outbox().isEmpty()) {
            List.copyOf(state.outbox()).forEach(each -> take(new SupervisionInput.Sent(each.seq())));
        }
    }

    private void take(SupervisionInput input) {
        SupervisionResult result = step(input);
        if (result.probe() && isProved()) {
            take(new SupervisionInput.LineProved(timestamp().monotonicNanos()));
        }
    }

    private SupervisionResult step(SupervisionInput input) {
        SupervisionResult result = supervision.step(state, List.of(input), timestamp());
        if (result.state().isLive() && !state.isLive()) {
            visibleSince = now; // counting begins anew
            commonSince = -1;
        }
        state = result.state();
        if (result.save()) {
            saved = state;
        }
        result.events().forEach(oracle::take);
        return result;
    }

    SupervisionState state() {
        return state;
    }

    private Timestamp timestamp() {
        return new Timestamp(nanosBase + now * 1_000_000, SupervisionRig.BEGIN.plusMillis(now));
    }
}
