package io.github.reedgate.monitor.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reedgate.time.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Recorders that share a history, and one whose history can't say which numbers it has; in virtual time. */
class SharedHistoryTest {

    private final FakeHistory history = new FakeHistory();
    private final FakeBroker broker = new FakeBroker(100);
    private Timestamp now = new Timestamp(0, Instant.ofEpochMilli(Samples.NOW));

    private Recorder recorder(History stored) {
        return new Recorder(new MessageReader("reedgate"), stored, new Silent(), Recorder.Limits.DEFAULT);
    }

    /** Publishes nothing. */
    private static final class Silent implements Outlet {

        @Override
        public void event(History.NumberedEvent event) {
            throw new AssertionError("not connected");
        }

        @Override
        public void state(String gateway, String state) {
            throw new AssertionError("not connected");
        }
    }

    /** Stores, and does not say what. */
    private record Deaf(FakeHistory stored) implements History {

        @Override
        public Outcome write(Batch batch, Reports reports) throws HistoryException {
            return stored.write(batch, reports);
        }

        @Override
        public boolean knowsNumbers() {
            return false;
        }

        @Override
        public Map<String, Coverage> coverage() {
            return Map.of();
        }

        @Override
        public List<NumberedEvent> unpublished(int limit) {
            return List.of();
        }

        @Override
        public Pruned prune(long nowMillis) {
            return Pruned.NOTHING;
        }
    }

    private void settle(Recorder recorder) {
        List<Delivery> delivered = broker.deliver();
        while (!delivered.isEmpty() || recorder.hasWork(now.monotonicNanos())) {
            delivered.forEach(recorder::received);
            recorder.work(now);
            delivered = broker.deliver();
        }
        now = now.plus(GapWatch.PATIENCE);
        recorder.work(now);
        recorder.work(now);
    }

    private void publish(String gateway, long seq) {
        broker.publish(Samples.event(gateway, seq, gateway + "-" + seq));
    }

    private List<String> gaps() {
        return history.own.stream()
                .filter(event -> event.type() == OwnEvent.Type.GAP_FOUND)
                .map(event -> String.valueOf(event.gateway()))
                .toList();
    }

    @Test
    void gapIsReportedByTheRecorderThatOwnsTheGatewayOnly() {
        Recorder first = recorder(history);
        publish("home", 1);
        publish("home", 3);
        publish("shed", 1);
        publish("shed", 3);
        first.owns(gateway -> gateway.equals("shed"));
        settle(first);
        // what it stored of "home" it watched, until another one owns it
        first.owns(gateway -> gateway.equals("shed"));
        history.own.clear();

        Recorder second = recorder(history);
        second.owns(gateway -> gateway.equals("home"));
        settle(second);

        assertThat(gaps()).containsExactly("home");
        assertThat(first.states()).containsOnlyKeys("shed");
        assertThat(second.states()).containsOnlyKeys("home");
    }

    @Test
    void gatewayThatComesFromAnotherRecorderHasAllThatThatOneStored() {
        Recorder first = recorder(history);
        Recorder second = recorder(history);
        first.owns(gateway -> true);
        second.owns(gateway -> false);
        publish("home", 1);
        publish("home", 2);
        settle(second);
        publish("home", 3);
        first.owns(gateway -> false);
        second.owns(gateway -> true);
        settle(second);

        assertThat(gaps()).isEmpty();
        assertThat(second.states()).containsExactly(Map.entry("home", "ok"));
    }

    @Test
    void nobodyLooksForGapsInAHistoryThatCanNotSayWhatItHas() {
        Recorder recorder = recorder(new Deaf(history));
        broker.publish(Samples.message("reedgate/home/diagnostics/watermark", "5"));
        publish("home", 9);
        broker.publish(Samples.message("reedgate/home/diagnostics/watermark", "20"));
        settle(recorder);

        assertThat(history.events.get("home")).containsOnlyKeys(9L);
        assertThat(gaps()).isEmpty();
        assertThat(recorder.states()).isEmpty();
        assertThat(recorder.figures()).containsEntry("stored", 1L);
    }
}
