package io.github.reedgate.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code reedgate disarm}: disarms the panel of the running gateway. Owned by one command line. */
@Command(
        name = "disarm",
        description =
                "Disarms the alarm panel of the running gateway, and ends an alarm. Asks for no code: who may run this"
                        + " as the gateway's user or as root may do it.",
        mixinStandardHelpOptions = true)
final class DisarmCommand implements Callable<Integer> {

    @Spec
    private @SuppressWarnings("NullAway.Init") CommandSpec spec;

    @Mixin
    private final StoreOption store = new StoreOption();

    @Override
    public Integer call() {
        return new PanelOrder(spec, store).give("disarm", "the panel is disarmed");
    }
}
