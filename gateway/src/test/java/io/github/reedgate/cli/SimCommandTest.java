package io.github.reedgate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reedgate.sim.BounceModel;
import io.github.reedgate.sim.DoorPosition;
import io.github.reedgate.sim.Fault;
import io.github.reedgate.sim.LineDriver;
import io.github.reedgate.sim.SimulatedLines;
import io.github.reedgate.sim.SwitchSettings;
import io.github.reedgate.sim.Throwing;
import io.github.reedgate.sim.control.ControlServer;
import io.github.reedgate.sim.scenario.ScenarioPlayer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** {@code sim} against a real control socket. */
@Timeout(60)
final class SimCommandTest {

    @TempDir
    private @SuppressWarnings("NullAway.Init") Path folder;

    private final SimulatedLines lines =
            new SimulatedLines(SwitchSettings.parseAll("front_door=17:high;back_door=27:low"), 1, System::nanoTime);
    private final List<String> marks = new CopyOnWriteArrayList<>();
    private final ScenarioPlayer player = new ScenarioPlayer(lines, marks::add);
    private final LineDriver driver = new LineDriver(lines);
    private final Printed out = new Printed();
    private final Printed err = new Printed();
    private @SuppressWarnings("NullAway.Init") ControlServer server;

    @BeforeEach
    void open() throws IOException {
        server = ControlServer.open(folder.resolve("sim.sock"), lines, player);
    }

    @AfterEach
    void close() throws IOException {
        server.close();
        player.close();
        driver.close();
    }

    private int run(String... arguments) {
        return new CommandLine(new SimCommand())
                .setOut(Printer.to(out))
                .setErr(Printer.to(err))
                .execute(arguments);
    }

    private int runHere(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--state-dir", folder.toString()));
        return run(all.toArray(new String[0]));
    }

    @Test
    void openMovesTheDoorOfTheRunningGateway() {
        assertThat(runHere("open", "front_door", "clean")).isEqualTo(ExitCode.OK);
        assertThat(out.toString().strip()).isEqualTo("front_door is open");
        assertThat(lines.status("front_door").position()).isEqualTo(DoorPosition.OPEN);
        assertThat(lines.status("front_door").edgesSent()).isEqualTo(1);
        assertThat(runHere("close", "front_door")).isEqualTo(ExitCode.OK);
        assertThat(lines.status("front_door").position()).isEqualTo(DoorPosition.CLOSED);
    }

    @Test
    void faultsAreSetAndMended() {
        assertThat(runHere("stick", "front_door")).isEqualTo(ExitCode.OK);
        assertThat(lines.status("front_door").fault()).isEqualTo(Fault.STUCK);
        assertThat(runHere("loosen", "front_door")).isEqualTo(ExitCode.OK);
        assertThat(lines.status("front_door").fault()).isEqualTo(Fault.INTERMITTENT);
        assertThat(runHere("unstick", "front_door")).isEqualTo(ExitCode.OK);
        assertThat(lines.status("front_door").fault()).isEqualTo(Fault.NONE);
        assertThat(runHere("deaf", "front_door", "on")).isEqualTo(ExitCode.OK);
        assertThat(lines.status("front_door").deaf()).isTrue();
        assertThat(runHere("throw", "front_door", "edge-error")).isEqualTo(ExitCode.OK);
        assertThat(lines.status("front_door").throwing()).isEqualTo(Throwing.EDGE_ERROR);
        assertThat(runHere("bounce", "back_door", "worn")).isEqualTo(ExitCode.OK);
        assertThat(runHere("seed", "99")).isEqualTo(ExitCode.OK);
        assertThat(lines.seed()).isEqualTo(99);
    }

    @Test
    void unknownDoorFailsWithTheNearestOne() {
        assertThat(runHere("open", "frontdoor")).isEqualTo(ExitCode.FAILED);
        assertThat(err.toString().strip())
                .isEqualTo("reedgate: no simulated switch is named 'frontdoor'; did you mean 'front_door'?");
    }

    @Test
    void wordWithALineBreakIsNotSent() {
        assertThat(runHere("open", "front_door\nopen back_door")).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("has a space or control character in it");
        assertThat(lines.status("back_door").position()).isEqualTo(DoorPosition.CLOSED);
    }

    @Test
    void statusIsATableOrJson() {
        lines.move("back_door", DoorPosition.OPEN, BounceModel.CLEAN);
        assertThat(runHere("status")).isEqualTo(ExitCode.OK);
        assertThat(out.toString()).contains("edges sent", "back_door", "scenario: nothing was played yet");
        out.reset();
        assertThat(runHere("status", "--json")).isEqualTo(ExitCode.OK);
        assertThat(out.toString())
                .startsWith("[{\"name\":\"front_door\",\"line\":17,\"position\":\"closed\",\"level\":\"low\"")
                .contains("{\"name\":\"back_door\",\"line\":27,\"position\":\"open\",\"level\":\"low\"")
                .endsWith("}]" + System.lineSeparator());
    }

