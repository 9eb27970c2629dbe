package io.github.reedgate.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.reedgate.testbroker.BrokerOptions;
import io.github.reedgate.testbroker.TestBroker;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real gateway that was armed and whose state files are then spoilt or gone: it is not disarmed, and says what is lost. */
final class PanelLostIT {

    private static final String PANEL = "alarm:\n  away:\n    exit_delay: 0s\n";

    private static final int NOBODY = 65_534;

    @TempDir
    private Path folder = Path.of("");

    private final TestBroker broker = TestBroker.create(BrokerOptions.plain());

    @BeforeEach
    void startBroker() {
        broker.start();
    }

    @AfterEach
    void endBroker() {
        broker.close();
    }

    private RunningGateway armed(Subscriber phone) {
        return armed(phone, RunningGateway.configured(folder, PANEL + Yaml.frontDoor(broker.port())));
    }

    private static RunningGateway armed(Subscriber phone, RunningGateway gateway) {
        gateway.start();
        phone.awaitLast("panel/state", "disarmed");
        phone.awaitLast("front_door/state", "closed");
        assertThat(phone.events("panel_lost")).as("a first start is quiet").isEmpty();
        assertThat(gateway.succeeds("status")).doesNotContain("lost");
        gateway.succeeds("arm", "away");
        phone.awaitLast("panel/state", "armed_away");
        gateway.kill();
        phone.awaitLast("availability", "offline");
        return gateway;
    }

    private static void spoil(Path state) throws IOException {
        for (String name : List.of("reedgate.db", "panel.json")) {
            Files.writeString(state.resolve(name), "nonsense");
        }
        for (String name : List.of("reedgate.db-wal", "reedgate.db-shm")) {
            Files.deleteIfExists(state.resolve(name));
        }
    }

    private static void clear(Path state) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(state)) {
            for (Path file : files) {
                if (Files.isRegularFile(file)) {
                    Files.delete(file);
                }
            }
        }
    }

    /** As root leaves it all who copies a folder with {@code cp -r}. */
    private static void giveToRoot(Path state) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(state)) {
            for (Path file : files) {
                if (Files.isRegularFile(file)) {
                    own(file, 0);
                    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
                }
            }
        }
    }

    private static void own(Path file, int user) throws IOException {
        Files.setAttribute(file, "unix:uid", user);
        Files.setAttribute(file, "unix:gid", user);
    }

    /** A gateway of a user who is nobody else; the test is left out where root does not run it. */
    private RunningGateway ofAnotherUser() throws IOException {
        assumeTrue("root".equals(System.getProperty("user.name")), "to give files to another user needs root");
        List<String> nobody = List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups");
        assumeTrue(
                Installation.run(with(nobody, "test", "-r", Installation.LAUNCHER.toString()), Map.of())
                                .code()
                        == 0,
                "another user can't read " + Installation.LAUNCHER);
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        RunningGateway gateway = RunningGateway.configured(folder, PANEL + Yaml.frontDoor(broker.port()));
        own(Files.createDirectory(gateway.stateFolder()), NOBODY);
        return gateway.by(with(nobody, Installation.LAUNCHER.toString(), "run", "--simulate"));
    }

    private static List<String> with(List<String> words, String... more) {
        List<String> all = new ArrayList<>(words);
        all.addAll(List.of(more));
        return all;
    }

    private static void awaitTold(Subscriber phone, String panel) {
        Waiting.until(
                "panel_lost with " + panel,
                () -> phone.events("panel_lost").stream().anyMatch(event -> panel.equals(event.get("panel"))));
        assertThat(phone.on("alarm")).anyMatch(line -> line.payload().startsWith("Alarm panel's memory lost: "));
    }

    @Test
    void spoiltFilesLeaveItArmedAsTheBrokerHasItAndThatIsSaidUntilSomebodyDecides() throws IOException {
        try (Subscriber phone = Subscriber.connected(broker.port(), "phone");
                RunningGateway gateway = armed(phone)) {
            spoil(gateway.stateFolder());
            gateway.start();
            awaitTold(phone, "armed_away");
            phone.awaitLast("panel/state", "armed_away");
            assertThat(phone.on("panel/state"))
                    .extracting(Arrival::payload)
                    .as("what the broker knows is not overwritten meanwhile")
                    .doesNotContain("unknown");
            assertThat(gateway.succeeds("status")).contains("the alarm panel's memory is lost");

            gateway.succeeds("sim", "open", "front_door");
            phone.awaitLast("panel/state", "pending");
            gateway.succeeds("disarm");
            phone.awaitLast("panel/state", "disarmed");
            assertThat(gateway.succeeds("status")).doesNotContain("lost");
        }
    }

    @Test
    void filesThatBelongToRootLeaveItArmedAsTheBrokerHasIt() throws IOException {
        try (Subscriber phone = Subscriber.connected(broker.port(), "phone");
                RunningGateway gateway = armed(phone, ofAnotherUser())) {
            giveToRoot(gateway.stateFolder());
            gateway.start();
            awaitTold(phone, "armed_away");
            phone.awaitLast("panel/state", "armed_away");
            assertThat(phone.on("panel/state"))
                    .extracting(Arrival::payload)
                    .as("what can't be read does not pass for disarmed")
                    .containsOnlyOnce("disarmed");
            assertThat(gateway.succeeds("status")).contains("the alarm panel's memory is lost");
            assertThat(gateway.logged()).contains("can't be used by the user that state_dir");

            gateway.succeeds("sim", "open", "front_door");
            phone.awaitLast("panel/state", "pending");
            gateway.succeeds("disarm");
            phone.awaitLast("panel/state", "disarmed");
        }
    }

    @Test
    void clearedFolderIsNoFirstStartToABrokerThatKnowsThePanel() throws IOException {
        try (Subscriber phone = Subscriber.connected(broker.port(), "phone");
                RunningGateway gateway = armed(phone)) {
            clear(gateway.stateFolder());
            gateway.start();
            awaitTold(phone, "armed_away");
        }
    }

    @Test
    void whatNobodyKnowsIsUnknownOverARestart() throws IOException {
        try (Subscriber phone = Subscriber.connected(broker.port(), "phone");
                RunningGateway gateway = armed(phone)) {
            spoil(gateway.stateFolder());
            phone.send("panel/state", "", true);
            phone.send("panel/detail", "", true);
            gateway.start();
            awaitTold(phone, "unknown");
            phone.awaitLast("panel/state", "unknown");
            assertThat(gateway.succeeds("status")).contains("unknown").contains("the alarm panel's memory is lost");

            gateway.terminate();
            gateway.start();
            phone.awaitLast("availability", "online");
            assertThat(gateway.succeeds("status")).contains("unknown").contains("the alarm panel's memory is lost");
            gateway.succeeds("arm", "away");
            phone.awaitLast("panel/state", "armed_away");
        }
    }
}
