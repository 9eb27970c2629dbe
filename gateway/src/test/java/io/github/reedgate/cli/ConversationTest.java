package io.github.reedgate.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who listens at a socket can neither keep a command waiting for ever nor fill its memory. */
final class ConversationTest {

    private static final Duration LONG = Duration.ofSeconds(60);
    private static final Duration SHORT = Duration.ofMillis(200);

    @TempDir
    private Path folder = Path.of("");

    @Test
    void silenceEndsInABound() throws IOException {
        try (HostileSocket silent = new HostileSocket(folder.resolve("s"), "", true);
                Conversation conversation = Conversation.with(folder.resolve("s"), LONG)) {
            assertThat(silent).isNotNull();
            assertThatThrownBy(() -> conversation.within(SHORT, conversation::wantedLine))
                    .isInstanceOf(IOException.class)
                    .hasMessage("no answer within 200 ms");
        }
    }

    @Test
    void answerWithoutAnEndEndsInABound() throws IOException {
        try (HostileSocket endless = new HostileSocket(folder.resolve("s"), "x".repeat(4096), true);
                Conversation conversation = Conversation.with(folder.resolve("s"), LONG)) {
            assertThat(endless).isNotNull();
            assertThatThrownBy(() -> conversation.within(LONG, () -> {
                        conversation.send("status\n");
                        return conversation.wantedLine();
                    }))
                    .isInstanceOf(IOException.class)
                    .hasMessage("an answer of more than 1048576 bytes");
        }
    }

    @Test
    void linesWithoutAnEndEndInABoundToo() throws IOException {
        try (HostileSocket endless = new HostileSocket(folder.resolve("sim.sock"), "ok x\n".repeat(800), true);
                SimClient client = SimClient.connect(folder.resolve("sim.sock"))) {
            assertThat(endless).isNotNull();
            assertThatThrownBy(() -> client.ask(List.of("status")))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("more than");
        }
    }
}
