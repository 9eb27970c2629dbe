package io.github.reedgate.cli;

import io.github.reedgate.app.Leftovers;
import io.github.reedgate.config.Config;
import io.github.reedgate.doctor.AccountInUse;
import io.github.reedgate.file.FileReason;
import io.github.reedgate.file.NotOrdinaryException;
import io.github.reedgate.file.SudoHint;
import io.github.reedgate.link.BrokerSettings;
import io.github.reedgate.link.ClientFactory;
import io.github.reedgate.link.CredentialSource;
import io.github.reedgate.message.Topics;
import io.github.reedgate.setup.Dialogue;
import io.github.reedgate.store.EventLog;
import io.github.reedgate.store.LogException;
import java.io.Closeable;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code reedgate purge}: empties what the gateway has left at its broker. Owned by one command line. */
@Command(
        name = "purge",
        description = {
            "Empties the retained topics that the gateway has left at its broker (states, availability, descriptions"
                    + " for home servers), so that broker, phones and home servers forget it. Those of others stay.",
            "It shows the topics and asks first. The gateway must not run meanwhile; started again, it publishes what"
                    + " it still has. Run it as the gateway's user or as root."
        },
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  sudo reedgate purge --dry-run",
            "  sudo systemctl stop reedgate; sudo reedgate purge     before the gateway is taken away",
            "  sudo reedgate purge --former                          after a change of gateway.id or topic_prefix",
            "  sudo reedgate purge --gateway old_id                  the same, if the store is lost",
            "",
            "Exit codes: 0 all is empty or nothing was there, 1 not done: the gateway runs, nobody said yes, or a"
                    + " topic is there again, 2 wrong command line, 3 wrong configuration, 4 broker unreachable or not"
                    + " trusted, 5 refused by the broker, 6 not acknowledged in time."
        })
final class PurgeCommand implements Callable<Integer> {

    @Spec
    private @SuppressWarnings("NullAway.Init") CommandSpec spec;

    @Mixin
    private final ConfigOption configOption = new ConfigOption();

    @Option(
            names = "--former",
            description = "Only what the gateway remembers and does not have any more, also of a former gateway.id or"
                    + " topic_prefix. Mind that with a copied card these are the topics of the gateway that it was"
                    + " copied from.")
    private boolean former;

    @Option(
            names = "--gateway",
            paramLabel = "ID",
            description = "Another gateway's id, for instance this one's former id: what that has left.")
    private @Nullable String gatewayId;

    @Option(
            names = "--topic-prefix",
            paramLabel = "PREFIX",
            description = "A former topic_prefix: what was left below it.")
    private @Nullable String prefix;

    @Option(names = "--dry-run", description = "Print the topics and leave them; the gateway may run.")
    private boolean dryRun;

    @Option(
            names = {"-y", "--yes"},
            description = "Do not ask.")
    private boolean yes;

    @Option(
            names = "--force",
            description = "Also if a gateway says at the broker that it is online with these topics.")
    private boolean force;

    @Option(
            names = "--login-beside",
            description =
                    "With --dry-run: use the gateway's own account although the gateway runs. Not with a broker that"
                            + " makes the user name the client id (mosquitto: use_username_as_clientid): it would throw"
                            + " the gateway out.")
    private boolean loginBeside;

    @Option(
            names = "--wait",
            paramLabel = "DURATION",
            converter = Durations.class,
            description = "The broker has shown everything when it was silent for so long, 100ms to 30s (default: 2s).")
    private Duration quiet = Duration.ofSeconds(2);

    private final Map<String, String> environment;
    private final Supplier<Optional<Dialogue>> person;
    private final AccountInUse accountInUse = AccountInUse.ofThisMachine();

    /** The command in this process's environment, at its terminal. */
    PurgeCommand() {
        this(System.getenv(), ConsoleDialogue::ofThisProcess);
    }

    /** The command in an environment and with a person of a test's choice. */
    PurgeCommand(Map<String, String> environment, Supplier<Optional<Dialogue>> person) {
        this.environment = Map.copyOf(environment);
        this.person = person;
    }

    @Override
    public Integer call() throws InterruptedException {
        check();
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        try {
            Optional<Config> config = configOption.load(err);
            return config.isPresent() ? purge(config.get(), out, err) : configOption.failure();
        } catch (RetainedSearch.NoSearch e) {
            err.println("reedgate: " + e.getMessage());
            return e.exitCode();
        } catch (IOException e) {
            err.println("reedgate: can't find out whether a gateway runs: "
                    + (e instanceof NotOrdinaryException
                            ? e.getMessage() + "; move it away"
                            : FileReason.of(e) + "; run it as the gateway's user or as root" + SudoHint.text()));
            return ExitCode.FAILED;
        } finally {
            out.flush();
            err.flush();
        }
    }

    private void check() {
        if (former && (gatewayId != null || prefix != null)) {
            throw wrong("--former does not go together with --gateway or --topic-prefix: it takes what is remembered");
        }
        if (gatewayId != null && !gatewayId.matches("[a-z0-9_-]{1,32}")) {
            throw wrong(
                    "--gateway is '" + SafeText.line(gatewayId, 100) + "'; 1 to 32 of a-z, 0-9, _ and - are allowed");
        }
        if (prefix != null && !prefix.matches("[a-zA-Z0-9_-]{1,32}(/[a-zA-Z0-9_-]{1,32}){0,2}")) {
            throw wrong("--topic-prefix is '" + SafeText.line(prefix, 100) + "'; 1 to 3 levels with / between them,"
                    + " each 1 to 32 of a-z, A-Z, 0-9, _ and -, are allowed");
        }
        if (quiet.toMillis() < 100 || quiet.toSeconds() > 30) {
            throw wrong("--wait is " + Durations.text(quiet) + "; 100ms to 30s is allowed");
        }
    }

