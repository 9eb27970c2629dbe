package io.github.reedgate.doctor;

import io.github.reedgate.link.BrokerSettings;
import io.github.reedgate.link.LinkException;
import io.github.reedgate.link.LinkTrouble;
import io.github.reedgate.secrets.SecretException;
import java.security.GeneralSecurityException;

/**
 * Judges why a broker does not let the gateway in.
 *
 * @param broker the broker
 */
record LoginVerdict(Broker broker) {

    /** Whom the broker sees, for messages. */
    String who() {
        return broker.settings().user().map(user -> "user " + user).orElse("a client without user name");
    }

    /** What it is and what to do; may look at the port once more. */
    Finding judge(LinkException failure) throws GeneralSecurityException {
        String seen = first(String.valueOf(failure.getMessage()));
        BrokerSettings settings = broker.settings();
        String password = settings.passwordFile()
                .map(file -> "the password in the first line of " + file + " (broker.password_file)")
                .orElse("the password (broker.password_file, or the systemd credential mqtt.password)");
        String user = settings.user().orElse("NAME");
        return switch (failure.trouble()) {
            case BAD_CREDENTIALS ->
                Finding.fail(
                        CheckName.LOGIN,
                        seen,
                        "correct " + password
                                + " or set it at the broker: a new one with reedgate-broker if that made the"
                                + " broker, else sudo mosquitto_passwd FILE " + user
                                + ", where FILE is the password_file of its configuration");
            case NOT_AUTHORIZED ->
                Finding.fail(
                        CheckName.LOGIN,
                        seen,
                        settings.user().isPresent()
                                ? "make user " + user
                                        + " known to the broker (with reedgate-broker if that made it, else sudo"
                                        + " mosquitto_passwd FILE " + user + ", where FILE is the password_file of its"
                                        + " configuration), correct " + password
                                        + ", and see the broker's access rules"
                                : "the broker wants a user: set broker.user and broker.password_file");
            case NETWORK, NO_ANSWER -> network(failure, seen);
            default -> Finding.failed(CheckName.LOGIN, String.valueOf(failure.getMessage()));
        };
    }

    private Finding network(LinkException failure, String seen) throws GeneralSecurityException {
        BrokerSettings settings = broker.settings();
        if (!settings.usesTls() && speaksTls()) {
            return Finding.fail(
                    CheckName.LOGIN,
                    broker.server() + " speaks TLS, but " + settings.url() + " is clear text",
                    "set broker.url to " + (settings.usesWebSocket() ? "wss://" : "mqtts://") + broker.server());
        }
        return failure.trouble() == LinkTrouble.NO_ANSWER
                ? Finding.fail(
                        CheckName.LOGIN,
                        seen,
                        "is that port the broker's? See there which ports it has (sudo ss -ltnp), and correct"
                                + " broker.url")
                : Finding.failed(CheckName.LOGIN, String.valueOf(failure.getMessage()));
    }

    private boolean speaksTls() throws GeneralSecurityException {
        try {
            return !new Handshake(broker).lenient().chain().isEmpty();
        } catch (SecretException e) {
            return false;
        }
    }

    private static String first(String message) {
        int end = message.indexOf("; ");
        return end < 0 ? message : message.substring(0, end);
    }
}
