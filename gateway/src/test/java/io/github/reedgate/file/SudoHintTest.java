package io.github.reedgate.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SudoHintTest {

    @Test
    void whoeverIsNotRootIsToldOfSudo() {
        assertThat(SudoHint.of("pi", Map.of())).isEqualTo("; or put sudo in front of the command");
        assertThat(SudoHint.of("root", Map.of())).isEmpty();
    }

    @Test
    void theServiceIsNot() {
        assertThat(SudoHint.of("reedgate", Map.of("NOTIFY_SOCKET", "/run/systemd/notify")))
                .isEmpty();
        assertThat(SudoHint.of("reedgate", Map.of("REEDGATE_NOTIFY", "x"))).isEmpty();
    }

    @Test
    void socketThatIsNotThereNeedsNoSudo(@TempDir Path folder) {
        assertThat(SudoHint.at(folder.resolve("control.sock"))).isEmpty();
        assertThat(SudoHint.at(folder.resolve("none/control.sock"))).isEmpty();
    }
}
