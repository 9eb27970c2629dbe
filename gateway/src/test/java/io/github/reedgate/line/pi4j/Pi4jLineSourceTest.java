package io.github.reedgate.line.pi4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.pi4j.context.Context;
import com.pi4j.io.gpio.digital.DigitalInput;
import io.github.reedgate.line.Level;
import io.github.reedgate.line.LineEvent;
import io.github.reedgate.line.LineException;
import io.github.reedgate.line.LineSettings;
import io.github.reedgate.line.Pull;
import io.github.reedgate.sim.BounceModel;
import io.github.reedgate.sim.DoorPosition;
import io.github.reedgate.sim.SimulatedLines;
import io.github.reedgate.sim.pi4j.SimulatorInputProvider;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Lines through Pi4J, on the simulator's provider. */
@Timeout(60)
class Pi4jLineSourceTest {

    private static final LineSettings FRONT = new LineSettings(17, Pull.UP);
    private static final LineSettings BACK = new LineSettings(27, Pull.DOWN);

    private final LinkedBlockingQueue<LineEvent> edges = new LinkedBlockingQueue<>();
    private final AtomicLong clock = new AtomicLong(1_000);

    @SuppressWarnings("NullAway.Init")
    private Context context;

    @SuppressWarnings("NullAway.Init")
    private Pi4jLineSource source;

    @SuppressWarnings("NullAway.Init")
    private SimulatedLines simulated;

    @BeforeEach
    void create() throws LineException {
        context = Pi4jContexts.create("simulator", Map.of("reedgate.sim.lines", "front=17:high;back=27:low"));
        source = new Pi4jLineSource(context, clock::get);
        SimulatorInputProvider provider = context.provider(SimulatorInputProvider.ID, SimulatorInputProvider.class);
        simulated = provider.lines();
    }

    @AfterEach
    void close() {
        source.close();
    }

    @Test
    void levelIsReadAndNotDeliveredOnOpening() throws Exception {
        source.open(FRONT, edges::add);

        assertThat(source.read(17)).isEqualTo(Level.LOW);
        assertThat(edges).isEmpty();
    }

    @Test
    void edgeArrivesStampedWithTheTimeOfItsArrival() throws Exception {
        source.open(FRONT, edges::add);
        clock.set(5_000);
        simulated.move("front", DoorPosition.OPEN, BounceModel.CLEAN);

        assertThat(next()).isEqualTo(new LineEvent(17, Level.HIGH, 5_000));
        assertThat(source.read(17)).isEqualTo(Level.HIGH);
        clock.set(6_000);
        simulated.move("front", DoorPosition.CLOSED, BounceModel.CLEAN);
        assertThat(next()).isEqualTo(new LineEvent(17, Level.LOW, 6_000));
    }

    @Test
    void deafLineTellsNothingButCanBeRead() throws Exception {
        source.open(FRONT, edges::add);
        source.open(BACK, edges::add);
        simulated.deaf("front", true);
        simulated.move("front", DoorPosition.OPEN, BounceModel.CLEAN);
        simulated.move("back", DoorPosition.OPEN, BounceModel.CLEAN);

        assertThat(next().offset())
                .as("the front door's edge would have come first")
                .isEqualTo(27);
        assertThat(source.read(17)).isEqualTo(Level.HIGH);
    }

    @Test
    void linesAreToldApart() throws Exception {
        LinkedBlockingQueue<LineEvent> back = new LinkedBlockingQueue<>();
        source.open(FRONT, edges::add);
        source.open(BACK, back::add);
        simulated.move("back", DoorPosition.OPEN, BounceModel.CLEAN);

        assertThat(back.poll(20, TimeUnit.SECONDS)).isEqualTo(new LineEvent(27, Level.LOW, 1_000));
        assertThat(edges).isEmpty();
        assertThat(source.read(17)).isEqualTo(Level.LOW);
        assertThat(source.read(27)).isEqualTo(Level.LOW);
    }

    @Test
    void everyEdgeOfABouncePassesForPi4jFiltersNothing() throws Exception {
        source.open(FRONT, edges::add);
        DigitalInput input = context.registry().get("reedgate-line-17", DigitalInput.class);
        assertThat(input.config().debounce()).isZero();
        simulated.move("front", DoorPosition.OPEN, BounceModel.WORN);

        long heard = 0;
        Level last = Level.LOW;
        // whether more are to come is asked first: one that is sent in between must count
        while (heard == 0
                || simulated.nextDueNanos() != Long.MAX_VALUE
                || heard < simulated.status("front").edgesSent()) {
            LineEvent edge = next();
            assertThat(edge.level()).isEqualTo(last.inverted());
            last = edge.level();
            heard++;
        }
        assertThat(last).isEqualTo(Level.HIGH);
    }

    @Test
    void listenerThatThrowsAnErrorHearsTheNextEdgeAllTheSame() throws Exception {
        source.open(FRONT, edge -> {
            edges.add(edge);
            throw new AssertionError("planted");
        });
        simulated.move("front", DoorPosition.OPEN, BounceModel.CLEAN);
        assertThat(next().level()).isEqualTo(Level.HIGH);
        simulated.move("front", DoorPosition.CLOSED, BounceModel.CLEAN);
        assertThat(next().level()).isEqualTo(Level.LOW);
    }

    @Test
    void lineWithoutASwitchIsToldEachTimeItIsTried() {
        LineSettings nowhere = new LineSettings(5, Pull.UP);
        for (int attempt = 0; attempt < 3; attempt++) {
            assertThatThrownBy(() -> source.open(nowhere, edges::add))
                    .isInstanceOf(LineException.class)
                    .hasMessage(
                            "line 5 can't be opened: no simulated switch is on line 5; there are some on [17, 27]; check"
                                    + " that nothing else uses it (gpioinfo) and that this user may (group gpio)");
        }
    }

    @Test
    void lineThatWasNotOpenedCannotBeRead() {
        assertThatThrownBy(() -> source.read(17))
                .isInstanceOf(LineException.class)
                .hasMessage("line 17 is not open");
    }

    @Test
    void unknownProviderIsToldWithThoseThereAre() {
        assertThatThrownBy(() -> Pi4jContexts.create("pigpio", Map.of()))
                .isInstanceOf(LineException.class)
                .hasMessageStartingWith("no GPIO provider 'pigpio' is installed; there are: [")
                .hasMessageContaining("simulator");
    }

    private LineEvent next() throws InterruptedException {
        LineEvent edge = edges.poll(20, TimeUnit.SECONDS);
        assertThat(edge).as("an edge in time").isNotNull();
        return java.util.Objects.requireNonNull(edge);
    }
}
