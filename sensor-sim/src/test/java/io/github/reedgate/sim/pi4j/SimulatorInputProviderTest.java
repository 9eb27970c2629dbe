package io.github.reedgate.sim.pi4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.pi4j.Pi4J;
import com.pi4j.context.Context;
import com.pi4j.extension.Plugin;
import com.pi4j.io.gpio.digital.DigitalInput;
import com.pi4j.io.gpio.digital.DigitalInputConfig;
import com.pi4j.io.gpio.digital.DigitalState;
import com.pi4j.io.gpio.digital.PullResistance;
import io.github.reedgate.sim.BounceModel;
import io.github.reedgate.sim.DoorPosition;
import io.github.reedgate.sim.Throwing;
import io.github.reedgate.sim.scenario.ScenarioReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.ServiceLoader;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The provider inside a real Pi4J context. */
final class SimulatorInputProviderTest {

    private final SimulatorInputProvider provider = new SimulatorInputProvider();
    private final Context context = context(provider, "front_door=17:high;back_door=27:low");

    private static Context context(SimulatorInputProvider provider, String lines) {
        return Pi4J.newContextBuilder()
                .noAutoDetect()
                .add(provider)
                .property(SimulatorInputProvider.LINES, lines)
                .property(SimulatorInputProvider.SEED, "42")
                .build();
    }

    private DigitalInput input(int offset) {
        DigitalInputConfig config = DigitalInput.newConfigBuilder(context)
                .id("line-" + offset)
                .address(offset)
                .pull(PullResistance.PULL_UP)
                .debounce(0L)
                .build();
        return provider.create(config);
    }

    @AfterEach
    void stop() {
        context.shutdown();
    }

    @Test
    void pluginIsFoundByTheServiceLoader() {
        assertThat(ServiceLoader.load(Plugin.class)).anyMatch(SimulatorPlugin.class::isInstance);
        assertThat(provider.id()).isEqualTo("simulator-digital-input");
    }

    @Test
    void inputReadsTheSwitchAndHearsItsEdgesInOrder() throws InterruptedException {
        DigitalInput front = input(17);
        BlockingQueue<DigitalState> heard = new LinkedBlockingQueue<>();
        front.addListener(event -> heard.add(event.state()));
        assertThat(front.state()).isEqualTo(DigitalState.LOW);

        provider.lines().move("front_door", DoorPosition.OPEN, BounceModel.WORN);

        DigitalState expected = DigitalState.HIGH;
        int edges = 0;
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(5);
        while (edges == 0 || provider.lines().nextDueNanos() != Long.MAX_VALUE || !heard.isEmpty()) {
            DigitalState state = heard.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
            assertThat(state).isEqualTo(expected);
            expected = DigitalState.inverseState(state);
            edges++;
        }
        assertThat(edges).isGreaterThan(10);
        assertThat(front.state()).isEqualTo(DigitalState.HIGH);
    }

    @Test
    void deafInputMovesWithoutAnEvent() {
        DigitalInput back = input(27);
        List<DigitalState> heard = new CopyOnWriteArrayList<>();
        back.addListener(event -> heard.add(event.state()));
        provider.lines().deaf("back_door", true);
        provider.lines().move("back_door", DoorPosition.OPEN, BounceModel.CLEAN);
        assertThat(back.state()).isEqualTo(DigitalState.LOW);
        assertThat(heard).isEmpty();
        provider.lines().deaf("back_door", false);
        provider.lines().move("back_door", DoorPosition.CLOSED, BounceModel.CLEAN);
        assertThat(heard).containsExactly(DigitalState.HIGH);
    }

    @Test
    void inputWhoseReadingThrowsStillTellsEdges() {
        DigitalInput back = input(27);
        List<DigitalState> heard = new CopyOnWriteArrayList<>();
        back.addListener(event -> heard.add(event.state()));
        provider.lines().throwing("back_door", Throwing.READ);
        assertThatThrownBy(back::state)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("line 27");
        provider.lines().throwing("back_door", Throwing.READ_ERROR);
        assertThatThrownBy(back::state).isInstanceOf(VirtualMachineError.class).hasMessageContaining("line 27");
        provider.lines().move("back_door", DoorPosition.OPEN, BounceModel.CLEAN);
        assertThat(heard).containsExactly(DigitalState.LOW);
        provider.lines().throwing("back_door", Throwing.OFF);
        assertThat(back.state()).isEqualTo(DigitalState.LOW);
    }

