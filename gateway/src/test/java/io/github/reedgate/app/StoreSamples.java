package io.github.reedgate.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reedgate.command.Action;
import io.github.reedgate.command.SignedCommands;
import io.github.reedgate.message.Message;
import io.github.reedgate.store.Bounds;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * Writes the state folders in the test resources below {@code stores}, which {@link StoredSamplesTest} opens: with the present
 * code, so only a commit whose layout is wanted writes them. No test of the build; run by its name:
 *
 * <pre>
 * mvn -pl gateway -am test -Dtest=StoreSamples -Dsurefire.failIfNoSpecifiedTests=false -Dreedgate.samples=FOLDER
 * </pre>
 */
@EnabledIfSystemProperty(named = StoreSamples.FOLDER, matches = ".+")
class StoreSamples {

    /** The system property that names the folder to write to. */
    static final String FOLDER = "reedgate.samples";

    /** A log of so many events, the fewest that the configuration allows. */
    static final Bounds SMALL = new Bounds(500, Bounds.DEFAULT.maxAge(), Bounds.DEFAULT.maxBytes());

    private static final String WRONG = "{\"action\":\"DISARM\",\"code\":\"0000\"}";

    @TempDir
    private Path work = Path.of("");

    /** What happens to a gateway before it is stopped. */
    interface Story {

        /** Plays it. */
        void play(StoreRig rig) throws Exception;
    }

    /** A state folder to be made. */
    record Sample(String name, String configuration, Bounds bounds, Story story) {

        /** Plays it in a new folder; the gateway is not stopped yet. */
        StoreRig play(Path work) throws Exception {
            Path folder = Files.createDirectories(work.resolve(name));
            StoreRig rig = StoreRig.start(folder, configuration, bounds, StoreRig.BEGIN);
            story.play(rig);
            return rig;
        }
    }

    /** Those of gateways that were stopped in order. */
    static final List<Sample> STOPPED = List.of(
            new Sample("idle", StoreRig.PLAIN, Bounds.DEFAULT, StoreSamples::idle),
            new Sample("waiting", StoreRig.HOUSE, Bounds.DEFAULT, StoreSamples::waiting),
            new Sample("paused", StoreRig.PLAIN, Bounds.DEFAULT, StoreSamples::paused),
            new Sample("pruned", StoreRig.PLAIN, SMALL, StoreSamples::pruned),
            new Sample("notices", StoreRig.HOUSE, Bounds.DEFAULT, StoreSamples::notices),
            new Sample("arming", StoreRig.HOUSE, Bounds.DEFAULT, StoreSamples::arming),
            new Sample("nonces", StoreRig.HOUSE, Bounds.DEFAULT, StoreSamples::nonces),
            new Sample("remembered", StoreRig.PLAIN, Bounds.DEFAULT, StoreSamples::remembered));

    @Test
    void stopped() throws Exception {
        for (Sample sample : STOPPED) {
            StoreRig rig = sample.play(work);
            rig.stop();
            pack(rig.folder, sample.name());
        }
    }

    /** Everything acknowledged, by a broker that shows its watermark. */
    private static void idle(StoreRig rig) throws Exception {
        rig.connect();
        rig.acceptAll();
        rig.showWatermark();
        rig.move(StoreRig.FRONT_DOOR, true);
        rig.move(StoreRig.FRONT_DOOR, false);
        rig.acceptAll();
        rig.pass(Duration.ofSeconds(5));
        rig.acceptAll();
    }

    /** The broker went away silently before it acknowledged anything. */
    private static void waiting(StoreRig rig) throws Exception {
        rig.connect();
        rig.acceptAll();
        rig.pass(Duration.ofSeconds(5));
        rig.acceptAll();
        rig.move(StoreRig.FRONT_DOOR, true);
        rig.move(StoreRig.FRONT_DOOR, false);
        rig.command(SignedCommands.payload(Action.ARM_AWAY, 1, rig.wall().plusSeconds(60)));
        rig.move(StoreRig.WINDOW, true);
        rig.disconnect();
    }

    /** The event topic is refused once, and what was on its way behind the refused event was accepted. */
    private static void paused(StoreRig rig) throws Exception {
        rig.connect();
        rig.acceptAll();
        rig.move(StoreRig.FRONT_DOOR, true);
        rig.move(StoreRig.WINDOW, true);
        rig.move(StoreRig.WINDOW, false);
        rig.accept(message -> !isEventOf(2, message));
        rig.disconnect();
        rig.move(StoreRig.FRONT_DOOR, false);
    }

    private static boolean isEventOf(long seq, Message message) {
        return message.topic().endsWith("/event")
                && Long.toString(seq).equals(message.userProperties().get("seq"));
    }

    /** More waits than the log keeps. */
    private static void pruned(StoreRig rig) throws Exception {
        rig.move(StoreRig.FRONT_DOOR, true);
        rig.move(StoreRig.FRONT_DOOR, false);
        for (int move = 0; move < 520; move++) {
            rig.move(StoreRig.WINDOW, move % 2 == 0);
            rig.pass(Duration.ofSeconds(3));
        }
    }

    /** An alarm that nobody acknowledges, while no notification can be sent. */
    private static void notices(StoreRig rig) throws Exception {
        rig.connect();
        rig.acceptAll();
        arm(rig);
        rig.pass(Duration.ofSeconds(61));
        rig.move(StoreRig.FRONT_DOOR, true);
        rig.pass(Duration.ofSeconds(20));
        rig.acceptAll();
    }

