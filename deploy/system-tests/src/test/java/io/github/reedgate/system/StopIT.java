package io.github.reedgate.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reedgate.testbroker.BrokerOptions;
import io.github.reedgate.testbroker.TestBroker;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How the gateway ends, and what others learn of it. */
final class StopIT {

    private static final int SIGTERM_CODE = 143;

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
    void sigtermPublishesOfflineBeforeTheEnd() {
        try (Subscriber phone = Subscriber.connected(broker.port(), "phone");
                RunningGateway gateway = RunningGateway.started(folder, Yaml.frontDoor(broker.port()))) {
            phone.awaitLast("availability", "online");

            int code = gateway.terminate();

            assertThat(code).isIn(0, SIGTERM_CODE);
            phone.awaitLast("availability", "offline");
            Waiting.until(
                    "it says that it stops", () -> phone.events("stopping").size() == 1);
            assertThat(folder.resolve("state/control.sock")).doesNotExist();
            assertThat(folder.resolve("state/sim.sock")).doesNotExist();
        }
    }

    @Test
    void sigkillMakesTheBrokerPublishTheWill() {
        try (Subscriber phone = Subscriber.connected(broker.port(), "phone");
                RunningGateway gateway = RunningGateway.started(folder, Yaml.frontDoor(broker.port()))) {
            phone.awaitLast("availability", "online");

            gateway.kill();

            phone.awaitLast("availability", "offline");
            assertThat(phone.events("stopping")).isEmpty();
        }
    }

    @Test
    void afterSigkillTheNextStartNumbersOnAndSaysSo() {
        try (Subscriber phone = Subscriber.connected(broker.port(), "phone");
                RunningGateway gateway = RunningGateway.started(folder, Yaml.frontDoor(broker.port()))) {
            phone.awaitLast("front_door/state", "closed");
            gateway.succeeds("sim", "open", "front_door");
            Waiting.until("the opening", () -> phone.events("opened").size() == 1);
            gateway.kill();
            phone.awaitLast("availability", "offline");

            gateway.start();

            phone.awaitLast("availability", "online");
            Waiting.until(
                    "it says that it started", () -> phone.events("started").size() == 2);
            assertThat(phone.events())
                    .extracting(event -> ((Number) event.getOrDefault("seq", -1)).longValue())
                    .doesNotHaveDuplicates()
                    .isSorted();
            assertThat(phone.events()).extracting(event -> event.get("id")).doesNotHaveDuplicates();
        }
    }

    @Test
    void aSecondGatewayInTheSameFolderRefusesToStart() {
        try (Subscriber phone = Subscriber.connected(broker.port(), "phone");
                RunningGateway gateway = RunningGateway.started(folder, Yaml.frontDoor(broker.port()))) {
            phone.awaitLast("availability", "online");

            Installation.Ended second = gateway.command("run", "--simulate");

            assertThat(second.code()).isNotZero();
            assertThat(second.err()).contains("in use by another gateway");
            assertThat(gateway.isAlive()).isTrue();
        }
    }
}
