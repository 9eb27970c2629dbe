package io.github.reedgate.cli;

import io.github.reedgate.config.BrokerUrl;
import io.github.reedgate.config.Config;
import io.github.reedgate.config.Loopback;
import io.github.reedgate.config.ViewerAccount.Tool;
import io.github.reedgate.doctor.AccountInUse;
import io.github.reedgate.link.BrokerSettings;
import io.github.reedgate.link.CredentialSource;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/**
 * The options that say which broker to connect to, and as whom; mix it in with {@code @Mixin}. Without {@code --broker} they
 * refine what the configuration file says; with it nothing is taken from that file, so that its password never reaches another
 * broker. A login that would disconnect the gateway of this machine is refused. Owned by one command line.
 */
final class BrokerOption {

    private final AccountInUse accountInUse;
    private final Tool tool;

    @Mixin
    private final ConfigOption config = new ConfigOption();

    @Option(
            names = {"-b", "--broker"},
            paramLabel = "URL",
            description = "The broker: mqtt://, mqtts://, ws:// or wss://host[:port][/path]. Given, no configuration"
                    + " file is used; else the file names the broker.")
    private @Nullable String url;

    @Option(
            names = {"-u", "--user"},
            paramLabel = "NAME",
            description = "The user name at the broker (or environment REEDGATE_BROKER_USER). If nothing names one, the"
                    + " viewer's is used, if there is a viewer (broker.viewer).")
    private @Nullable String user;

    @Option(
            names = "--password-file",
            paramLabel = "FILE",
            description =
                    "A file with the password in its first line (or environment REEDGATE_BROKER_PASSWORD). There is"
                            + " no option for the password itself: every user of the machine could read it.")
    private @Nullable Path passwordFile;

    @Option(
            names = "--ca-file",
            paramLabel = "FILE",
            description = "The CA certificates to trust, in PEM, instead of the system's.")
    private @Nullable Path caFile;

    @Option(names = "--certificate-file", paramLabel = "FILE", description = "This client's certificate chain, in PEM.")
    private @Nullable Path certificateFile;

    @Option(names = "--key-file", paramLabel = "FILE", description = "Its private key, in PEM and PKCS#8.")
    private @Nullable Path keyFile;

    @Option(names = "--insecure", description = "Allow a broker on another machine without TLS: all can read along.")
    private boolean insecure;

    @Option(
            names = "--login-beside",
            description =
                    "Use the gateway's own account although the gateway runs. Not with a broker that makes the user"
                            + " name the client id (mosquitto: use_username_as_clientid): it would throw the gateway out.")
    private boolean loginBeside;

    /**
     * The options on a machine.
     *
     * @param accountInUse finds whether the gateway uses an account
     * @param tool whose login to take if the configuration has a viewer account
     */
    BrokerOption(AccountInUse accountInUse, Tool tool) {
        this.accountInUse = accountInUse;
        this.tool = tool;
    }

    /**
     * Where to connect to.
     *
     * @param settings the broker
     * @param root first topic levels of the gateway's messages, or a filter for those of all gateways
     */
    record Target(BrokerSettings settings, String root) {}

    /** There is nothing to connect to; what it says has been printed. */
    static final class NoTarget extends Exception {

        private static final long serialVersionUID = 1L;

        private final int exitCode;

        private NoTarget(int exitCode) {
            this.exitCode = exitCode;
        }

        /** One of {@link ExitCode}. */
        int exitCode() {
            return exitCode;
        }
    }

    /**
     * Settles where to connect to; reads the configuration file if there is no {@code --broker}.
     *
     * @param commandLine for errors
     * @param environment may name the user
     * @param clientId the client id to use; never the gateway's own, which would throw the gateway out
     * @throws NoTarget if the configuration is wrong, or a gateway that runs on this machine uses the account
     * @throws ParameterException if an option is wrong
     */
    Target target(CommandLine commandLine, Map<String, String> environment, String clientId) throws NoTarget {
        String broker = url;
        if (broker == null) {
            return fromConfig(commandLine, environment, clientId);
        }
        Target target = named(fromOptions(commandLine, broker, clientId), environment);
        Optional<Config> local = config.ifUsable();
        if (local.isPresent()) {
            guard(commandLine, local.get(), target.settings(), environment);
        }
        return target;
    }

