package io.github.reedgate.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reedgate.delivery.DeliveryState;
import io.github.reedgate.event.LogRow;
import io.github.reedgate.event.Priority;
import io.github.reedgate.store.Batch;
import io.github.reedgate.store.Bounds;
import io.github.reedgate.store.EventStore;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Numbers that count as delivered are not given to new events, though neither an event nor the start file knows them. */
class FirstNumberTest {

    @TempDir
    private Path folder = Path.of("");

    @Test
    void startBehindALostStartFileNumbersItsEventsAboveWhatIsDelivered() throws Exception {
        LogRow row = new LogRow(
                10, "id10", 3, StoreRig.BEGIN, true, 0, "opened", null, null, null, "m", null, Priority.ROUTINE);
        try (EventStore store = EventStore.open(folder, Bounds.DEFAULT)) {
            store.commit(new Batch(List.of(row), DeliveryState.upTo(5_000)));
        }
        try (StoreRig rig = StoreRig.start(folder, StoreRig.PLAIN, StoreRig.BEGIN.plusSeconds(60))) {
            rig.connect();
            rig.acceptAll();
            assertThat(rig.events("started"))
                    .as("heard by the broker")
                    .singleElement()
                    .satisfies(event -> assertThat((Integer) event.get("seq")).isGreaterThan(5_000));
            rig.stop();
        }
    }
}
