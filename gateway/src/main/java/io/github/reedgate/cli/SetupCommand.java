package io.github.reedgate.cli;

import io.github.reedgate.setup.SensorPlan;
import io.github.reedgate.setup.SetupException;
import io.github.reedgate.wizard.BrokerChoice;
import io.github.reedgate.wizard.Draft;
import io.github.reedgate.wizard.Phone;
import io.github.reedgate.wizard.Runner;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code reedgate setup}: leads from an installed package to an alarm on the phone. Owned by one command line. */
@Command(
        name = "setup",
        description = {
            "Leads from an installed package to an alarm on the phone: sets the broker up or tries yours, finds the doors"
                    + " while you open them, has a phone ring, writes the configuration, starts the gateway and, if you"
                    + " want, sends a test alarm.",
            "What an option tells is not asked for. Without a terminal nothing is asked: what is missing is an error. A"
                    + " second run adds a door or a phone or changes the broker, and leaves all else as it is.",
            "b goes back to the question before, Ctrl-C leaves at once; nothing is changed before the last question, and"
                    + " what was begun after it is put back."
        },
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  sudo reedgate setup",
            "  sudo reedgate setup --broker here --sensor front_door=pin11 --phone ntfy",
            "  sudo reedgate setup --sensor shed=line27,type=window       # one more door",
            "  sudo reedgate setup --test-alarm                           # a test alarm only",
            "  reedgate setup --simulate -c reedgate.yaml                 # on a laptop",
            "",
            "Exit codes: 0 done, 1 not done, for a reason told before, 2 wrong command line."
        })
final class SetupCommand implements Callable<Integer> {

    private static final String HERE = "here";

    @Spec
    private @SuppressWarnings("NullAway.Init") CommandSpec spec;

    @Mixin
    private final ConfigOption config = new ConfigOption();

    @Option(
            names = "--broker",
            paramLabel = "here|URL",
            description = "here sets mosquitto up on this machine; or the URL of another one, such as"
                    + " mqtts://broker.example.org:8883.")
    private Optional<String> broker = Optional.empty();

    @Option(names = "--user", paramLabel = "NAME", description = "User name at a broker elsewhere.")
    private Optional<String> user = Optional.empty();

    @Option(
            names = "--password-from",
            paramLabel = "FILE",
            description = "File whose first line is the password there; - is standard input.")
    private Optional<Path> passwordFrom = Optional.empty();

    @Option(
            names = "--ca",
            paramLabel = "FILE",
            converter = CheckedCommandLine.OrNone.class,
            description = "PEM file with the authority that signed that broker's certificate, if it is your own.")
    private Optional<Path> ca = Optional.empty();

    @Option(names = "--insecure", description = "Allow a broker on another machine without encryption.")
    private boolean insecure;

    @Option(
            names = "--gateway-id",
            paramLabel = "ID",
            description = "The gateway's id: a-z, 0-9, _ and - (default: the user name at the broker, else home).")
    private Optional<String> gatewayId = Optional.empty();

    @Option(names = "--gateway-name", paramLabel = "NAME", description = "Its name for people.")
    private Optional<String> gatewayName = Optional.empty();

    @Option(
            names = {"-s", "--sensor"},
            paramLabel = "ID=WHERE[,KEY=VALUE...]",
            description =
                    "A door and where it is wired: pinN on the header or lineN (GPIO). Keys: name, type, contact, pull. May"
                            + " be given several times.")
    private final List<String> sensors = new ArrayList<>();

    @Option(
            names = "--phone",
            paramLabel = "WAY",
            description =
                    "How a phone learns of an alarm: ntfy, mqtt, home-assistant or later. May be given several times.")
    private final List<Way> ways = new ArrayList<>();

    @Option(names = "--ntfy-server", paramLabel = "URL", description = "The ntfy server (default: ${DEFAULT-VALUE}).")
    private String ntfyServer = "https://ntfy.sh";

    @Option(names = "--simulate", description = "Doors that move by themselves instead of GPIO lines; needs no Pi.")
    private boolean simulate;

    @Option(
            names = "--test-alarm",
            negatable = true,
            description = "Send a test alarm at the end, or none. Without it you are asked; without a terminal none is"
                    + " sent.")
    private @Nullable Boolean testAlarm;

    @Option(names = "--no-start", description = "Write the files and start nothing.")
    private boolean noStart;

