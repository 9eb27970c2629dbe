package io.github.reedgate.monitor.heal;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reedgate.monitor.record.Delivery;
import io.github.reedgate.monitor.record.FakeHistory;
import io.github.reedgate.monitor.record.History;
import io.github.reedgate.monitor.record.MessageReader;
import io.github.reedgate.monitor.record.NumberRange;
import io.github.reedgate.monitor.record.NumberRanges;
import io.github.reedgate.monitor.record.Outlet;
import io.github.reedgate.monitor.record.RawMessage;
import io.github.reedgate.monitor.record.RecordedEvent;
import io.github.reedgate.monitor.record.Recorder;
import io.github.reedgate.monitor.record.Samples;
import io.github.reedgate.time.Timestamp;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Gateways, a broker that forgets, and the monitor's recorder and healer, in virtual time. */
final class HealingWorld {

    private static final String ROOT = "reedgate-monitor/main";

    final FakeHistory history = new FakeHistory();
    final Map<String, LoggedGateway> gateways = new LinkedHashMap<>();
    final Map<String, Integer> asks = new LinkedHashMap<>();
    Map<String, Long> figures = Map.of();
    private final Random random;
    private final Deque<Sent> queue = new ArrayDeque<>();
    private final Map<String, String> retained = new LinkedHashMap<>();
    private final Deque<Runnable> thread = new ArrayDeque<>();
    private Timestamp now = new Timestamp(0, Instant.ofEpochMilli(Samples.NOW));
    private boolean isConnected;
    private boolean isSubscribed;
    private int connection;
    private long tokens;
    private Recorder recorder;
    private Healer healer;

    /** A message that the broker has for the monitor. */
    private static final class Sent {

        private final RawMessage message;
        private final String token;
        private final boolean isRetained;
        private int sentOn = -1;
        private boolean isAcknowledged;

        private Sent(RawMessage message, String token, boolean isRetained) {
            this.message = message;
            this.token = token;
            this.isRetained = isRetained;
        }
    }

    HealingWorld(Random random) {
        this.random = random;
        this.recorder = recorder();
        this.healer = healer();
    }

    private Recorder recorder() {
        Outlet nobody = new Outlet() {
            @Override
            public void event(History.NumberedEvent event) {}

            @Override
            public void state(String gateway, String state) {}
        };
        return new Recorder(new MessageReader("reedgate"), history, nobody, Recorder.Limits.DEFAULT);
    }

    private Healer healer() {
        Healing healing = new Healing(() -> "token-" + ++tokens, random.nextLong());
        return new Healer(recorder, healing, new Healer.Places("reedgate", ROOT, true), this::asked, thread::add);
    }

    void add(LoggedGateway gateway) {
        gateways.put(gateway.id, gateway);
        asks.put(gateway.id, 0);
        publish(gateway, "availability", "online", true);
    }

    private void asked(String topic, LogAsk ask, String responseTopic, LogAsking.Lost lost) {
        assertThat(topic).isEqualTo("reedgate/" + ask.gateway() + "/log/get");
        assertThat(responseTopic).isEqualTo(ROOT + "/log/" + ask.gateway());
        asks.merge(ask.gateway(), 1, Integer::sum);
        assertHasReason(ask);
        LoggedGateway gateway = gateways.get(ask.gateway());
        if (random.nextInt(50) == 0) {
            lost.because(LogAsking.Reason.NOT_SENT);
        } else if (gateway == null || !gateway.isOnline || random.nextInt(50) == 0) {
            lost.because(LogAsking.Reason.UNSUBSCRIBED);
        } else {
            gateway.asked(ask, (token, payload) -> answer(gateway, token, payload));
        }
    }

    /** Its first and last number are missing, it is not too long, and half of it at least is missing. */
    private void assertHasReason(LogAsk ask) {
        NumberRanges known = new NumberRanges();
        history.events
                .getOrDefault(ask.gateway(), Map.of())
                .keySet()
                .forEach(seq -> known.add(new NumberRange(seq, seq)));
        history.gone.getOrDefault(ask.gateway(), new NumberRanges()).all().forEach(known::add);
        assertThat(ask.range().count()).isBetween(1L, 1_000L);
        assertThat(known.contains(ask.range().from())).as("%s", ask).isFalse();
        assertThat(known.contains(ask.range().to())).as("%s", ask).isFalse();
        assertThat(2 * known.countWithin(ask.range()))
                .isLessThanOrEqualTo(ask.range().count());
    }

