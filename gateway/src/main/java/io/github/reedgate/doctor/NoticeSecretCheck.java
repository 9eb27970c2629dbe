package io.github.reedgate.doctor;

import io.github.reedgate.config.Config;
import io.github.reedgate.notify.NotifyTarget;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Judges who may read the secrets of notification targets, also those in the configuration. Stateless. */
final class NoticeSecretCheck {

    private static final int READ = 4;

    private NoticeSecretCheck() {}

    /**
     * Looks at the files.
     *
     * @param broker what was found of the broker's; stays unless it is well and one of these is not
     * @param config the configuration
     * @param file where it was read
     */
    static Finding look(Finding broker, Config config, Path file) {
        if (broker.status() != Status.OK) {
            return broker;
        }
        List<Path> secrets = new ArrayList<>();
        for (NotifyTarget target : config.targets()) {
            if (target.hasSecretInConfiguration()) {
                secrets.add(file);
            }
            target.access().topicFile().ifPresent(secrets::add);
            target.access().tokenFile().ifPresent(secrets::add);
        }
        return secrets.stream()
                .filter(secret -> Ownership.of(secret)
                        .filter(owned -> (owned.mode() & READ) != 0)
                        .isPresent())
                .findFirst()
                .map(open -> Finding.warn(
                        CheckName.SECRETS,
                        open
                                + " has the topic, address or token of a target under notify, and may be read by every"
                                + " user of this machine",
                        "sudo chmod 640 " + open))
                .orElse(broker);
    }
}
