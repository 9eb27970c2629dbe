package io.github.reedgate.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What systemd is told. */
final class SystemdNotifierTest {

    private final List<String> messages = new ArrayList<>();
    private final SystemdNotifier notifier = new SystemdNotifier(new OutputStream() {
        @Override
        public void write(int one) {
            throw new AssertionError("a message in pieces");
        }

        @Override
        public void write(byte[] message) {
            messages.add(new String(message, StandardCharsets.UTF_8));
        }
    });

    @Test
    void eachMessageIsOneWrite() {
        notifier.extend(Duration.ofSeconds(30));
        notifier.status("front_door closed; broker connected; 0 waiting");
        notifier.ready();
        notifier.alive();
        notifier.stopping(Duration.ofMillis(12_500));

        assertThat(messages)
                .containsExactly(
                        "EXTEND_TIMEOUT_USEC=30000000",
                        "STATUS=front_door closed; broker connected; 0 waiting",
                        "READY=1",
                        "WATCHDOG=1",
                        "STOPPING=1\nEXTEND_TIMEOUT_USEC=12500000");
    }

    @Test
    void aStatusCannotSayAnythingElse() {
        notifier.status("one\nREADY=1\u0000");

        assertThat(messages).containsExactly("STATUS=one READY=1 ");
    }

    @Test
    void aSocketThatIsGoneDisturbsNobody() {
        SystemdNotifier broken = new SystemdNotifier(new OutputStream() {
            @Override
            public void write(int one) throws IOException {
                throw new IOException("Connection refused");
            }
        });

        assertThatCode(() -> {
                    broken.alive();
                    broken.alive();
                })
                .doesNotThrowAnyException();
    }

    @Test
    void withoutSystemdNothingHappens() {
        for (Map<String, String> environment : List.of(
                Map.<String, String>of(),
                Map.of("NOTIFY_SOCKET", ""),
                Map.of("NOTIFY_SOCKET", "/run/systemd/notify"),
                Map.of("REEDGATE_NOTIFY", "yes"))) {
            assertThatCode(() -> SystemdNotifier.of(environment).ready()).doesNotThrowAnyException();
        }
    }
}
