package io.github.reedgate.monitor.supervision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.reedgate.time.Timestamp;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What survives a restart. */
class SupervisionMemoryTest {

    private static final Timestamp NOW = new Timestamp(99, SupervisionRig.BEGIN);

    @TempDir
    private Path folder = Path.of("");

    private static SupervisionState ringing() {
        SupervisionRig rig = SupervisionRig.watching("home", "barn");
        rig.pending("home", Duration.ofSeconds(20));
        rig.says("home", "availability", "offline");
        rig.pass(Duration.ofMinutes(1), "barn");
        rig.event("barn", "stopping", 3);
        return rig.state();
    }

    private static SupervisionState read(String document) throws IOException {
        return SupervisionMemory.read(document, SupervisionSettings.DEFAULT, NOW);
    }

    @Test
    void aStateIsReadAsItWasWritten() throws IOException {
        String document = SupervisionMemory.write(ringing());

        assertThat(SupervisionMemory.write(read(document))).isEqualTo(document);
        assertThat(read(document).ringing()).containsExactly("home");
        assertThat(read(document).outbox()).isNotEmpty();
    }

    @Test
    void aDocumentThatIsCutShortAnywhereIsRefused() {
        String document = SupervisionMemory.write(ringing());
        for (int length = 0; length < document.length(); length++) {
            String cut = document.substring(0, length);
            assertThatThrownBy(() -> read(cut)).as(cut).isInstanceOf(IOException.class);
        }
    }

    @Test
    void aLaterVersionIsRefused() {
        String document = SupervisionMemory.write(ringing()).replace("\"version\":1", "\"version\":2");

        assertThatThrownBy(() -> read(document)).hasMessageContaining("version is 2, expected 1");
    }

    @Test
    void theFileIsReplacedAsAWholeAndMovedAsideIfDamaged() throws IOException {
        FileSupervisionStore store = new FileSupervisionStore(folder);
        assertThat(store.load()).isEmpty();
        store.save("one");
        store.save("two");
        assertThat(store.load()).contains("two");

        assertThat(store.setAside()).hasContent("two");
        assertThat(store.load()).isEmpty();
    }

    @Test
    void aDocumentWithAnyDamageIsReadOrRefusedAndNothingElse() {
        byte[] document = SupervisionMemory.write(ringing()).getBytes(StandardCharsets.UTF_8);
        SplittableRandom random = new SplittableRandom(7);
        int refused = 0;
        for (int count = 0; count < 20_000; count++) {
            byte[] damaged = document.clone();
            for (int flips = 1 + random.nextInt(3); flips > 0; flips--) {
                int place = random.nextInt(damaged.length);
                damaged[place] = (byte) (random.nextBoolean() ? '0' + random.nextInt(10) : random.nextInt(127));
            }
            try {
                read(new String(damaged, StandardCharsets.UTF_8));
            } catch (IOException e) {
                refused++;
            }
        }
        assertThat(refused).isGreaterThan(5_000);
    }

    @Test
    void numbersBeyondAllBoundsAreDamage() {
        String document = SupervisionMemory.write(ringing());
        for (String bad : List.of(
                document.replace("\"repeats\":0", "\"repeats\":99999999999"),
                document.replace("\"offset_ms\":0", "\"offset_ms\":9223372036854775807"))) {
            assertThat(bad).isNotEqualTo(document);
            assertThatThrownBy(() -> read(bad)).isInstanceOf(DamagedFileException.class);
        }
    }
}
