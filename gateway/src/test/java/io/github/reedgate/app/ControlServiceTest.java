package io.github.reedgate.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reedgate.file.FileKind;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The control socket that can't be made at the start of a gateway, and can later. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class ControlServiceTest {

    private static final long START_NANOS = Long.MAX_VALUE - 5; // the clock overflows on the way

    private final List<String> log = new ArrayList<>();
    private final ControlRequests requests = new ControlRequests(new InputQueue(10), Duration.ofSeconds(20));
    private int tries;

    @TempDir
    private Path folder = Path.of("");

    @SuppressWarnings("NullAway.Init")
    private ControlService service;

    private void serve(ControlService.Opening opening) {
        service = new ControlService(
                folder.resolve("control.sock"),
                () -> {
                    tries++;
                    return opening.open();
                },
                System::nanoTime,
                (level, text) -> log.add(level + " " + text));
    }

    private void serveSocket() {
        serve(() -> ControlSocket.open(folder.resolve("control.sock"), requests));
    }

    private static long after(Duration time) {
        return START_NANOS + time.toNanos();
    }

    @AfterEach
    void close() throws Exception {
        service.close();
    }

    @Test
    void socketThatCanBeMadeIsServedAndNothingIsLogged() throws IOException {
        serveSocket();

        assertThat(service.attend(START_NANOS)).isTrue();

        assertThat(isServed()).isTrue();
        assertThat(log).isEmpty();
    }

    @Test
    void itIsTriedAgainEveryFifteenSecondsAndLoggedTwiceAtMost() throws Exception {
        Path inTheWay = folder.resolve("control.sock");
        FileKind.FILLED_FOLDER.put(inTheWay);
        serveSocket();

        assertThat(service.attend(START_NANOS)).isFalse();
        assertThat(service.attend(after(Duration.ofSeconds(15).minusNanos(1)))).isFalse();
        assertThat(tries).as("just before it is due").isEqualTo(1);
        assertThat(service.attend(after(Duration.ofSeconds(15)))).isFalse();
        assertThat(service.attend(after(Duration.ofSeconds(30)))).isFalse();
        assertThat(tries).isEqualTo(3);
        assertThat(log)
                .containsExactly("ERROR " + inTheWay + " can't be opened (" + inTheWay
                        + " is a folder with files in it); commands on this machine can't reach the"
                        + " gateway, which goes on and tries again every 15 s");

        Files.move(inTheWay, folder.resolve("moved"));
        assertThat(service.attend(after(Duration.ofSeconds(45).minusNanos(1)))).isFalse();
        assertThat(service.attend(after(Duration.ofSeconds(45)))).isTrue();
        assertThat(service.attend(after(Duration.ofSeconds(60)))).isTrue();

        assertThat(tries).isEqualTo(4);
        assertThat(isServed()).isTrue();
        assertThat(log)
                .hasSize(2)
                .last()
                .isEqualTo("INFO " + inTheWay + " is open now; commands on this machine reach the gateway");
    }

    @ParameterizedTest
    @EnumSource
    void whatLiesWhereTheSocketIsMadeIsReplacedUnlessItHoldsFiles(FileKind kind) throws Exception {
        for (String name : List.of("control.sock", ".control")) {
            kind.put(folder.resolve(name));
        }
        serveSocket();

        assertThat(service.attend(START_NANOS)).isEqualTo(kind != FileKind.FILLED_FOLDER);
        assertThat(isServed()).isEqualTo(kind != FileKind.FILLED_FOLDER);
        assertThat(folder.resolve("elsewhere")).doesNotExist();
    }

    @Test
    void pathThatIsTooLongIsToldAndAtTheLimitIsServed() throws Exception {
        int room = 106 - folder.toString().length() - "/control.sock".length() - 1;
        Path longest = Files.createDirectory(folder.resolve("n".repeat(room)));
        assertThat(longest.resolve("control.sock").toString()).hasSize(106);
        assertThat(SocketPath.trouble(longest)).isEmpty();
        serve(() -> ControlSocket.open(longest.resolve("control.sock"), requests));
        assertThat(service.attend(START_NANOS)).isTrue();
        assertThat(isServed(longest.resolve("control.sock"))).isTrue();
        service.close();

        Path tooLong = Files.createDirectory(folder.resolve("n".repeat(room + 1)));
        assertThat(SocketPath.trouble(tooLong))
                .hasValueSatisfying(text -> assertThat(text).contains("1 too many"));
        serve(() -> ControlSocket.open(tooLong.resolve("control.sock"), requests));
        assertThat(service.attend(START_NANOS)).isFalse();
        assertThat(log).singleElement().asString().contains("its path is too long for a socket");
        assertThat(tooLong).isEmptyDirectory();
    }

    @Test
    void failuresOfAnyKindAreSurvived() {
        serve(() -> {
            if (tries == 1) {
                throw new IOException("No space left on device");
            }
            throw new IllegalStateException("planted");
        });

        assertThat(service.attend(START_NANOS)).isFalse();
        assertThat(service.attend(after(Duration.ofSeconds(15)))).isFalse();

        assertThat(log).singleElement().asString().contains("No space left on device");
    }

    @Test
    void nothingIsTriedAfterTheEnd() throws Exception {
        serve(() -> {
            throw new IOException("planted");
        });
        service.attend(START_NANOS);

        service.close();

        assertThat(service.attend(after(Duration.ofHours(1)))).isTrue();
        assertThat(tries).isEqualTo(1);
    }

    @Test
    void startReturnsWithTheSocketOrWithoutIt() throws Exception {
        serveSocket();
        service.start();
        assertThat(isServed()).isTrue();
        service.close();
        assertThat(folder.resolve("control.sock")).doesNotExist();

        FileKind.FILLED_FOLDER.put(folder.resolve("control.sock"));
        serveSocket();
        service.start();
        assertThat(log).hasSize(1);
    }

    private boolean isServed() throws IOException {
        return isServed(folder.resolve("control.sock"));
    }

    private static boolean isServed(Path socket) throws IOException {
        try (SocketChannel client = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            return client.connect(UnixDomainSocketAddress.of(socket));
        } catch (IOException e) {
            return false;
        }
    }
}
