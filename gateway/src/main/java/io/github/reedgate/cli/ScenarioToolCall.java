package io.github.reedgate.cli;

import java.io.PrintWriter;
import java.util.Optional;
import java.util.spi.ToolProvider;
import picocli.CommandLine.Model.CommandSpec;

/** Calls the simulator's scenario tool, if the simulator is installed. Stateless. */
final class ScenarioToolCall {

    private static final String TOOL = "reedgate-scenario";

    private ScenarioToolCall() {}

    /** Runs the tool on the command's streams. Returns the exit code. */
    static int run(CommandSpec spec, String... arguments) {
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        Optional<ToolProvider> tool = ToolProvider.findFirst(TOOL);
        try {
            if (tool.isEmpty()) {
                err.println("reedgate: the simulator is not installed; reedgate-sensor-sim.jar is missing in lib");
                return ExitCode.FAILED;
            }
            return tool.get().run(out, err, arguments) == 0 ? ExitCode.OK : ExitCode.FAILED;
        } finally {
            out.flush();
            err.flush();
        }
    }
}
