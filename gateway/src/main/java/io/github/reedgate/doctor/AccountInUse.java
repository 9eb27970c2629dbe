package io.github.reedgate.doctor;

import io.github.reedgate.config.Config;
import io.github.reedgate.link.BrokerSettings;
import io.github.reedgate.link.CredentialSource;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Finds out whether a login would use the account of a gateway that runs on this machine. A broker that makes the user name the
 * client id would then disconnect the gateway. Stateless; any thread may use it.
 */
public final class AccountInUse {

    private final Path root;
    private final Programs programs;

    /**
     * Looks on a machine.
     *
     * @param root its root folder
     * @param programs asks its systemd
     */
    public AccountInUse(Path root, Programs programs) {
        this.root = root;
        this.programs = programs;
    }

    /** Looks on this machine. */
    public static AccountInUse ofThisMachine() {
        return new AccountInUse(Path.of("/"), Programs.ofThisMachine());
    }

    /**
     * Judges a login; blocks for systemd's answer, five seconds at most.
     *
     * @param gateway the configuration of the gateway on this machine
     * @param login what a command is about to use
     * @param environment the command's; may name the user
     * @return why the login would disconnect the gateway; empty if it would not
     */
    public Optional<String> by(Config gateway, BrokerSettings login, Map<String, String> environment) {
        BrokerSettings own = gateway.broker();
        boolean isSameClient = own.clientId().equals(login.clientId());
        if (!isSameClient && !isSameAccount(own, login, environment)) {
            return Optional.empty();
        }
        RunningGateway running = RunningGateway.find(root, gateway.stateDir(), () -> UnitCheck.Facts.ask(programs));
        return running.isRunning()
                ? Optional.of(
                        running.seen() + ", and this login would use its " + (isSameClient ? "client id" : "account")
                                + ": a broker that lets each of them in once would disconnect the gateway")
                : Optional.empty();
    }

    /** Brokers know an account by its user name or by the client's certificate. */
    private static boolean isSameAccount(BrokerSettings own, BrokerSettings login, Map<String, String> environment) {
        Optional<String> named = Optional.ofNullable(environment.get(CredentialSource.USER_VARIABLE))
                .filter(name -> !name.isEmpty());
        // Without a name in its file the gateway takes that of its environment, as this command does.
        Optional<String> user = own.user().or(() -> named);
        boolean isSameUser = user.isPresent() && user.equals(login.user().or(() -> named));
        boolean isSameCertificate = own.certificateFile().isPresent()
                && Objects.equals(
                        own.certificateFile().map(AccountInUse::absolute),
                        login.certificateFile().map(AccountInUse::absolute));
        return isSameUser || isSameCertificate;
    }

    private static Path absolute(Path path) {
        return path.toAbsolutePath().normalize();
    }
}
