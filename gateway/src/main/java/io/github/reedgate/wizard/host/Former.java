package io.github.reedgate.wizard.host;

import io.github.reedgate.config.Config;
import io.github.reedgate.file.FileReason;
import io.github.reedgate.setup.Plan;
import io.github.reedgate.setup.SetupException;
import io.github.reedgate.setup.YamlEdit;
import io.github.reedgate.wizard.Said;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What belongs to a former broker: keys of the configuration, and files with secrets. Stateless; blocks on the disk. */
final class Former {

    private static final String BROKER = "broker";

    private Former() {}

    /** Names the keys below {@code broker} that a new text does not have any more. */
    static List<Said> removedKeys(String before, String after) throws SetupException {
        List<String> gone = new ArrayList<>(YamlEdit.keys(before, BROKER));
        gone.removeAll(YamlEdit.keys(after, BROKER));
        return gone.isEmpty()
                ? List.of()
                : List.of(new Said.Text("Removed, because it belonged to the former broker: broker."
                        + String.join(", broker.", gone) + ". All other keys stay."));
    }

    /**
     * Deletes the files of the former broker that setup or init has written and the new configuration does not name: another
     * broker must not get a former password.
     *
     * @return what is told of it
     */
    static List<Said> deleteSecrets(Path file, Optional<Config> before, Config now) {
        List<Said> said = new ArrayList<>();
        if (before.isEmpty()) {
            return said;
        }
        List<Path> named = files(now);
        for (Path path : files(before.get())) {
            boolean isOurs = String.valueOf(path.getFileName()).matches("mqtt(-[0-9]+)?\\.password|ca(-[0-9]+)?\\.pem")
                    && path.startsWith(file.toAbsolutePath().resolveSibling(Plan.CREDENTIALS));
            if (named.contains(path) || !Files.exists(path)) {
                continue;
            }
            try {
                if (isOurs) {
                    Files.delete(path);
                }
                said.add(new Said.Text(path + " belonged to the former broker"
                        + (isOurs ? " and was deleted." : "; the gateway does not use it any more.")));
            } catch (IOException e) {
                said.add(new Said.Text(
                        path + " belonged to the former broker and could not be deleted: " + FileReason.of(e) + "."));
            }
        }
        return said;
    }

    private static List<Path> files(Config config) {
        return config.brokerFiles().stream()
                .map(path -> path.toAbsolutePath().normalize())
                .toList();
    }
}
