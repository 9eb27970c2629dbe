package io.github.reedgate.cli;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code reedgate sim scenarios}: lists the ready scenarios or shows one; needs no gateway. */
@Command(
        name = "scenarios",
        description = "Lists the ready scenarios, or prints one as a start for your own. Needs no running gateway.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExample:%n",
        footer = "  reedgate sim scenarios burglary > mine.scenario")
final class SimScenariosCommand implements Callable<Integer> {

    @Spec
    private @SuppressWarnings("NullAway.Init") CommandSpec spec;

    @Parameters(paramLabel = "NAME", arity = "0..1", description = "The scenario to print.")
    private @Nullable String name;

    @Override
    public Integer call() {
        return name == null ? ScenarioToolCall.run(spec, "list") : ScenarioToolCall.run(spec, "show", name);
    }
}