    @Test
    void scenarioFileIsPlayedToItsEnd() throws IOException {
        Path file = Files.writeString(
                folder.resolve("a.scenario"), "title mine\nat 1h open front_door\n\nmark one\nafter 1h mark two\n");
        assertThat(runHere("play", file.toString(), "--speed", "72000", "--wait"))
                .isEqualTo(ExitCode.OK);
        assertThat(out.toString().lines())
                .containsExactly("playing 'mine'", "finished 'mine': 3 steps done, at 02:00:00.000, last mark 'two'");
        assertThat(marks).containsExactly("one", "two");
        assertThat(lines.status("front_door").position()).isEqualTo(DoorPosition.OPEN);
    }

    @Test
    void readyScenarioIsPlayedAndStopped() {
        assertThat(runHere("play", "ordinary_day")).isEqualTo(ExitCode.OK);
        assertThat(runHere("stop")).isEqualTo(ExitCode.OK);
        assertThat(out.toString().lines()).containsExactly("playing 'an ordinary day'", "stopped");
        assertThat(runHere("play", "ordinry_day")).isEqualTo(ExitCode.FAILED);
        assertThat(err.toString()).contains("no ready scenario is named 'ordinry_day'; did you mean 'ordinary_day'?");
    }

    @Test
    void mistakesInAPlayedFileAreAllTold() throws IOException {
        Path file = Files.writeString(folder.resolve("b"), ".\nopen cellar\nclose frnt_door\n");
        assertThat(runHere("play", file.toString())).isEqualTo(ExitCode.FAILED);
        assertThat(err.toString().lines())
                .hasSize(4)
                .contains(
                        "reedgate: 3 mistakes",
                        "line 2, column 6: unknown door 'cellar'; expected one of front_door, back_door",
                        "line 3, column 7: unknown door 'frnt_door'; did you mean 'front_door'?");
    }

    @Test
    void missingFileIsTold() {
        assertThat(runHere("play", "no/such.scenario")).isEqualTo(ExitCode.FAILED);
        assertThat(err.toString().strip()).isEqualTo("reedgate: no/such.scenario: there is no such file");
    }

    @Test
    void checkAndScenariosNeedNoGateway() throws IOException {
        Path file = Files.writeString(folder.resolve("c"), "opn front_door\n");
        assertThat(run("check", file.toString())).isEqualTo(ExitCode.FAILED);
        assertThat(err.toString()).contains(file + ", line 1, column 1: unknown word 'opn'; did you mean 'open'?");
        Files.writeString(file, "open front_door\n");
        assertThat(run("check", "--doors", "front_door,back_door", file.toString()))
                .isEqualTo(ExitCode.OK);
        assertThat(run("scenarios")).isEqualTo(ExitCode.OK);
        assertThat(out.toString()).contains("broker_outage_day");
        assertThat(run("scenarios", "burglary")).isEqualTo(ExitCode.OK);
        assertThat(out.toString()).contains("title a burglary");
    }

    @Test
    void withoutASimulatorItIsSaidWhatToStart() {
        Path nobody = folder.resolve("nobody.sock");
        assertThat(run("status", "--socket", nobody.toString())).isEqualTo(ExitCode.UNREACHABLE);
        assertThat(err.toString())
                .startsWith("reedgate: no simulator answers at " + nobody + " (")
                .contains("start one with 'reedgate run --simulate'");
    }

    @Test
    void socketIsFoundThroughTheConfiguration() throws IOException {
        Path file = Files.writeString(folder.resolve("reedgate.yaml"), """
            gateway: {id: home}
            state_dir: .
            broker: {url: 'mqtts://broker.example.org'}
            sensors: {front_door: {line: 17}}
            """);
        assertThat(run("open", "front_door", "clean", "-c", file.toString())).isEqualTo(ExitCode.OK);
        assertThat(lines.status("front_door").position()).isEqualTo(DoorPosition.OPEN);
    }

    @Test
    void wrongConfigurationIsTold() {
        Path missing = folder.resolve("none.yaml");
        assertThat(run("status", "-c", missing.toString())).isEqualTo(ExitCode.CONFIG);
        assertThat(err.toString()).contains(missing.toString());
    }

    @Test
    void withoutACommandTheUsageIsPrinted() {
        assertThat(run()).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("play", "scenarios", "deaf", "Examples:");
    }
}
