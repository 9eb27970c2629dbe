package io.github.reedgate.sim.control;

import io.github.reedgate.sim.SimulatedLines;
import io.github.reedgate.sim.SwitchSettings;
import io.github.reedgate.sim.scenario.ScenarioPlayer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Optional;

/** Fuzz target: a request on the simulator's socket gets an answer, or ends the connection. Requests that play are left out: they take time. */
public final class SimRequestFuzz {

    private static final SimulatedLines LINES =
            new SimulatedLines(SwitchSettings.parseAll("front_door=17:high;back_door=27:low"), 1, System::nanoTime);
    private static final ScenarioPlayer PLAYER = new ScenarioPlayer(LINES, mark -> {});

    private SimRequestFuzz() {}

    /** Tries one input; throws if a rule is broken. */
    public static void fuzzerTestOneInput(byte[] input) {
        RequestReader reader = new RequestReader(new ByteArrayInputStream(input));
        Requests requests = new Requests(LINES, PLAYER);
        try {
            Optional<String> line = reader.line();
            while (line.isPresent()) {
                if (!line.get().strip().startsWith("play")) {
                    requests.answer(line.get(), reader);
                }
                line = reader.line();
            }
        } catch (IOException e) {
            // the connection ends
        }
    }
}
