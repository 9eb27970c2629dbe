package io.github.reedgate.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code reedgate sim status}: what the simulated doors and lines do. */
@Command(
        name = "status",
        description = "Shows every simulated door: where it is, the level of its line, faults, edges sent.",
        mixinStandardHelpOptions = true)
final class SimStatusCommand implements Callable<Integer> {

    private static final int ROW_INDENT = 4;

    @Spec
    private @SuppressWarnings("NullAway.Init") CommandSpec spec;

    @Mixin
    private final SimSocketOption socket = new SimSocketOption();

    @Option(names = "--json", description = "As a JSON array, one object for each door and output.")
    private boolean json;

    @Override
    public Integer call() {
        return socket.talk(json ? this::asJson : this::asTable);
    }

    private int asJson(SimClient client) throws IOException {
        SimAnswer answer = client.ask(List.of("status", "json"));
        if (!answer.ok()) {
            return socket.tell(answer);
        }
        PrintWriter out = spec.commandLine().getOut();
        int left = answer.body().size();
        out.print("[");
        for (String door : answer.body()) {
            left--;
            out.print(left == 0 ? SafeText.oneLine(door) : SafeText.oneLine(door) + ",\n ");
        }
        out.println("]");
        return ExitCode.OK;
    }

    private int asTable(SimClient client) throws IOException {
        SimAnswer answer = client.ask(List.of("status"));
        if (!answer.ok()) {
            return socket.tell(answer);
        }
        PrintWriter out = spec.commandLine().getOut();
        answer.body().forEach(line -> Folded.print(out, line, ROW_INDENT));
        Folded.print(out, "scenario: " + client.ask(List.of("play", "status")).text(), ROW_INDENT);
        return ExitCode.OK;
    }
}
