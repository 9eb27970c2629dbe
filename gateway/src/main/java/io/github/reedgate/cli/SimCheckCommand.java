package io.github.reedgate.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code reedgate sim check}: tells all mistakes of a scenario file; needs no gateway. */
@Command(
        name = "check",
        description = "Checks a scenario file and tells every mistake with line and column. Needs no running gateway.",
        mixinStandardHelpOptions = true)
final class SimCheckCommand implements Callable<Integer> {

    @Spec
    private @SuppressWarnings("NullAway.Init") CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "The scenario file.")
    private String file = "";

    @Option(
            names = "--doors",
            paramLabel = "NAME",
            split = ",",
            description = "The doors there are; names are not checked without it.")
    private List<String> doors = List.of();

    @Override
    public Integer call() {
        List<String> arguments = new ArrayList<>(List.of("check", file));
        arguments.addAll(doors);
        return ScenarioToolCall.run(spec, arguments.toArray(new String[0]));
    }
}
