package io.github.reedgate.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code reedgate ack}: says that somebody knows of the alarm. Owned by one command line. */
@Command(
        name = "ack",
        description =
                "Says that somebody knows of the alarm: it is told no more. What is armed stays armed. Run it as the"
                        + " gateway's user or as root.",
        mixinStandardHelpOptions = true)
final class AckCommand implements Callable<Integer> {

    @Spec
    private @SuppressWarnings("NullAway.Init") CommandSpec spec;

    @Mixin
    private final StoreOption store = new StoreOption();

    @Override
    public Integer call() {
        return new PanelOrder(spec, store).give("ack", "the alarm is acknowledged");
    }
}