    private void answer(LoggedGateway gateway, String token, String payload) {
        deliver(ROOT + "/log/" + gateway.id, payload, token, false);
    }

    /** A gateway publishes below its root. */
    void publish(LoggedGateway gateway, String name, String payload, boolean retain) {
        String topic = "reedgate/" + gateway.id + "/" + name;
        if (retain) {
            retained.put(topic, payload);
        }
        deliver(topic, payload, "", false);
    }

    private void deliver(String topic, String payload, String token, boolean isRetained) {
        if (isSubscribed) {
            queue.add(new Sent(
                    new RawMessage(topic, payload.getBytes(StandardCharsets.UTF_8), Samples.NOW), token, isRetained));
        }
    }

    void connect() {
        if (isConnected) {
            return;
        }
        isConnected = true;
        isSubscribed = true;
        connection++;
        retained.forEach((topic, payload) -> deliver(topic, payload, "", true));
        recorder.connected();
        healer.connected();
    }

    void disconnect() {
        if (isConnected) {
            isConnected = false;
            recorder.disconnected();
            healer.disconnected(now);
        }
    }

    /** The monitor is killed with all that it held. */
    void kill() {
        isConnected = false;
        thread.clear();
        recorder = recorder();
        healer = healer();
    }

    /** The broker drops what waits, or the whole session. */
    void forget(boolean isWhole) {
        queue.clear();
        if (isWhole) {
            disconnect();
            isSubscribed = false;
        }
    }

    /** The broker drops one message that waits. */
    void lose() {
        List<Sent> all = new ArrayList<>(queue);
        if (!all.isEmpty()) {
            queue.remove(all.get(random.nextInt(all.size())));
        }
    }

    void gatewayDown(LoggedGateway gateway) {
        gateway.isOnline = false;
        gateway.restart();
        publish(gateway, "availability", "offline", true);
    }

    void gatewayUp(LoggedGateway gateway) {
        gateway.isOnline = true;
        publish(gateway, "availability", "online", true);
        publish(gateway, "diagnostics/watermark", Long.toString(gateway.newest), true);
    }

    /** Some time passes, in which everybody works. */
    void pass(Duration duration) {
        now = now.plus(duration);
        for (LoggedGateway gateway : gateways.values()) {
            gateway.second((token, payload) -> answer(gateway, token, payload));
        }
        work();
    }

    void work() {
        for (int round = 0; round < 5; round++) {
            if (isConnected) {
                arrive();
            }
            while (!thread.isEmpty()) {
                thread.remove().run();
            }
            recorder.work(now);
            healer.work(now);
            if (queue.isEmpty() && thread.isEmpty() && !recorder.hasWork(now.monotonicNanos())) {
                break;
            }
        }
        figures = healer.figures();
    }

    private void arrive() {
        queue.removeIf(sent -> sent.isAcknowledged);
        int on = connection;
        for (Sent sent : List.copyOf(queue)) {
            if (sent.sentOn != on) {
                sent.sentOn = on;
                healer.received(
                        new Delivery() {
                            @Override
                            public RawMessage message() {
                                return sent.message;
                            }

                            @Override
                            public String correlation() {
                                return sent.token;
                            }

                            @Override
                            public boolean isRetained() {
                                return sent.isRetained;
                            }

                            @Override
                            public void acknowledge() {
                                assertThat(sent.isAcknowledged && sent.sentOn == on)
                                        .as("acknowledged twice")
                                        .isFalse();
                                sent.isAcknowledged |= on == connection;
                            }
                        },
                        now);
            }
        }
    }

    /** The missing numbers of a gateway in the history. */
    List<NumberRange> missing(String gateway) throws Exception {
        var coverage = history.coverage().get(gateway);
        return coverage == null ? List.of() : coverage.missing();
    }

    /** The lowest number that is expected of a gateway. */
    long first(String gateway) throws Exception {
        var coverage = history.coverage().get(gateway);
        return coverage == null ? Long.MAX_VALUE : coverage.first();
    }

    Map<Long, RecordedEvent> stored(String gateway) {
        return history.events.getOrDefault(gateway, Map.of());
    }
}
