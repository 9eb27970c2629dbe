package io.github.reedgate.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.jr.ob.JSON;
import io.github.reedgate.command.Action;
import io.github.reedgate.command.SignedCommands;
import io.github.reedgate.config.Config;
import io.github.reedgate.config.ConfigReader;
import io.github.reedgate.line.FakeLines;
import io.github.reedgate.link.FakeLink;
import io.github.reedgate.link.PublishOutcome;
import io.github.reedgate.store.Bounds;
import io.github.reedgate.users.Users;
import io.github.reedgate.users.UsersFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every name under which something is stored: files, tables, columns, keys. The table is compared with what real runs leave
 * behind, in virtual time, by a whole gateway, and on the stored folders of {@link StoredSamplesTest}. A name that is added, renamed or removed
 * has to be changed here, too: an installed gateway has the old one on its disk, and may get the version before again.
 */
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PersistedNamesTest {

    /** A line for each place: what it is, a colon, and the names in it. A time in a file's name is TIME. */
    private static final String NAMES = """
        file: control.sock lock panel.json reedgate.db reedgate.db-shm reedgate.db-wal reedgate.db.damaged-TIME \
        start.properties start.properties.damaged users.yaml
        key of meta: foreign_watermark gateway last_refusal last_refusal_time last_set_aside last_set_aside_time lost_subscriptions \
        never_sent own_topics refusals renumbering set_aside set_aside_list watermark_server
        panel.json: at bypassed clock_synced escalation failed_codes former incident left_ns left_open mode open panel_lost \
        sensors since state troubles unknown used_nonces version
        panel.json escalation: at clock_synced dues event incident line raised_ns
        panel.json escalation dues: left_ns target times
        panel.json escalation event: boot clock_synced gateway id message more name sensor seq state time type uptime_ms
        panel.json former: bypassed mode
        panel.json incident: acknowledged id raised repeat_ns sensors
        panel.json left_open: reports since
        properties of outbox: event_type id replayed seq time
        row of document: at bypassed clock_synced escalation failed_codes former incident left_ns left_open mode open \
        panel_lost sensors since state troubles unknown used_nonces version
        row of document escalation: at clock_synced dues event incident line raised_ns
        row of document escalation dues: left_ns target times
        row of document escalation event: boot clock_synced gateway id message more name sensor seq state time type uptime_ms
        row of document former: bypassed mode
        row of document incident: acknowledged id raised repeat_ns sensors
        row of document left_open: reports since
        row of notice: after_ms escalated event grade repeat target text
        row of notice event: boot clock_synced gateway id message more name sensor seq state time type uptime_ms
        start.properties: boot ceiling check clean next
        table document: body id
        table event: alarm boot clock_synced crc id message more name sensor seq state time_ms type uptime_ms
        table meta: key value
        table notice: document id
        table outbox: alarm content_type crc id payload properties seq topic
        """;

    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final List<String> PLAIN_SAMPLES =
            List.of("idle", "paused", "remembered", "damaged", "layout1", "layout2");
    private static final List<String> HOUSE_SAMPLES = List.of("waiting", "notices", "arming", "nonces", "cut");

    private final Map<String, Set<String>> found = new TreeMap<>();

    @TempDir
    private Path work = Path.of("");

    @Test
    void namesOnTheDiskAreTheseAndNoOthers() throws Exception {
        for (String name : PLAIN_SAMPLES) {
            look(StoreRig.start(StoreSamples.unpack(name, work), StoreRig.PLAIN, at(60)));
        }
        for (String name : HOUSE_SAMPLES) {
            look(StoreRig.start(StoreSamples.unpack(name, work), StoreRig.HOUSE, at(60)));
        }
        for (StoreSamples.Sample sample : StoreSamples.STOPPED) {
            if (sample.bounds().equals(Bounds.DEFAULT)) { // one more with many events has no more names
                look(sample.play(work.resolve("played")));
            }
        }
        look(undeliverable());
        look(renumbered());
        look(rearmed());
        look(overwritten());
        look(withoutItsMemory());
        look(damaged());
        lookAtWholeGateway();
        StringBuilder all = new StringBuilder();
        found.forEach((where, names) ->
                all.append(where).append(": ").append(String.join(" ", names)).append('\n'));
        assertThat(all.toString()).isEqualTo(NAMES);
    }

    private static Instant at(int seconds) {
        return StoreRig.BEGIN.plusSeconds(seconds);
    }

    /** One event can't be sent and is set aside. */
    private StoreRig undeliverable() throws Exception {
        StoreRig rig = StoreRig.start(folder("undeliverable"), StoreRig.PLAIN, at(0));
        rig.connect();
        for (int tries = 0; tries < 10; tries++) {
            rig.answer(message ->
                    message.payload().contains("\"started\"") ? PublishOutcome.TOO_LARGE : PublishOutcome.ACCEPTED);
            rig.pass(Duration.ofSeconds(10));
        }
        rig.disconnect();
        rig.testAlarm();
        return rig;
    }

    /** The broker knows higher numbers than this folder has sent. */
    private StoreRig renumbered() throws Exception {
        StoreRig rig = StoreRig.start(folder("renumbered"), StoreRig.PLAIN, at(0));
        rig.connect(5_000);
        rig.acceptAll();
        return rig;
    }

    /** Another client has written the watermark. */
    private StoreRig overwritten() throws Exception {
        StoreRig rig = StoreRig.start(folder("overwritten"), StoreRig.PLAIN, at(0));
        rig.connect(Long.MAX_VALUE);
        return rig;
    }

    /** Armed for another mode while armed. */
    private StoreRig rearmed() throws Exception {
        StoreRig rig = StoreRig.start(folder("rearmed"), StoreRig.HOUSE, at(0));
        rig.command(SignedCommands.payload(Action.ARM_HOME, 1, at(60)));
        rig.command(SignedCommands.payload(Action.ARM_AWAY, 2, at(60)));
        rig.pass(Duration.ofSeconds(1));
        return rig;
    }

    /** The panel was armed, and nothing that remembers it is left. */
    private StoreRig withoutItsMemory() throws Exception {
        Path folder = StoreSamples.unpack("arming", work.resolve("lost"));
        Files.delete(folder.resolve("panel.json"));
        Files.delete(folder.resolve("reedgate.db"));
        return StoreRig.start(folder, StoreRig.HOUSE, at(60));
    }

    /** Both the database and the file of the numbers. */
    private StoreRig damaged() throws Exception {
        Path folder = StoreSamples.unpack("idle", work.resolve("spoilt"));
        Files.write(folder.resolve("reedgate.db"), new byte[5_000], StandardOpenOption.WRITE);
        Files.writeString(folder.resolve("start.properties"), "boot=1\n");
        return StoreRig.start(folder, StoreRig.PLAIN, at(60));
    }

    private void add(String where, String name) {
        found.computeIfAbsent(where, key -> new TreeSet<>()).add(name);
    }

    private Path folder(String name) throws IOException {
        return Files.createDirectories(work.resolve(name));
    }

    private void look(StoreRig rig) throws Exception {
        Path copy = rig.folder.resolveSibling(rig.folder.getFileName() + "-copy");
        rig.copyTo(copy);
        rig.stop();
        look(copy);
        look(rig.folder);
    }

    /** A gateway as it is started, which makes its files for others, and one user. */
    private void lookAtWholeGateway() throws Exception {
        Config config = new ConfigReader()
                .read(StoreRig.PLAIN, work.resolve("reedgate.yaml").toString());
        GatewayRun run = GatewayRun.start(config, FakeLines::new, will -> new FakeLink());
        new UsersFile(config.stateDir()).write(Users.none());
        look(config.stateDir());
        assertThat(run.stop(LIMIT)).isTrue();
        look(config.stateDir());
    }

    private void look(Path folder) throws Exception {
        try (Stream<Path> files = Files.list(folder)) {
            files.forEach(file -> add("file", file.getFileName().toString().replaceAll("-[0-9T].*", "-TIME")));
        }
        Path copy = folder.resolve("panel.json");
        if (Files.exists(copy)) {
            keys("panel.json", unchecked(Files.readString(copy).stripTrailing()));
        }
        for (String line : Files.readAllLines(folder.resolve("start.properties"), StandardCharsets.ISO_8859_1)) {
            add("start.properties", line.substring(0, line.indexOf('=')));
        }
        try (Connection open = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("reedgate.db"))) {
            tables(open);
            for (String key : column(open, "SELECT key FROM meta")) {
                add("key of meta", key);
            }
            for (String document : column(open, "SELECT body FROM document")) {
                keys("row of document", unchecked(document));
            }
            for (String document : column(open, "SELECT document FROM notice")) {
                keys("row of notice", unchecked(document));
            }
            for (String properties : column(open, "SELECT properties FROM outbox")) {
                keys("properties of outbox", properties);
            }
        }
    }

    private void tables(Connection open) throws SQLException {
        for (String table : column(open, "SELECT name FROM sqlite_master")) {
            for (String column : column(open, "SELECT name FROM pragma_table_info('" + table + "')")) {
                add("table " + table, column);
            }
        }
    }

    private static List<String> column(Connection open, String sql) throws SQLException {
        List<String> values = new ArrayList<>();
        try (Statement query = open.createStatement();
                ResultSet row = query.executeQuery(sql)) {
            while (row.next()) {
                values.add(row.getString(1));
            }
        }
        return values;
    }

    /** A document ends in its check. */
    private static String unchecked(String stored) {
        return stored.substring(0, stored.lastIndexOf(' '));
    }

    private void keys(String where, String document) throws IOException {
        if (document.isEmpty()) {
            return;
        }
        keys(where, JSON.std.mapFrom(document));
    }

    private void keys(String where, Map<?, ?> all) {
        all.forEach((key, value) -> {
            add(where, key.toString());
            boolean isFree = List.of("more", "left_open", "troubles").contains(key);
            if (key.equals("left_open") && value instanceof Map<?, ?> reports) {
                reports.values().forEach(report -> keys(where + " left_open", (Map<?, ?>) report));
            } else if (value instanceof Map<?, ?> inner && !isFree) {
                keys(where + " " + key, inner);
            } else if (value instanceof List<?> list) {
                list.stream()
                        .filter(Map.class::isInstance)
                        .forEach(inner -> keys(where + " " + key, (Map<?, ?>) inner));
            }
        });
    }
}
