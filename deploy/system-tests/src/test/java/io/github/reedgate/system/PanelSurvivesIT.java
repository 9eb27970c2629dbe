package io.github.reedgate.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reedgate.testbroker.BrokerOptions;
import io.github.reedgate.testbroker.TestBroker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The alarm panel of a real gateway after SIGKILL: as it was, and without a false alarm. */
final class PanelSurvivesIT {

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

    @Test
    void armedAndPendingComeBackAfterSigkillWithTheSameIncident() {
        String panel = "alarm:\n  downtime: pauses\n  away:\n    exit_delay: 0s\n    entry_delay: 10m\n";
        try (Subscriber phone = Subscriber.connected(broker.port(), "phone");
                RunningGateway gateway = RunningGateway.started(folder, panel + Yaml.frontDoor(broker.port()))) {
            phone.awaitLast("panel/state", "disarmed");
            phone.awaitLast("front_door/state", "closed");
            gateway.succeeds("arm", "away");
            phone.awaitLast("panel/state", "armed_away");
            awaitKept("armed_away");

            killAndStart(phone, gateway);
            phone.awaitLast("panel/state", "armed_away");

            gateway.succeeds("sim", "open", "front_door");
            phone.awaitLast("panel/state", "pending");
            Waiting.until("the incident", () -> detail(phone).get("incident_id") != null);
            Object incident = detail(phone).get("incident_id");
            awaitKept("pending");

            killAndStart(phone, gateway);
            phone.awaitLast("panel/state", "pending");
            assertThat(detail(phone)).containsEntry("incident_id", incident).containsEntry("mode", "away");

            gateway.succeeds("disarm");
            phone.awaitLast("panel/state", "disarmed");
            Waiting.until("the disarming", () -> phone.events("disarmed").size() == 1);
            assertThat(phone.events("disarmed").get(0)).containsEntry("incident_id", incident);
            assertThat(phone.events("pending")).hasSize(1);
            assertThat(phone.events("triggered", "arm_refused")).isEmpty();
            assertThat(phone.on("alarm")).isEmpty();
        }
    }

    /** The door of the simulator is closed when it starts. */
    private static void killAndStart(Subscriber phone, RunningGateway gateway) {
        gateway.kill();
        phone.awaitLast("availability", "offline");
        int before = phone.on("panel/detail").size();
        gateway.start();
        phone.awaitLast("availability", "online");
        phone.awaitLast("front_door/state", "closed");
        Waiting.until("the panel", () -> phone.on("panel/detail").size() > before);
    }

    private static Map<String, Object> detail(Subscriber phone) {
        List<Arrival> all = phone.on("panel/detail");
        return all.get(all.size() - 1).json();
    }

    /** What is told is on its way to the disk: a moment later it is there. */
    private void awaitKept(String word) {
        Path copy = folder.resolve("state/panel.json");
        Waiting.until(word + " is kept", () -> {
            try {
                return Files.exists(copy) && Files.readString(copy).contains("\"" + word + "\"");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }
}