    private static void arm(StoreRig rig) {
        rig.command(SignedCommands.payload(Action.ARM_AWAY, 1, rig.wall().plusSeconds(60)));
        rig.acceptAll();
    }

    /** The exit delay of 60 s has run for 20 s. */
    private static void arming(StoreRig rig) throws Exception {
        rig.connect();
        rig.acceptAll();
        arm(rig);
        rig.pass(Duration.ofSeconds(20));
        rig.acceptAll();
    }

    /** A signed command that is still valid, and then two wrong codes. */
    private static void nonces(StoreRig rig) throws Exception {
        rig.connect();
        rig.acceptAll();
        rig.command(SignedCommands.payload(Action.ARM_AWAY, 1, rig.wall().plusSeconds(240)));
        rig.command(SignedCommands.payload(Action.DISARM, 2, rig.wall().plusSeconds(240)));
        rig.command(WRONG);
        rig.pass(Duration.ofSeconds(10));
        rig.command(WRONG);
        rig.acceptAll();
    }

    /** The window was reported left open, and the front door's line can't be read. */
    private static void remembered(StoreRig rig) throws Exception {
        rig.connect();
        rig.acceptAll();
        rig.move(StoreRig.WINDOW, true);
        rig.pass(Duration.ofMinutes(11));
        rig.breakLine(StoreRig.FRONT_DOOR);
        rig.acceptAll();
    }

    /** Of what waits, one row was changed on the disk. */
    @Test
    void damaged() throws Exception {
        Path folder = Files.createDirectories(work.resolve("damaged"));
        try (StoreRig rig = StoreRig.start(folder, StoreRig.PLAIN, StoreRig.BEGIN)) {
            rig.move(StoreRig.WINDOW, true);
            rig.move(StoreRig.FRONT_DOOR, true);
            rig.move(StoreRig.WINDOW, false);
            rig.stop();
        }
        damage(folder);
        pack(folder, "damaged");
    }

    private static void damage(Path folder) throws SQLException {
        try (Connection open = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("reedgate.db"));
                Statement statement = open.createStatement()) {
            int changed = statement.executeUpdate(
                    "UPDATE outbox SET payload = replace(payload, 'Window', 'Willow') WHERE payload LIKE '%Window"
                            + " opened%'");
            assertThat(changed).isEqualTo(1);
        }
    }

    /** Cut off: all of it is in the write-ahead log. */
    @Test
    void cut() throws Exception {
        Path folder = Files.createDirectories(work.resolve("running"));
        Path copy = work.resolve("cut");
        try (StoreRig rig = StoreRig.start(folder, StoreRig.HOUSE, StoreRig.BEGIN)) {
            rig.connect();
            rig.acceptAll();
            rig.move(StoreRig.WINDOW, true);
            rig.move(StoreRig.WINDOW, false);
            arm(rig);
            rig.disconnect();
            rig.move(StoreRig.FRONT_DOOR, true);
            rig.move(StoreRig.FRONT_DOOR, false);
            rig.copyTo(copy);
        }
        pack(copy, "cut");
    }

    /** As the first two layouts were, which had fewer tables; what they had is unchanged since. */
    @Test
    void layoutsBefore() throws Exception {
        for (int version = 1; version <= 2; version++) {
            String name = "layout" + version;
            Path folder = Files.createDirectories(work.resolve(name));
            try (StoreRig rig = StoreRig.start(folder, StoreRig.PLAIN, StoreRig.BEGIN)) {
                rig.move(StoreRig.FRONT_DOOR, true);
                rig.stop();
            }
            try (Connection open = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("reedgate.db"));
                    Statement statement = open.createStatement()) {
                statement.execute("DROP TABLE notice");
                if (version == 1) {
                    statement.execute("DROP TABLE panel");
                }
                statement.execute("PRAGMA user_version=" + version);
            }
            pack(folder, name);
        }
    }

    private static void pack(Path folder, String name) throws IOException {
        Path target = Files.createDirectories(Path.of(System.getProperty(FOLDER, "")));
        try (OutputStream file = Files.newOutputStream(target.resolve(name + ".zip"));
                ZipOutputStream zip = new ZipOutputStream(file);
                Stream<Path> all = Files.list(folder)) {
            zip.setLevel(9);
            List<Path> sorted = all.filter(Files::isRegularFile).sorted().toList();
            for (Path each : sorted) {
                ZipEntry entry = new ZipEntry(each.getFileName().toString());
                entry.setLastModifiedTime(FileTime.from(StoreRig.BEGIN));
                zip.putNextEntry(entry);
                Files.copy(each, zip);
            }
        }
    }

    /** Unpacks a sample into a folder and returns that. */
    static Path unpack(String name, Path into) throws IOException {
        Path folder = Files.createDirectories(into.resolve(name));
        try (InputStream resource = Objects.requireNonNull(
                        StoreSamples.class.getResourceAsStream("/stores/" + name + ".zip"), name);
                ZipInputStream zip = new ZipInputStream(resource)) {
            ZipEntry entry = zip.getNextEntry();
            while (entry != null) {
                Files.copy(zip, folder.resolve(entry.getName()));
                entry = zip.getNextEntry();
            }
        }
        return folder;
    }
}