    @Test
    void edgesThatThrowDoSoInTheListener() {
        DigitalInput back = input(27);
        List<Throwable> found = new CopyOnWriteArrayList<>();
        back.addListener(event -> {
            try {
                event.state();
            } catch (IllegalStateException | VirtualMachineError thrown) {
                found.add(thrown);
            }
        });
        provider.lines().throwing("back_door", Throwing.EDGE);
        provider.lines().move("back_door", DoorPosition.OPEN, BounceModel.CLEAN);
        provider.lines().throwing("back_door", Throwing.EDGE_ERROR);
        provider.lines().move("back_door", DoorPosition.CLOSED, BounceModel.CLEAN);
        provider.lines().throwing("back_door", Throwing.OFF);
        provider.lines().move("back_door", DoorPosition.OPEN, BounceModel.CLEAN);

        assertThat(found).hasSize(2);
        assertThat(found.get(0)).isInstanceOf(IllegalStateException.class);
        assertThat(found.get(1)).isInstanceOf(VirtualMachineError.class);
        assertThat(back.state()).as("the level reads well").isEqualTo(DigitalState.LOW);
    }

    @Test
    void lineWithoutASwitchIsRefused() {
        assertThatThrownBy(() -> input(5)).hasMessage("no simulated switch is on line 5; there are some on [17, 27]");
    }

    @Test
    void lineIsRequestedOnce() {
        input(17);
        assertThatThrownBy(() -> input(17)).hasMessageContaining("requested already");
    }

    @Test
    void wrongPropertyIsToldWhenTheLinesAreAskedFor() {
        SimulatorInputProvider wrong = new SimulatorInputProvider();
        Context broken = context(wrong, "front_door");
        assertThatThrownBy(wrong::lines)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("simulator: simulated line 'front_door' is malformed;"
                        + " expected name=offset:high or name=offset:low");
        broken.shutdown();
    }

    @Test
    void controlSocketLivesAsLongAsTheContext(@TempDir Path folder) {
        SimulatorInputProvider driven = new SimulatorInputProvider();
        Path socket = folder.resolve("sim.sock");
        Context live = Pi4J.newContextBuilder()
                .noAutoDetect()
                .add(driven)
                .property(SimulatorInputProvider.LINES, "front_door=17:high")
                .property(SimulatorInputProvider.SOCKET, socket.toString())
                .build();
        assertThat(socket).exists();
        assertThat(driven.lines().names()).containsExactly("front_door");
        live.shutdown();
        assertThat(socket).doesNotExist();
    }

    @Test
    void socketThatCannotBeMadeIsToldWhenALineIsRequested(@TempDir Path folder) {
        SimulatorInputProvider wrong = new SimulatorInputProvider();
        Path socket = folder.resolve("missing").resolve("sim.sock");
        Context broken = Pi4J.newContextBuilder()
                .noAutoDetect()
                .add(wrong)
                .property(SimulatorInputProvider.LINES, "front_door=17:high")
                .property(SimulatorInputProvider.SOCKET, socket.toString())
                .build();
        assertThatThrownBy(() -> wrong.create(DigitalInput.newConfigBuilder(broken)
                        .id("x")
                        .address(17)
                        .build()))
                .hasMessageStartingWith("simulator: control socket " + socket + " can't be made: ");
        broken.shutdown();
    }

    @Test
    void marksOfAScenarioAreHeardInTheSameProcess() throws Exception {
        List<String> marks = new CopyOnWriteArrayList<>();
        provider.onMark(marks::add);
        provider.player().play(ScenarioReader.read("mark broker stop\nopen front_door\nmark broker start"), 1, 1);
        assertThat(provider.player().await(Duration.ofSeconds(20))).isTrue();
        assertThat(marks).containsExactly("broker stop", "broker start");
    }
}
