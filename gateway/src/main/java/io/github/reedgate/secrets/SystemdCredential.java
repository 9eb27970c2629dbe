package io.github.reedgate.secrets;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds the files that systemd hands to the service as credentials. Stateless. */
public final class SystemdCredential {

    /** Environment variable in which systemd names the folder of the credentials. */
    public static final String FOLDER_VARIABLE = "CREDENTIALS_DIRECTORY";

    /** systemd puts this before the name if the unit imports a whole folder of credentials. */
    private static final String UNIT_PREFIX = "reedgate_";

    private SystemdCredential() {}

    /**
     * Returns the file of a credential: {@code <name>}, or else {@code reedgate_<name>}. Does not read it.
     *
     * @param environment the process's environment ({@link System#getenv()}), or a test's
     * @param name name of the credential: {@code mqtt.password}
     * @return empty if systemd gave no credentials or none of this name
     * @throws SecretException if the variable {@code CREDENTIALS_DIRECTORY} is not a path
     */
    public static Optional<Path> find(Map<String, String> environment, String name) throws SecretException {
        String folder = environment.getOrDefault(FOLDER_VARIABLE, "");
        if (folder.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Stream.of(name, UNIT_PREFIX + name)
                    .map(each -> Path.of(folder, each))
                    .filter(Files::exists)
                    .findFirst();
        } catch (InvalidPathException e) {
            throw new SecretException("environment variable " + FOLDER_VARIABLE + " is not a path", e);
        }
    }
}
