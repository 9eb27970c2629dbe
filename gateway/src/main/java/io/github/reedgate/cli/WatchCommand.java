package io.github.reedgate.cli;

import com.hivemq.client.mqtt.datatypes.MqttTopicFilter;
import io.github.reedgate.config.ViewerAccount;
import io.github.reedgate.doctor.AccountInUse;
import io.github.reedgate.link.ClientFactory;
import io.github.reedgate.link.CredentialSource;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code reedgate watch}: prints states, alarms and events as they come. Owned by one command line. */
@Command(
        name = "watch",
        description = {
            "Subscribes and prints states, availability, alarms and events as they come.",
            "Messages go to standard output, one a line; how the connection goes is told on standard error."
                    + " Messages larger than 256 KiB are not delivered. A lost connection is made again for ever."
        },
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  sudo reedgate watch                                     the broker of the configuration, as the viewer",
            "  reedgate watch --broker mqtts://broker.lan --user phone --password-file ~/.mqtt",
            "  reedgate watch --persistent --root reedgate/home",
            "  reedgate watch --json --count 1 --timeout 30s --topic 'reedgate/home/front_door/state'",
            "",
            "Exit codes: 0 stopped or all messages came, 1 the running gateway uses this account, 2 wrong command"
                    + " line, 3 wrong configuration or unusable file, 4 broker unreachable or not trusted, 5 refused by"
                    + " the broker, 6 timed out."
        })
final class WatchCommand implements Callable<Integer> {

    private static final int INDENT = 10;
    private static final long LONGEST_SESSION_SECONDS = 0xFFFF_FFFEL;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private final BrokerOption broker;

    @Option(
            names = "--root",
            paramLabel = "TOPIC",
            description = "First levels of the gateway's topics (default: what the configuration says, or reedgate/+).")
    private @Nullable String root;

    @Option(
            names = {"-t", "--topic"},
            paramLabel = "FILTER",
            description = "Watch this topic filter instead; may be given more than once.")
    private List<String> topics = List.of();

    @Option(names = "--json", description = "Print each message as a line of JSON.")
    private boolean json;

    @Option(
            names = "--persistent",
            description =
                    "Have the broker keep messages while this watch is away: with a fixed client id, what was missed"
                            + " arrives at the next start.")
    private boolean persistent;

    @Option(
            names = "--session-expiry",
            paramLabel = "DURATION",
            converter = Durations.class,
            description = "How long the broker keeps them (default: 7d).")
    private Duration sessionExpiry = Duration.ofDays(7);

    @Option(
            names = "--client-id",
            paramLabel = "ID",
            description = "The client id (default: with --persistent reedgate-watch-USER-HOST, else one of its own).")
    private @Nullable String clientId;

    @Option(names = "--count", paramLabel = "N", description = "End after N messages.")
    private @Nullable Long count;

    @Option(
            names = "--timeout",
            paramLabel = "DURATION",
            converter = Durations.class,
            description = "End after this time; with --count an error if it is not reached.")
    private @Nullable Duration timeout;

    @Option(names = "--exit-on-disconnect", description = "End when there is no connection, for scripts.")
    private boolean exitOnDisconnect;

    private final Map<String, String> environment;

    /** The command in this process's environment. */
    WatchCommand() {
        this(System.getenv());
    }

    /** The command in an environment of a test's choice. */
    WatchCommand(Map<String, String> environment) {
        this(environment, AccountInUse.ofThisMachine());
    }

    /** The command in an environment and on a machine of a test's choice. */
    WatchCommand(Map<String, String> environment, AccountInUse accountInUse) {
        this.environment = Map.copyOf(environment);
        this.broker = new BrokerOption(accountInUse, ViewerAccount.Tool.WATCH);
    }

    @Override
    public Integer call() throws InterruptedException {
        check();
        WatchPlan plan;
        try {
            plan = plan(broker.target(spec.commandLine(), environment, id()));
        } catch (BrokerOption.NoTarget e) {
            return e.exitCode();
        }
        ClientFactory factory = new ClientFactory(plan.settings(), new CredentialSource(plan.settings(), environment));
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        MessageFormat format =
                json ? new MessageJson() : new MessageLine(ZoneId.systemDefault(), Terminal.hasColours(environment));
        return runUntilSignal(new Watch(plan, factory, message -> print(out, format.line(message), !json), line -> {
            err.println("watch: " + line);
            err.flush();
        }));
    }

    private static int runUntilSignal(Watch watch) throws InterruptedException {
        Thread hook = new Thread(watch::stop, "watch-stop");
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            return watch.run();
        } finally {
            Terminal.removeHook(hook);
        }
    }

    /** Prints a line; false if nobody reads standard output any more, as behind {@code | head -1}. */
    private static boolean print(PrintWriter out, String line, boolean isFolded) {
        int columns = isFolded ? Printer.columns(out) : Integer.MAX_VALUE;
        Folded.lines(line, columns, INDENT).forEach(part -> Printer.painted(out, part + System.lineSeparator()));
        return !out.checkError();
    }

    private String id() {
        String given = clientId;
        if (given != null) {
            return given;
        }
        return persistent ? ClientIds.fixed("watch", environment) : ClientIds.fresh("watch");
    }

    private WatchPlan plan(BrokerOption.Target target) {
        String top = root == null ? target.root() : root.replaceAll("/+$", "");
        List<String> usual = List.of(top + "/availability", top + "/+/state", top + "/alarm", top + "/event");
        Long wanted = count;
        return new WatchPlan(
                target.settings(),
                topics.isEmpty() ? usual : topics,
                persistent ? Optional.of(sessionExpiry) : Optional.empty(),
                wanted == null ? OptionalLong.empty() : OptionalLong.of(wanted),
                Optional.ofNullable(timeout),
                exitOnDisconnect);
    }

    private void check() {
        if (count != null && count < 1) {
            throw wrong("--count is " + count + "; 1 or more is allowed");
        }
        if (sessionExpiry.toSeconds() < 1 || sessionExpiry.toSeconds() > LONGEST_SESSION_SECONDS) {
            throw wrong("--session-expiry is " + Durations.text(sessionExpiry) + "; 1s to 49710d is allowed");
        }
        if (clientId != null && (clientId.isEmpty() || clientId.length() > 128)) {
            throw wrong("--client-id has " + clientId.length() + " characters; 1 to 128 are allowed");
        }
        if (root != null && root.contains("#")) {
            throw wrong("--root '" + SafeText.line(root, 100) + "' has a # in it; give the levels before it");
        }
        topics.forEach(this::checkFilter);
        if (root != null) {
            checkFilter(root);
        }
    }

    private void checkFilter(String filter) {
        try {
            MqttTopicFilter.of(filter);
        } catch (IllegalArgumentException e) {
            throw wrong("'" + SafeText.line(filter, 100) + "' is no topic filter: "
                    + SafeText.line(String.valueOf(e.getMessage()), 200));
        }
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
