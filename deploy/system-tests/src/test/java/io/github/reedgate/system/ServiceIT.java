package io.github.reedgate.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the gateway tells systemd, seen from systemd's side. There is no broker: being ready waits for none. */
@Tag("brokerless")
final class ServiceIT {

    private static final Duration WATCHDOG = Duration.ofSeconds(8);
    private static final int NO_BROKER = 1;
    private static final int SIGTERM_CODE = 143;

    @TempDir
    private Path folder = Path.of("");

    private RunningGateway gateway(NotifySocket systemd) {
        return RunningGateway.configured(folder, Yaml.frontDoor(NO_BROKER))
                .with("NOTIFY_SOCKET", systemd.address())
                .with("WATCHDOG_USEC", Long.toString(WATCHDOG.toNanos() / 1_000))
                .with("REEDGATE_JAVA_OPTS", Debugger.OPTION);
    }

    private NotifySocket socket() {
        return NotifySocket.open(folder.resolve("notify").toString());
    }

    /** The shortest time between two messages that the service is alive. */
    private static Duration shortestGap(List<Long> nanos) {
        long shortest = Long.MAX_VALUE;
        for (int i = 1; i < nanos.size(); i++) {
            shortest = Math.min(shortest, nanos.get(i) - nanos.get(i - 1));
        }
        return Duration.ofNanos(shortest);
    }

    @Test
    void isReadyWithoutABrokerAndAliveUntilItIsStopped() {
        try (NotifySocket systemd = socket();
                RunningGateway gateway = gateway(systemd).start()) {
            assertThat(systemd.until("READY=1"))
                    .contains("STATUS=starting")
                    .anyMatch(
                            message -> message.matches("STATUS=front_door closed; broker not connected; \\d+ waiting"));
            for (int i = 0; i < 4; i++) {
                systemd.until("WATCHDOG=1");
            }
            assertThat(shortestGap(systemd.aliveNanos())).isLessThan(WATCHDOG.dividedBy(2));

            gateway.succeeds("sim", "open", "front_door");
            systemd.until("STATUS=front_door open; broker not connected");

            assertThat(gateway.terminate()).isIn(0, SIGTERM_CODE);
            systemd.until("STOPPING=1|EXTEND_TIMEOUT_USEC=");
        }
    }

    @Test
    void socketsWithoutAFileWorkAsWell() {
        String name = "@reedgate-test-" + ProcessHandle.current().pid() + "-" + System.nanoTime();
        try (NotifySocket systemd = NotifySocket.open(name);
                RunningGateway gateway = gateway(systemd).start()) {
            systemd.until("READY=1");
            systemd.until("WATCHDOG=1");
            assertThat(gateway.isAlive()).isTrue();
        }
    }

    @Test
    void aHungLoopIsNotAliveUntilItGoesOn() {
        try (NotifySocket systemd = socket();
                RunningGateway gateway = gateway(systemd).start()) {
            systemd.until("WATCHDOG=1");
            try (Debugger debugger = Debugger.attached(gateway)) {
                debugger.hold("gateway-loop");
                systemd.until("STATUS=not alive: the loop has completed no turn for ");
                List<String> hung = new ArrayList<>();
                for (int i = 0; i < 5; i++) {
                    hung.addAll(systemd.until("STATUS=not alive: the loop"));
                }
                assertThat(hung).doesNotContain("WATCHDOG=1");
                debugger.release("gateway-loop");
                assertThat(systemd.until("WATCHDOG=1"))
                        .anyMatch(message -> message.startsWith("STATUS=front_door closed"));
            }
            assertThat(gateway.loggedLines("not alive: the loop")).hasSize(1);
        }
    }

    @Test
    @Tag("fault")
    @Tag("heavy")
    void aHungStoreIsNotAliveAfterTwoMinutes() {
        try (NotifySocket systemd = socket();
                RunningGateway gateway = gateway(systemd).start()) {
            systemd.until("WATCHDOG=1");
            try (Debugger debugger = Debugger.attached(gateway)) {
                debugger.hold("store");
                for (int i = 0; i < 20; i++) {
                    assertThat(systemd.until("WATCHDOG=1")).noneMatch(message -> message.startsWith("STATUS=not"));
                }
                Waiting.during(Duration.ofMinutes(1));
                systemd.until("STATUS=not alive: the store has not answered for ");
                debugger.release("store");
                assertThat(systemd.until("STATUS=front_door closed")).doesNotContain("WATCHDOG=1");
            }
        }
    }

    @Test
    @Tag("fault")
    @Tag("heavy")
    void aGatewayThatStoodStillGoesOnAndIsAlive() throws Exception {
        try (NotifySocket systemd = socket();
                RunningGateway gateway = gateway(systemd).start()) {
            systemd.until("WATCHDOG=1");
            signal("STOP", gateway);
            Waiting.during(Duration.ofSeconds(15));
            signal("CONT", gateway);

            int toldBefore = systemd.aliveNanos().size();
            for (int i = 0; i < toldBefore + 2; i++) {
                assertThat(systemd.until("WATCHDOG=1")).noneMatch(message -> message.startsWith("STATUS=not alive"));
            }
        }
    }

    private static void signal(String name, RunningGateway gateway) {
        assertThat(Installation.run(List.of("kill", "-" + name, Long.toString(gateway.pid())), Map.of())
                        .code())
                .isZero();
    }
}
