package io.github.reedgate.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reedgate.event.Event;
import io.github.reedgate.event.EventType;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where each sensor stood last, by the event log. */
class LastStatesTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private final List<Event> events = new ArrayList<>();

    private void add(EventType type, @Nullable String sensor, @Nullable String state, Map<String, Object> more) {
        long seq = events.size() + 1L;
        Event.Stamp stamp = new Event.Stamp(
                "00000000-0000-7000-8000-00000000000" + seq, seq, 1, Instant.parse("2026-11-22T21:14:03Z"), true, seq);
        events.add(new Event(type, stamp, "home", sensor, sensor, state, "said", more));
    }

    private void started(Map<String, Object> sensors) {
        add(EventType.STARTED, null, null, Map.of("last_stop", "clean", "sensors", sensors));
    }

    private Map<String, String> lastStates() throws StoreException {
        try (EventStore store = EventStore.open(folder, Bounds.DEFAULT)) {
            store.commit(new Batch(events, List.of(), List.of()));
            return store.lastStates();
        }
    }

    @Test
    void newestMoveCounts() throws StoreException {
        add(EventType.OPENED, "front", "open", Map.of());
        add(EventType.TAMPERED, "box", "tampered", Map.of());
        add(EventType.CLOSED, "front", "closed", Map.of());
        add(EventType.GLITCH, "front", "open", Map.of());

        assertThat(lastStates()).isEqualTo(Map.of("front", "closed", "box", "tampered"));
    }

    @Test
    void startTellsOfSensorsThatNeverMovedAndOfMovesNobodySaw() throws StoreException {
        add(EventType.CLOSED, "front", "closed", Map.of());
        add(EventType.CLOSED, "back", "closed", Map.of());
        started(Map.of("front", "open", "back", "unknown", "shed", "closed"));

        assertThat(lastStates()).isEqualTo(Map.of("front", "open", "back", "closed", "shed", "closed"));
    }

    @Test
    void moveAfterTheStartCountsMoreThanTheStart() throws StoreException {
        started(Map.of("front", "open", "back", "closed"));
        add(EventType.CLOSED, "front", "closed", Map.of());
        add(EventType.STOPPING, null, null, Map.of());

        assertThat(lastStates()).isEqualTo(Map.of("front", "closed", "back", "closed"));
    }

    @Test
    void onlyTheNewestStartCounts() throws StoreException {
        started(Map.of("front", "open", "gone", "open"));
        started(Map.of("front", "closed"));

        assertThat(lastStates()).isEqualTo(Map.of("front", "closed"));
    }
}