    /** Refuses a login that would disconnect the gateway of this machine. */
    private void guard(CommandLine commandLine, Config local, BrokerSettings login, Map<String, String> environment)
            throws NoTarget {
        Optional<String> why = loginBeside ? Optional.empty() : accountInUse.by(local, login, environment);
        if (why.isPresent()) {
            PrintWriter err = commandLine.getErr();
            err.println("reedgate: " + why.get()
                    + "; use an account of your own (--user NAME --password-file FILE, or broker.viewer in the"
                    + " configuration; a broker that reedgate-broker has set up makes one: sudo reedgate-broker setup"
                    + " --viewer yes), stop the gateway first, or add"
                    + " --login-beside if your broker takes a second login");
            err.flush();
            throw new NoTarget(ExitCode.FAILED);
        }
        if (!loginBeside && login.clientId().equals(local.broker().clientId())) {
            PrintWriter err = commandLine.getErr();
            err.println("reedgate: " + SafeText.line(login.clientId(), 128)
                    + " is the client id of the gateway of this machine; choose another with --client-id");
            err.flush();
            throw new NoTarget(ExitCode.FAILED);
        }
    }

    /** With the user of the environment, if no other is named: messages are to name whom the broker refused. */
    private static Target named(Target target, Map<String, String> environment) {
        return new Target(target.settings().withUserOf(environment.get(CredentialSource.USER_VARIABLE)), target.root());
    }

    private Target fromOptions(CommandLine commandLine, String broker, String clientId) {
        if (commandLine.getParseResult().hasMatchedOption("--config")) {
            throw new ParameterException(
                    commandLine, "--broker and --config exclude each other: the file names its own broker");
        }
        BrokerSettings settings = refined(parse(commandLine, broker), clientId, Optional.empty());
        check(commandLine, settings);
        return new Target(settings, "reedgate/+");
    }

    private Target fromConfig(CommandLine commandLine, Map<String, String> environment, String clientId)
            throws NoTarget {
        if (insecure) {
            throw new ParameterException(
                    commandLine, "--insecure goes with --broker; in the file, broker.insecure says it");
        }
        Optional<Config> loaded = config.load(commandLine.getErr());
        if (loaded.isEmpty()) {
            throw new NoTarget(config.failure());
        }
        Config read = loaded.get();
        BrokerSettings base = beside(read, environment);
        Target target =
                named(new Target(refined(read.broker().url(), clientId, Optional.of(base)), root(read)), environment);
        guard(commandLine, read, target.settings(), environment);
        return target;
    }

    /** The file's broker, as the viewer if there is one and nobody has named another account. */
    private BrokerSettings beside(Config read, Map<String, String> environment) {
        BrokerSettings own = read.broker();
        boolean isNamed = user != null
                || passwordFile != null
                || loginBeside
                || !environment.getOrDefault(CredentialSource.USER_VARIABLE, "").isEmpty();
        return isNamed
                ? own
                : read.viewer()
                        .login(tool, own.passwordFile())
                        .map(login -> own.as(own.clientId(), login.user(), login.passwordFile()))
                        .orElse(own);
    }

    private static String root(Config config) {
        return config.topicPrefix() + "/" + config.gatewayId();
    }

    private static URI parse(CommandLine commandLine, String text) {
        try {
            return BrokerUrl.parse(text);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(commandLine, "--broker: " + e.getMessage(), e);
        }
    }

    private BrokerSettings refined(URI broker, String clientId, Optional<BrokerSettings> base) {
        Optional<String> givenUser = Optional.ofNullable(user);
        // The file's password belongs to the file's user.
        Optional<BrokerSettings> same = base.filter(settings -> givenUser.isEmpty());
        return new BrokerSettings(
                broker,
                clientId,
                givenUser.or(() -> base.flatMap(BrokerSettings::user)),
                Optional.ofNullable(passwordFile).or(() -> same.flatMap(BrokerSettings::passwordFile)),
                Optional.ofNullable(caFile).or(() -> base.flatMap(BrokerSettings::caFile)),
                Optional.ofNullable(certificateFile).or(() -> base.flatMap(BrokerSettings::certificateFile)),
                Optional.ofNullable(keyFile).or(() -> base.flatMap(BrokerSettings::keyFile)),
                base.map(BrokerSettings::timing).orElse(BrokerSettings.Timing.DEFAULT));
    }

    private void check(CommandLine commandLine, BrokerSettings settings) {
        if (settings.usesTls()) {
            return;
        }
        if (!insecure && !Loopback.isLoopback(Loopback.hostOf(settings.url()))) {
            throw new ParameterException(
                    commandLine,
                    "--broker " + settings.url() + " would send everything in clear text to another machine; use "
                            + (settings.usesWebSocket() ? "wss://" : "mqtts://")
                            + ", or add --insecure if you trust the network between");
        }
        if (caFile != null || certificateFile != null || keyFile != null) {
            throw new ParameterException(
                    commandLine,
                    "--ca-file, --certificate-file and --key-file have no effect without TLS; use mqtts:// or wss://");
        }
    }
}
