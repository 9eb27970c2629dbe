package io.github.reedgate.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reedgate.core.GatewaySettings.Recall;
import io.github.reedgate.store.Batch;
import io.github.reedgate.store.Bounds;
import io.github.reedgate.store.EventStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** State files that are missing, empty, foreign, damaged or no files at all, beside others that show that a gateway ran. */
class PanelEvidenceTest {

    private static final String ARMED =
            "{\"version\":1,\"state\":\"armed_away\",\"mode\":\"away\",\"since\":\"2026-11-22T21:14:00Z\",\"bypassed\":[],"
                    + "\"open\":[],\"unknown\":[],\"sensors\":[],\"at\":\"2026-11-22T21:14:00Z\",\"clock_synced\":true}";

    @TempDir
    private Path folder = Path.of("");

    private Path store() {
        return folder.resolve("reedgate.db");
    }

    private Path copy() {
        return folder.resolve("panel.json");
    }

    private void ranArmed() throws Exception {
        try (EventStore store = EventStore.open(folder, Bounds.DEFAULT)) {
            store.commit(new Batch(List.of(), List.of(), List.of(), ARMED));
        }
        Files.writeString(folder.resolve("start.properties"), "boot=1");
    }

    private Recall recall() {
        try (DurableStorage storage = DurableStorage.open(folder, Bounds.DEFAULT, event -> {})) {
            return storage.found().before().recall();
        }
    }

    private @Nullable String nonces() {
        try (DurableStorage storage = DurableStorage.open(folder, Bounds.DEFAULT, event -> {})) {
            return storage.found().before().snapshot().nonces();
        }
    }

    private static void replaceByFolder(Path file) throws IOException {
        Files.delete(file);
        Files.createDirectory(file);
    }

    @Test
    void brokerIsAskedAtEachStartUntilAPanelIsStored() throws Exception {
        assertThat(recall()).isEqualTo(Recall.NEVER_STORED);
        assertThat(recall()).as("a store without a panel").isEqualTo(Recall.NEVER_STORED);
        ranArmed();
        assertThat(recall()).isEqualTo(Recall.WHOLE);
    }

    /** A gateway without a panel stores that it has none at its first start: a store that is lost later is no lost panel. */
    @Test
    void storeOfAGatewayWithoutAPanelIsNoLostPanel() throws Exception {
        recall();
        Files.writeString(store(), "nonsense");
        assertThat(recall()).isEqualTo(Recall.NEVER_STORED);
        Files.delete(store());
        assertThat(recall()).isEqualTo(Recall.NEVER_STORED);
    }

    /** The process dies before its store thread has started. */
    @Test
    void lossIsOnDiskAsSoonAsItIsFound() throws Exception {
        ranArmed();
        Files.delete(store());
        Files.delete(copy());
        Recall lost = new Recall(false, "the store is missing or empty");
        try (DurableStorage killed = DurableStorage.open(folder, Bounds.DEFAULT, event -> {})) {
            assertThat(killed.found().before().recall()).isEqualTo(lost);
            assertThat(recall()).isEqualTo(lost);
            assertThat(nonces()).isNull();
        }
    }

    /** Only its very first start leaves that. */
    @Test
    void emptyStoreAloneIsAFirstStart() throws Exception {
        Files.createFile(store());
        assertThat(recall()).isEqualTo(Recall.NEVER_STORED);
        assertThat(nonces()).isEmpty();
    }

    @Test
    void storeWithoutASnapshotBesideALaterFileIsALostPanel() throws Exception {
        EventStore.open(folder, Bounds.DEFAULT).close();
        assertThat(nonces()).as("killed in its very first start").isEmpty();
        Files.delete(store());
        Files.delete(copy());
        EventStore.open(folder, Bounds.DEFAULT).close();
        Files.writeString(folder.resolve("start.properties"), "boot=1");
        try (DurableStorage storage = DurableStorage.open(folder, Bounds.DEFAULT, event -> {})) {
            assertThat(storage.found().before().recall())
                    .isEqualTo(new Recall(false, "the store has nothing of an earlier run"));
            assertThat(storage.found().before().snapshot().nonces()).isNull();
        }
    }

    @Test
    void usedSignedCommandsAreUnknownBesideAnyEvidenceOfALostStore() throws Exception {
        assertThat(nonces()).as("a first start").isEmpty();
        assertThat(nonces()).isEmpty();
        Files.delete(store());
        assertThat(nonces()).as("a store that is gone, beside its copy").isNull();
        Files.delete(store());
        Files.delete(copy());
        Files.writeString(folder.resolve("start.properties"), "boot=1");
        assertThat(nonces()).as("nothing but a start file").isNull();
    }

    @Test
    void eitherOfTheTwoIsEnough() throws Exception {
        ranArmed();
        Files.delete(copy());
        assertThat(recall()).isEqualTo(Recall.WHOLE);
        Files.writeString(copy(), "nonsense");
        assertThat(recall()).isEqualTo(Recall.WHOLE);
    }

    @Test
    void damagedStoreWithItsCopyIsWhole() throws Exception {
        ranArmed();
        Files.writeString(store(), "nonsense");
        assertThat(recall()).isEqualTo(Recall.WHOLE);
    }

    @Test
    void missingIsLostBesideEvidence() throws Exception {
        ranArmed();
        Files.delete(store());
        Files.delete(copy());
        assertThat(recall()).isEqualTo(new Recall(false, "the store is missing or empty"));
    }

    @Test
    void emptyIsLost() throws Exception {
        ranArmed();
        Files.write(store(), new byte[0]);
        Files.write(copy(), new byte[0]);
        assertThat(recall()).isEqualTo(new Recall(false, "the store is missing or empty, and panel.json is damaged"));
    }

    @Test
    void foreignIsLost() throws Exception {
        ranArmed();
        Files.writeString(store(), "nonsense");
        Files.writeString(copy(), "nonsense");
        assertThat(recall())
                .isEqualTo(new Recall(false, "the store was damaged or of a later version, and panel.json is damaged"));
    }

    @Test
    void folderInPlaceOfEachIsLost() throws Exception {
        ranArmed();
        replaceByFolder(store());
        replaceByFolder(copy());
        assertThat(recall())
                .isEqualTo(new Recall(false, "the store can't be used, and panel.json is no ordinary file"));
    }

    @Test
    void pipeInPlaceOfTheCopyIsNotWaitedFor() throws Exception {
        ranArmed();
        Files.writeString(store(), "nonsense");
        Files.delete(copy());
        assertThat(new ProcessBuilder("mkfifo", copy().toString()).start().waitFor())
                .isZero();
        assertThat(recall().lost()).endsWith("panel.json is no ordinary file");
    }

    @Test
    void spoiltRowIsLost() throws Exception {
        ranArmed();
        Files.delete(copy());
        try (var connection = java.sql.DriverManager.getConnection("jdbc:sqlite:" + store());
                var statement = connection.createStatement()) {
            statement.executeUpdate("UPDATE document SET body = '{}'");
        }
        assertThat(recall()).isEqualTo(new Recall(false, "its row in the store is damaged"));
    }

    @Test
    void folderThatCantBeUsedAtAllMayHaveHadAPanel() throws Exception {
        Path file = Files.writeString(folder.resolve("state"), "");
        try (DurableStorage storage = DurableStorage.open(file, Bounds.DEFAULT, event -> {})) {
            assertThat(storage.found().before().recall()).isEqualTo(new Recall(false, "the store can't be used"));
        }
    }
}