    private int purge(Config config, PrintWriter out, PrintWriter err)
            throws RetainedSearch.NoSearch, IOException, InterruptedException {
        Optional<String> inUse =
                loginBeside ? Optional.empty() : accountInUse.by(config, settings(config), environment);
        if (inUse.isPresent()) {
            err.println(
                    "reedgate: " + inUse.get() + "; stop it first (sudo systemctl stop reedgate), or add --login-beside"
                            + " if your broker takes a second login");
            return ExitCode.FAILED;
        }
        Optional<Closeable> hold = dryRun ? Optional.of(() -> {}) : Leftovers.hold(config.stateDir());
        if (hold.isEmpty()) {
            err.println("reedgate: the gateway of " + config.stateDir()
                    + " is running and would publish its topics again; stop it first: sudo systemctl stop reedgate");
            return ExitCode.FAILED;
        }
        try {
            return purge(config, leftovers(config, err), out, err);
        } finally {
            hold.get().close();
        }
    }

    private int purge(Config config, Leftovers leftovers, PrintWriter out, PrintWriter err)
            throws RetainedSearch.NoSearch, InterruptedException {
        BrokerSettings settings = settings(config);
        PurgeScope scope = scope(config, leftovers);
        if (scope.filters().isEmpty()) {
            out.println("nothing is left");
            return ExitCode.OK;
        }
        Purge purge = new Purge(
                settings, new ClientFactory(settings, new CredentialSource(settings, environment)), quiet, out, err);
        Purge.Left left = purge.look(scope);
        PurgeMemory memory = new PurgeMemory(config, leftovers, err);
        boolean isAboutPresentTopics = !former && gatewayId == null && prefix == null;
        if (isAboutPresentTopics) {
            memory.tellOfForeign();
        }
        if (dryRun || left.all().isEmpty()) {
            left.all().forEach(out::println);
            err.println("reedgate: "
                    + (left.all().isEmpty() ? "nothing is left" : left.all().size() + " topics"));
            return ExitCode.OK;
        }
        if (!left.online().isEmpty() && !force) {
            err.println("reedgate: " + left.online() + " says online: a gateway uses these topics now; stop it, or add"
                    + " --force if there is none");
            return ExitCode.FAILED;
        }
        return isWanted(left, out, err) ? empty(purge, scope, left, memory) : ExitCode.FAILED;
    }

    /** Whether somebody says yes, who has seen the topics. */
    private boolean isWanted(Purge.Left left, PrintWriter out, PrintWriter err) {
        if (yes) {
            return true;
        }
        left.all().forEach(out::println);
        out.flush();
        err.flush();
        Optional<Dialogue> somebody = person.get();
        if (somebody.isEmpty()) {
            err.println("reedgate: there is no terminal to ask at; add --yes to empty these "
                    + left.all().size() + " topics");
            return false;
        }
        String answer = somebody.get()
                .ask("Empty these " + left.all().size() + " topics, yes or no?", "no")
                .orElse("no");
        boolean wanted = Set.of("yes", "y").contains(answer.toLowerCase(Locale.ROOT));
        if (!wanted) {
            err.println("reedgate: nothing was emptied");
        }
        return wanted;
    }

    private static int empty(Purge purge, PurgeScope scope, Purge.Left left, PurgeMemory memory)
            throws RetainedSearch.NoSearch, InterruptedException {
        try {
            int emptied = purge.empty(left.all());
            if (emptied != ExitCode.OK && emptied != ExitCode.REFUSED) {
                return emptied;
            }
            int verified = purge.verify(scope, left);
            return emptied == ExitCode.OK ? verified : emptied;
        } finally {
            memory.forget(purge.emptied());
        }
    }

    private PurgeScope scope(Config config, Leftovers leftovers) {
        if (former) {
            return PurgeScope.exactly(leftovers.former());
        }
        String id = gatewayId == null ? config.gatewayId() : gatewayId;
        Topics topics = Topics.of(prefix == null ? config.topicPrefix() : prefix, id);
        Topics present = Topics.of(config.topicPrefix(), config.gatewayId());
        boolean hasMoved = id.equals(config.gatewayId()) && !topics.equals(present);
        List<String> known = topics.equals(present) ? leftovers.own() : leftovers.foreign();
        // under a former prefix of the same id there are states; the descriptions are the present ones
        return PurgeScope.of(
                known, topics, id, hasMoved ? "" : config.discovery().prefix());
    }

    private static Leftovers leftovers(Config config, PrintWriter err) {
        try (EventLog log = EventLog.open(config.stateDir())) {
            return Leftovers.of(config, log.backlog().notes().getOrDefault(Leftovers.NOTE, ""));
        } catch (LogException e) {
            err.println("reedgate: nothing is remembered: " + e.getMessage());
            return Leftovers.of(config, "");
        }
    }

    /** Those of the gateway with a client id of its own. */
    private BrokerSettings settings(Config config) {
        BrokerSettings broker = config.broker();
        return new BrokerSettings(
                        broker.url(),
                        ClientIds.fresh("purge"),
                        broker.user(),
                        broker.passwordFile(),
                        broker.caFile(),
                        broker.certificateFile(),
                        broker.keyFile(),
                        broker.timing())
                .withUserOf(environment.get(CredentialSource.USER_VARIABLE));
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
