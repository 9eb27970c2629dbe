package io.github.reedgate.doctor;

import io.github.reedgate.link.BrokerSettings;
import io.github.reedgate.link.ClientFactory;
import io.github.reedgate.link.CredentialSource;
import io.github.reedgate.link.LinkException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Judges the files of password and keys: there, readable for the gateway and for nobody else. Stateless. */
final class SecretCheck {

    private static final int READ = 4;

    private SecretCheck() {}

    /** One file and whose it is. */
    record Secret(String key, Path file, Optional<Ownership> owned) {}

    /**
     * What is known of them.
     *
     * @param secrets the files
     * @param failure why they can't be used; empty if they can
     * @param service the gateway's user, if known
     */
    record Facts(List<Secret> secrets, String failure, Optional<Account> service) {

        /** Copies the list. */
        Facts {
            secrets = List.copyOf(secrets);
        }

        /** Reads all files of the settings; keeps nothing of what is in them. */
        static Facts read(BrokerSettings broker, CredentialSource credentials, Optional<Account> service) {
            List<Secret> secrets = new ArrayList<>();
            broker.passwordFile().ifPresent(file -> secrets.add(secret("broker.password_file", file)));
            broker.keyFile().ifPresent(file -> secrets.add(secret("broker.key_file", file)));
            try {
                new ClientFactory(broker, credentials).check();
                return new Facts(secrets, "", service);
            } catch (LinkException e) {
                return new Facts(secrets, String.valueOf(e.getMessage()), service);
            }
        }

        private static Secret secret(String key, Path file) {
            return new Secret(key, file, Ownership.of(file));
        }
    }

    static Finding judge(Facts facts) {
        if (!facts.failure().isEmpty()) {
            return Finding.failed(CheckName.SECRETS, facts.failure());
        }
        for (Secret secret : facts.secrets()) {
            Optional<Finding> finding = judge(secret, facts.service());
            if (finding.isPresent()) {
                return finding.get();
            }
        }
        return Finding.ok(
                CheckName.SECRETS,
                facts.secrets().isEmpty()
                        ? "no password or key file is named"
                        : String.join(
                                        ", ",
                                        facts.secrets().stream()
                                                .map(secret -> secret.file().toString())
                                                .toList())
                                + " can be used");
    }

    private static Optional<Finding> judge(Secret secret, Optional<Account> service) {
        if (secret.owned().isEmpty()) {
            return Optional.empty();
        }
        Ownership owned = secret.owned().get();
        if (service.isPresent() && !service.get().may(owned, READ)) {
            return Optional.of(Finding.fail(
                    CheckName.SECRETS,
                    secret.key() + " " + secret.file() + " may not be read by user "
                            + service.get().name(),
                    "sudo chown " + service.get().name() + " " + secret.file() + " && sudo chmod 400 "
                            + secret.file()));
        }
        return (owned.mode() & READ) == 0
                ? Optional.empty()
                : Optional.of(Finding.warn(
                        CheckName.SECRETS,
                        secret.key() + " " + secret.file() + " may be read by every user of this machine (mode "
                                + owned.octal() + ")",
                        "sudo chmod 640 " + secret.file()));
    }
}
