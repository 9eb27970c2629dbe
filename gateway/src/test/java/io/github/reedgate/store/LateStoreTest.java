package io.github.reedgate.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reedgate.core.GatewaySnapshot;
import io.github.reedgate.core.SnapshotJson;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A gateway that starts while its store can't be opened, and finds it again later. */
class LateStoreTest {

    private static final String ARMED =
            "\"state\":\"armed_away\",\"mode\":\"away\",\"since\":\"2026-11-22T21:14:00Z\",\"bypassed\":[],"
                    + "\"open\":[],\"unknown\":[],\"sensors\":[],\"at\":\"2026-11-22T21:14:00Z\",\"clock_synced\":true,";
    private static final String REST = "\"failed_codes\":3,\"used_nonces\":\"9 anna:AAAAAAAAAAAAAAAAAAAAAA:99\"}";
    private static final String BEFORE = "{\"version\":1," + ARMED + "\"left_open\":{\"door\":{\"reports\":1}}," + REST;

    private final AtomicLong nanos = new AtomicLong();

    @TempDir
    private Path folder = Path.of("");

    private Path store() {
        return folder.resolve(StoreFile.NAME);
    }

    private Path hidden() {
        return folder.resolve("hidden");
    }

    /** A thread whose store is there and can't be opened: a folder is in its place. */
    private StoreThread late() throws Exception {
        try (EventStore store = EventStore.open(folder, Bounds.DEFAULT)) {
            store.commit(new Batch(List.of(Samples.event(1)), List.of(), List.of(), BEFORE));
        }
        Files.move(store(), hidden());
        Files.createDirectory(store());
        return new StoreThread(
                null, () -> EventStore.open(folder, Bounds.DEFAULT, SnapshotJson::merged), event -> {}, nanos::get);
    }

    private void turn(StoreThread thread) {
        thread.turn();
        nanos.addAndGet(Duration.ofSeconds(6).toNanos());
    }

    private void found() throws Exception {
        Files.delete(store());
        Files.move(hidden(), store());
    }

    private String row() throws Exception {
        try (EventStore reader = EventStore.open(folder, Bounds.DEFAULT)) {
            assertThat(reader.lastSeq()).isEqualTo(1);
            return reader.snapshot().row();
        }
    }

    private static String with(String panel, String nonces) {
        return "{\"version\":1," + panel + "\"failed_codes\":0,\"used_nonces\":" + nonces + "}";
    }

    @Test
    void gatewayThatReadTheCopyStoresWhatItKnowsAndNothingElse() throws Exception {
        String unknown = with(ARMED, "null");
        String known = with(ARMED, "\"0\"");
        try (StoreThread thread = late()) {
            thread.keepSnapshot(unknown);
            turn(thread);
            found();
            turn(thread);
            assertThat(row()).isEqualTo(unknown);
            thread.keepSnapshot(known);
            turn(thread);
            assertThat(row()).isEqualTo(known);
        }
    }

    @Test
    void gatewayThatKnewNothingKeepsThePanelUntilSomebodyDecides() throws Exception {
        try (StoreThread thread = late()) {
            thread.keepSnapshot("{\"version\":1,\"panel_lost\":\"why\",\"failed_codes\":0,\"used_nonces\":null}");
            turn(thread);
            found();
            turn(thread);
            GatewaySnapshot stored = SnapshotJson.read(row(), "");
            assertThat(stored.panel()).isNotNull();
            assertThat(stored.panelLost()).isEqualTo("why");
            assertThat(stored.failedCodes()).isEqualTo(3);
            assertThat(stored.leftOpen()).isEqualTo(Map.of());
            assertThat(stored.nonces()).isNull();

            String decided = with(ARMED, "\"0\"");
            thread.keepSnapshot(decided);
            turn(thread);
            assertThat(row()).isEqualTo(decided);
        }
    }

    @Test
    void storeThatIsFoundKeepsItsSnapshotIfTheGatewayHasStoredNone() throws Exception {
        try (StoreThread thread = late()) {
            thread.note("a", "b");
            turn(thread);
            found();
            turn(thread);
            try (EventStore reader = EventStore.open(folder, Bounds.DEFAULT)) {
                assertThat(reader.note("a")).as("it was written").isEqualTo("b");
            }
            assertThat(row()).isEqualTo(BEFORE);
        }
    }
}
