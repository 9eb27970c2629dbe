package io.github.reedgate.wizard.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The service is started, and put back as it was if that fails. */
@Timeout(60)
final class GatewayServiceTest {

    private final List<String> ran = new ArrayList<>();
    private final Map<String, Commands.Ran> answers = new HashMap<>();

    @TempDir
    private Path folder = Path.of("");

    private Commands.Ran run(List<String> command, Duration limit) {
        String text = String.join(" ", command);
        ran.add(text);
        return answers.getOrDefault(text, new Commands.Ran(0, "", ""));
    }

    @Test
    void serviceThatWasNotThereIsEnabledAndStartedAndTakenBack() throws Exception {
        answers.put("systemctl is-active --quiet reedgate", new Commands.Ran(3, "", ""));
        answers.put("systemctl is-enabled --quiet reedgate", new Commands.Ran(1, "", ""));
        GatewayService service = new GatewayService.Systemd(this::run);
        assertThat(service.start()).isEmpty();
        assertThat(ran).endsWith("systemctl enable --quiet reedgate", "systemctl restart reedgate");
        ran.clear();
        service.undo();
        assertThat(ran).containsExactly("systemctl stop reedgate", "systemctl disable --quiet reedgate");
    }

    @Test
    void serviceThatRanStaysEnabledAndRunsAgainWithTheFormerFiles() throws Exception {
        answers.put("systemctl restart reedgate", new Commands.Ran(1, "", "Job failed\n"));
        answers.put(
                "journalctl -u reedgate -n 20 --no-pager -o cat",
                new Commands.Ran(0, "Started\nreedgate: there is no GPIO chip\nStopped\n", ""));
        GatewayService service = new GatewayService.Systemd(this::run);
        assertThat(service.start()).hasValue("the service does not come up: there is no GPIO chip");
        ran.clear();
        service.undo();
        assertThat(ran).containsExactly("systemctl restart reedgate");
    }

    @Test
    void serviceThatCannotBeEnabledIsTold() throws Exception {
        answers.put("systemctl enable --quiet reedgate", new Commands.Ran(1, "", "Access denied\n"));
        assertThat(new GatewayService.Systemd(this::run).start())
                .hasValue("the service can't be enabled: Access denied");
        assertThat(ran).doesNotContain("systemctl restart reedgate");
    }

    @Test
    void processThatEndsAtOnceIsToldWithItsLastWords() throws Exception {
        Path log = folder.resolve("log");
        GatewayService child = new GatewayService.Child(
                List.of("sh", "-c", "echo starting; echo reedgate: line 17 is in use >&2; exit 1"), log, "start it");
        assertThat(child.start()).hasValue("the gateway ended at once: line 17 is in use");
        assertThat(new GatewayService.Child(List.of("/no/such/program"), log, "")
                        .start()
                        .orElse(""))
                .startsWith("the gateway can't be started");
    }

    @Test
    void processThatLivesIsEndedAfterTheTest() throws Exception {
        GatewayService child = new GatewayService.Child(List.of("sleep", "50"), folder.resolve("log"), "start it");
        assertThat(child.start()).isEmpty();
        child.finish();
        assertThat(ProcessHandle.current().children().filter(ProcessHandle::isAlive))
                .isEmpty();
    }

    @Test
    void programsOfThisMachineAreRunWithALimit() throws Exception {
        Commands commands = Commands.ofThisMachine();
        assertThat(commands.run(List.of("sh", "-c", "echo a; echo b >&2; exit 3"), Duration.ofSeconds(20)))
                .isEqualTo(new Commands.Ran(3, "a\n", "b\n"));
        assertThat(commands.run(List.of("sleep", "50"), Duration.ofMillis(100)).code())
                .isEqualTo(Commands.NOT_RUN);
        assertThat(commands.run(List.of("/no/such/program"), Duration.ofSeconds(1))
                        .err())
                .contains("can't be run");
    }
}
