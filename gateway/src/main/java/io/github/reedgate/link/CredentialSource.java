package io.github.reedgate.link;

import io.github.reedgate.secrets.SecretException;
import io.github.reedgate.secrets.SecretFile;
import io.github.reedgate.secrets.SystemdCredential;
import io.github.reedgate.text.FileText;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/**
 * Where user name and password come from. Each is taken from the first of these that has it; a file that is named but
 * can't be used is an error, never skipped:
 *
 * <ol>
 *   <li>the settings: {@code user}, {@code password_file} (its first line);
 *   <li>the environment: {@code REEDGATE_BROKER_USER}, {@code REEDGATE_BROKER_PASSWORD}; an empty value counts as not set;
 *   <li>the password only: the systemd credential {@code mqtt.password}, a file in {@code $CREDENTIALS_DIRECTORY}; then
 *       {@code reedgate_mqtt.password}, which is what systemd calls it if the unit names the folder it lies in.
 * </ol>
 *
 * <p>They are never taken from the command line, where every user of the machine could read them. Files are read anew by
 * each {@link #read}, so a changed password needs no restart. Immutable.
 */
public final class CredentialSource {

    /** Longest password MQTT can carry is one byte less; a line end may follow it. */
    static final int LIMIT_BYTES = 64 * 1024;

    /** Name of the environment variable with the user name. */
    public static final String USER_VARIABLE = "REEDGATE_BROKER_USER";

    /** Name of the environment variable with the password. */
    public static final String PASSWORD_VARIABLE = "REEDGATE_BROKER_PASSWORD";

    /** Name of the systemd credential with the password. */
    static final String CREDENTIAL = "mqtt.password";

    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    private final Optional<String> user;
    private final Optional<Path> passwordFile;
    private final Map<String, String> environment;

    /**
     * Remembers where to look; reads nothing yet.
     *
     * @param settings say user and password file
     * @param environment the process's environment ({@link System#getenv()}), or a test's
     */
    public CredentialSource(BrokerSettings settings, Map<String, String> environment) {
        this.user = settings.user();
        this.passwordFile = settings.passwordFile();
        this.environment = Map.copyOf(environment);
    }

    /**
     * Reads them now. Blocks for the disk only.
     *
     * @throws LinkException with {@link LinkTrouble#LOCAL_FILES} if a file can't be used, or there is a password but no user
     */
    public Credentials read() throws LinkException {
        Optional<String> name = user.or(() -> variable(USER_VARIABLE));
        Optional<byte[]> password;
        try {
            password = password();
        } catch (SecretException e) {
            throw LinkException.of(e);
        }
        if (name.isEmpty() && password.isPresent()) {
            throw new LinkException(
                    LinkTrouble.LOCAL_FILES,
                    "there is a broker password but no user name; set broker.user in the configuration, --user or "
                            + USER_VARIABLE);
        }
        return name.isEmpty() ? Credentials.ANONYMOUS : new Credentials(name, password);
    }

    private Optional<byte[]> password() throws SecretException {
        if (passwordFile.isPresent()) {
            return Optional.of(firstLine("password file", passwordFile.get()));
        }
        Optional<String> inEnvironment = variable(PASSWORD_VARIABLE);
        if (inEnvironment.isPresent()) {
            return Optional.of(inEnvironment.get().getBytes(StandardCharsets.UTF_8));
        }
        Optional<Path> credential = SystemdCredential.find(environment, CREDENTIAL);
        return credential.isPresent()
                ? Optional.of(firstLine("systemd credential", credential.get()))
                : Optional.empty();
    }

    private Optional<String> variable(String name) {
        return Optional.ofNullable(environment.get(name)).filter(value -> !value.isEmpty());
    }

    private static byte[] firstLine(String what, Path file) throws SecretException {
        byte[] content = SecretFile.read(what, file, LIMIT_BYTES);
        if (content.length >= 3 && Arrays.equals(Arrays.copyOf(content, 3), BYTE_ORDER_MARK)) {
            throw new SecretException(
                    what + " " + file + " starts with a byte order mark, which would become part of the password; "
                            + "save it as UTF-8 without one");
        }
        if (FileText.hasUtf16Mark(content) || FileText.looksLikeUtf16(content)) {
            throw new SecretException(what + " " + file
                    + " is UTF-16, which Windows calls Unicode; save it as UTF-8 without a byte order mark");
        }
        int end = 0;
        while (end < content.length && content[end] != '\n') {
            end++;
        }
        if (end > 0 && content[end - 1] == '\r') {
            end--;
        }
        if (end == 0) {
            throw new SecretException(what + " " + file + " is empty or starts with an empty line; "
                    + "write the password into its first line");
        }
        if (end >= LIMIT_BYTES) {
            throw new SecretException(what + " " + file + " has a first line longer than the " + (LIMIT_BYTES - 1)
                    + " bytes MQTT can carry");
        }
        return Arrays.copyOf(content, end);
    }
}
