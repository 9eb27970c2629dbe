package io.github.reedgate.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reedgate.config.Config;
import io.github.reedgate.config.ConfigReader;
import io.github.reedgate.event.Event;
import io.github.reedgate.event.EventType;
import io.github.reedgate.line.FakeLines;
import io.github.reedgate.link.FakeLink;
import io.github.reedgate.notify.HttpScript;
import io.github.reedgate.store.Bounds;
import io.github.reedgate.store.EventStore;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A whole gateway without a broker tells an ntfy server, and proves it in its log. */
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class NotifyRunTest {

    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final String TAKEN = HttpScript.taken("aB3", "doors");

    @TempDir
    private Path folder = Path.of("");

    private GatewayRun start(HttpScript server) throws Exception {
        Path token = Files.writeString(folder.resolve("token"), "tk_not_for_logs\n");
        String text = """
                gateway: {id: home}
                state_dir: state
                broker: {url: 'mqtt://localhost:1'}
                sensors: {door: {line: 17}}
                notify:
                  phone: {type: ntfy, url: '%s', topic: doors, token_file: %s, events: alarms}
                """.formatted(server.url(), token);
        Config config =
                new ConfigReader().read(text, folder.resolve("reedgate.yaml").toString());
        return GatewayRun.start(config, FakeLines::new, will -> new FakeLink());
    }

    private void testAlarm() throws Exception {
        UnixDomainSocketAddress address = UnixDomainSocketAddress.of(folder.resolve("state/control.sock"));
        try (SocketChannel client = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            client.connect(address);
            client.write(ByteBuffer.wrap("test-alarm 1\n".getBytes(StandardCharsets.UTF_8)));
            client.shutdownOutput();
            assertThat(client.read(ByteBuffer.allocate(100))).isPositive();
        }
    }

    private static void await(String what, Callable<Boolean> condition) throws Exception {
        long end = System.nanoTime() + LIMIT.toNanos();
        while (!condition.call()) {
            assertThat(System.nanoTime() - end).as(what).isNegative();
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
    }

    private long count(String sql) throws Exception {
        try (Connection open = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("state/reedgate.db"));
                Statement query = open.createStatement();
                ResultSet row = query.executeQuery("SELECT count(*) FROM " + sql)) {
            return row.getLong(1);
        }
    }

    private List<Event> log(EventType type) throws Exception {
        try (EventStore store = EventStore.open(folder.resolve("state"), Bounds.DEFAULT)) {
            return store.events(0, 1000).stream()
                    .filter(event -> event.type() == type)
                    .toList();
        }
    }

    @Test
    void alarmIsTakenByTheServerAndProvenInTheLog() throws Exception {
        try (HttpScript server = HttpScript.saying("500 Oh", "")) {
            GatewayRun run = start(server);
            testAlarm();
            await("a first try", () -> !server.requests().isEmpty());
            await("a row", () -> count("notice") == 1);
            server.becomes(HttpScript.answer("200 OK", TAKEN));
            await("a proof", () -> count("event WHERE type = 'notified'") == 1);
            assertThat(run.stop(LIMIT)).isTrue();

            assertThat(server.requests())
                    .allSatisfy(request -> assertThat(request)
                            .contains("Test alarm from home", "\"priority\":5", "Bearer tk_not_for_logs"));
        }
        assertThat(log(EventType.NOTIFIED)).first().satisfies(event -> {
            assertThat(event.message()).startsWith("phone took \"Test alarm from home");
            assertThat(event.more())
                    .containsEntry("target", "phone")
                    .containsEntry("message_id", "aB3")
                    .containsEntry("proof", "ntfy answered 200 with message id aB3");
            assertThat(event.more().get("tries")).isInstanceOf(Long.class).isNotEqualTo(1L);
        });
        assertThat(log(EventType.NOTIFIED).toString()).doesNotContain("tk_not_for_logs");
    }

    @Test
    void noticeThatNobodyTookIsToldByTheNextStart() throws Exception {
        try (HttpScript server = new HttpScript(HttpScript::silently)) {
            GatewayRun first = start(server);
            testAlarm();
            await("a first try", () -> !server.requests().isEmpty());
            assertThat(first.stop(LIMIT)).isTrue();
            assertThat(count("notice")).isEqualTo(1);

            server.becomes(HttpScript.answer("200 OK", TAKEN));
            GatewayRun second = start(server);
            await("a proof", () -> count("event WHERE type = 'notified'") == 1);
            assertThat(second.stop(LIMIT)).isTrue();
        }
        assertThat(count("notice")).isZero();
    }
}