    /** The ways to a phone as words of the command line. */
    enum Way {
        /** A push by ntfy. */
        NTFY("ntfy"),
        /** An MQTT app. */
        MQTT("mqtt"),
        /** Home Assistant. */
        HOME_ASSISTANT("home-assistant"),
        /** None for now. */
        LATER("later");

        private final String word;

        Way(String word) {
            this.word = word;
        }

        @Override
        public String toString() {
            return word;
        }
    }

    @Override
    public Integer call() throws InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        try {
            return run(out, err);
        } catch (SetupException | IOException e) {
            err.println("reedgate: " + e.getMessage());
            return ExitCode.FAILED;
        } finally {
            out.flush();
            err.flush();
        }
    }

    private int run(PrintWriter out, PrintWriter err) throws SetupException, IOException, InterruptedException {
        if (!ntfyServer.matches("https?://[A-Za-z0-9.:\\[\\]-]+(/[!-~]*)?")) {
            throw new ParameterException(
                    spec.commandLine(), "--ntfy-server is no address of a server; expected https://host[:port]");
        }
        SetupSession session = new SetupSession(
                config.file(), simulate, !noStart, ntfyServer.replaceAll("/+$", ""), Optional.ofNullable(testAlarm));
        requireUse();
        session.requireUsable();
        Draft given = given(session.targetId(), session.topic());
        Runner.Result result =
                session.run(given, passwordFrom.filter(PasswordSource::isInput).isPresent(), out);
        if (result == Runner.Result.NOBODY) {
            List<String> missing = missing(session.isPresent());
            if (!missing.isEmpty()) {
                throw new ParameterException(
                        spec.commandLine(), "there is no terminal to ask at; missing: " + String.join(", ", missing));
            }
            err.println("reedgate: not done, for the reason above; there is no terminal to ask at; " + session.left());
        } else if (result != Runner.Result.WRITTEN) {
            err.println("reedgate: " + (result == Runner.Result.LEFT ? "left before the end; " : "") + session.left());
        }
        return result == Runner.Result.WRITTEN ? ExitCode.OK : ExitCode.FAILED;
    }

    /** Refuses what would have no effect. */
    private void requireUse() {
        boolean isElsewhere = broker.filter(url -> !url.equals(HERE)).isPresent();
        if (!isElsewhere && (user.isPresent() || passwordFrom.isPresent() || ca.isPresent() || insecure)) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--user, --password-from, --ca and --insecure are for a broker elsewhere: give --broker URL with them");
        }
    }

    private List<String> missing(boolean isPresent) {
        List<String> missing = new ArrayList<>();
        if (isPresent) {
            boolean nothing = broker.isEmpty() && sensors.isEmpty() && ways.isEmpty();
            return nothing ? List.of("what to do: --broker, --sensor, --phone or --test-alarm") : List.of();
        }
        if (broker.isEmpty()) {
            missing.add("--broker");
        }
        if (sensors.isEmpty()) {
            missing.add("--sensor");
        }
        if (ways.isEmpty()) {
            missing.add("--phone");
        }
        return missing;
    }

    private Draft given(String targetId, String topic) throws SetupException {
        List<SensorPlan> doors = new ArrayList<>();
        for (String sensor : sensors) {
            doors.add(SensorPlan.parse(sensor));
        }
        List<Phone> phones = new ArrayList<>();
        for (Way way : ways) {
            switch (way) {
                case NTFY -> phones.add(new Phone.Ntfy(targetId, ntfyServer.replaceAll("/+$", ""), topic));
                case MQTT -> phones.add(new Phone.MqttApp("phone"));
                case HOME_ASSISTANT -> phones.add(new Phone.HomeAssistant("homeassistant"));
                case LATER -> {}
            }
        }
        return new Draft(
                gatewayId,
                gatewayName,
                choice(),
                false,
                doors,
                !doors.isEmpty(),
                phones.stream().distinct().toList(),
                !ways.isEmpty());
    }

    private Optional<BrokerChoice> choice() throws SetupException {
        if (broker.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                broker.get().equals(HERE)
                        ? BrokerChoice.HERE
                        : new BrokerChoice(
                                false,
                                broker.get(),
                                user.orElse(""),
                                passwordFrom.isPresent() ? PasswordSource.read(passwordFrom.get()) : "",
                                ca.map(Path::toString).filter(file -> !file.isEmpty()),
                                insecure));
    }
}
