package io.github.reedgate.cli;

import io.github.reedgate.alarm.AlarmMode;
import io.github.reedgate.alarm.PanelSensor;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code reedgate arm}: arms the panel of the running gateway. Owned by one command line. */
@Command(
        name = "arm",
        description = {
            "Arms the alarm panel of the running gateway. Asks for no code: who may run this as the gateway's user or"
                    + " as root may do it.",
            "Sensors that are open keep it from arming, unless they are bypassed."
        },
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  sudo reedgate arm away",
            "  sudo reedgate arm night --bypass bedroom_window",
            "",
            "Exit codes: 0 armed or on the way to it, 1 refused, for the reason told on standard error, 2 wrong"
                    + " command",
            "line, 3 wrong configuration, 4 no gateway answers."
        })
final class ArmCommand implements Callable<Integer> {

    private static final int MOST = 32;

    @Spec
    private @SuppressWarnings("NullAway.Init") CommandSpec spec;

    @Mixin
    private final StoreOption store = new StoreOption();

    @Parameters(paramLabel = "MODE", description = "home, away or night.")
    private @SuppressWarnings("NullAway.Init") AlarmMode mode;

    @Option(
            names = "--bypass",
            paramLabel = "ID",
            split = ",",
            description = "A sensor to be left out until the panel is disarmed, or ID.tamper for its second line."
                    + " May be given several times.")
    private final List<String> bypass = new ArrayList<>();

    @Override
    public Integer call() {
        Set<String> out = new LinkedHashSet<>(bypass);
        for (String id : out) {
            if (!id.matches(PanelSensor.ID)) {
                throw new ParameterException(
                        spec.commandLine(),
                        "--bypass: '" + id
                                + "' is no sensor's id; allowed: 1 to 32 of a-z, 0-9, _ and -, and behind them"
                                + " .tamper for its second line");
            }
        }
        if (out.size() > MOST) {
            throw new ParameterException(
                    spec.commandLine(), "--bypass: " + out.size() + " sensors are too many; " + MOST + " are allowed");
        }
        String request = "arm " + mode.word() + (out.isEmpty() ? "" : " " + String.join(",", out));
        return new PanelOrder(spec, store).give(request, "the panel arms for " + mode.word());
    }
}
