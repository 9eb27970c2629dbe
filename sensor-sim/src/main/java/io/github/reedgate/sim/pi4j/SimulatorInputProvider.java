package io.github.reedgate.sim.pi4j;

import com.pi4j.context.Context;
import com.pi4j.context.ContextProperties;
import com.pi4j.exception.InitializeException;
import com.pi4j.exception.ShutdownException;
import com.pi4j.io.gpio.digital.DigitalInput;
import com.pi4j.io.gpio.digital.DigitalInputConfig;
import com.pi4j.io.gpio.digital.DigitalInputProvider;
import com.pi4j.io.gpio.digital.DigitalInputProviderBase;
import io.github.reedgate.sim.LineDriver;
import io.github.reedgate.sim.LineEdge;
import io.github.reedgate.sim.SimulatedLines;
import io.github.reedgate.sim.SwitchSettings;
import io.github.reedgate.sim.control.ControlServer;
import io.github.reedgate.sim.scenario.ScenarioPlayer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Pi4J digital inputs on simulated switches. What it needs arrives as properties of the Pi4J context:
 *
 * <ul>
 *   <li>{@value #LINES}: the switches, as {@link SwitchSettings#parseAll} reads them; none if absent
 *   <li>{@value #SEED}: where chance begins, a whole number; 1 if absent
 *   <li>{@value #SOCKET}: path of the control socket; none if absent
 * </ul>
 *
 * <p>Edges are dispatched on the thread {@code sim-lines} or on that of the command that caused them, in order. One provider
 * serves one context. It does not build on Pi4J's mock input: that one dispatches on each change of its level, so it cannot
 * be deaf, and its level is not visible across threads.
 */
public final class SimulatorInputProvider extends DigitalInputProviderBase {

    /** The provider's id. */
    public static final String ID = "simulator-digital-input";

    /** Name of the property with the switches. */
    public static final String LINES = "reedgate.sim.lines";

    /** Name of the property with the seed. */
    public static final String SEED = "reedgate.sim.seed";

    /** Name of the property with the control socket's path. */
    public static final String SOCKET = "reedgate.sim.socket";

    private static final Logger LOG = LoggerFactory.getLogger(SimulatorInputProvider.class);

    private final List<Consumer<String>> markListeners = new CopyOnWriteArrayList<>();
    private final Map<Integer, SimulatedInput> inputs = new ConcurrentHashMap<>();
    private @Nullable SimulatedLines lines;
    private @Nullable LineDriver driver;
    private @Nullable ScenarioPlayer player;
    private @Nullable ControlServer control;
    private @Nullable InitializeException failure;

    /** A provider that waits for its context. */
    public SimulatorInputProvider() {
        super(ID, "reedgate simulator digital input");
    }

    /**
     * Makes the switches from the context's properties and starts playing. Pi4J logs a failure of this method and builds
     * the context all the same, so the failure is kept and thrown again by {@link #lines} and {@link #create}.
     *
     * @throws InitializeException if a property is wrong or the socket cannot be opened; the message says which and why
     */
    @Override
    public DigitalInputProvider initialize(Context context) throws InitializeException {
        super.initialize(context);
        try {
            start(context.properties());
        } catch (IllegalArgumentException | IOException wrong) {
            InitializeException told = new InitializeException("simulator: " + wrong.getMessage(), wrong);
            failure = told;
            throw told;
        }
        return this;
    }

    private void start(ContextProperties properties) throws IOException {
        List<SwitchSettings> settings = SwitchSettings.parseAll(text(properties, LINES, ""));
        SimulatedLines made = new SimulatedLines(settings, seed(properties), System::nanoTime);
        made.observe(this::deliver);
        ScenarioPlayer playing = new ScenarioPlayer(made, this::marked);
        String socket = text(properties, SOCKET, "");
        if (!socket.isEmpty()) {
            control = ControlServer.open(Path.of(socket), made, playing);
            LOG.info("the simulator listens at {}", socket);
        }
        lines = made;
        player = playing;
        driver = new LineDriver(made);
    }

    /** Ends the control socket and the playing; the levels stay readable. */
    @Override
    public DigitalInputProvider shutdown(Context context) throws ShutdownException {
        try {
            if (control != null) {
                control.close();
            }
        } catch (IOException failed) {
            LOG.warn("the simulator's control socket did not close: {}", failed.toString());
        }
        if (player != null) {
            player.close();
        }
        if (driver != null) {
            driver.close();
        }
        inputs.clear();
        return super.shutdown(context);
    }

    /**
     * The switches, for whoever runs in the same process.
     *
     * @throws IllegalStateException before {@link #initialize} or after it failed; the message then says why
     */
    public SimulatedLines lines() {
        return started(lines);
    }

    /**
     * What plays scenarios on the switches; shared with the control socket.
     *
     * @throws IllegalStateException before {@link #initialize} or after it failed; the message then says why
     */
    public ScenarioPlayer player() {
        return started(player);
    }

    /** Calls back with the text of each mark that a scenario passes, on the player's thread. */
    public void onMark(Consumer<String> listener) {
        markListeners.add(listener);
    }

    private void marked(String text) {
        LOG.info("scenario mark: {}", text);
        markListeners.forEach(listener -> listener.accept(text));
    }

    private <T> T started(@Nullable T part) {
        if (part != null) {
            return part;
        }
        InitializeException why = failure;
        throw why == null
                ? new IllegalStateException("the simulator's provider has not been initialised by a Pi4J context yet")
                : new IllegalStateException(why.getMessage(), why);
    }

    /**
     * Requests a simulated line.
     *
     * @throws IllegalArgumentException if no switch is on that line
     * @throws IllegalStateException if it is requested already, as on real hardware, or {@link #initialize} failed
     */
    @Override
    public DigitalInput create(DigitalInputConfig config) {
        int offset = config.address();
        SimulatedInput input = new SimulatedInput(this, config, lines());
        lines().level(offset);
        if (inputs.putIfAbsent(offset, input) != null) {
            throw new IllegalStateException("simulated line " + offset + " is requested already");
        }
        context().registry().add(input);
        return input;
    }

    private void deliver(LineEdge edge) {
        SimulatedInput input = inputs.get(edge.offset());
        if (input != null && edge.heard()) {
            input.deliver(edge.level());
        }
    }

    private static long seed(ContextProperties properties) {
        String text = text(properties, SEED, "1");
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException wrong) {
            throw new IllegalArgumentException(
                    "property " + SEED + " is '" + text + "'; expected a whole number", wrong);
        }
    }

    private static String text(ContextProperties properties, String name, String absent) {
        String value = properties.get(name);
        return value == null ? absent : value.strip();
    }
}
