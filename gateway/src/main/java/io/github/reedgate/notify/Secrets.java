package io.github.reedgate.notify;

import io.github.reedgate.secrets.SecretException;
import io.github.reedgate.secrets.SecretFile;
import io.github.reedgate.secrets.SystemdCredential;
import io.github.reedgate.text.FileText;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where the secrets of a target come from: files named in the configuration, or else the systemd credentials
 * {@code notify.<target>.token} and {@code notify.<target>.topic}. Read anew for each attempt, so a changed one needs no restart; never shown. Immutable.
 */
public final class Secrets {

    /** Longest first line taken. */
    static final int LIMIT_BYTES = 4 * 1024;

    private static final Pattern TOKEN = Pattern.compile("[!-~]{1,2048}");
    private static final Pattern TOPIC = Pattern.compile("[-_A-Za-z0-9]{1,64}");

    private final Map<String, String> environment;

    /** Looks in the process's environment ({@link System#getenv()}), or a test's. */
    public Secrets(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    /**
     * The access token; empty if none is wanted. Blocks for the disk.
     *
     * @throws SecretException if a file that is named can't be used, or holds no token
     */
    public Optional<String> token(NotifyTarget target) throws SecretException {
        Optional<Path> file = target.access().tokenFile();
        if (file.isEmpty()) {
            file = SystemdCredential.find(environment, "notify." + target.id() + ".token");
        }
        return file.isEmpty()
                ? Optional.empty()
                : Optional.of(firstLine("token file", file.get(), TOKEN, "1 to 2048 printable ASCII characters"));
    }

    /**
     * The topic of an ntfy target. Blocks for the disk.
     *
     * @throws SecretException if its file can't be used, or holds no topic
     */
    public String topic(NotifyTarget target) throws SecretException {
        Optional<String> topic = target.access().topic();
        if (topic.isPresent()) {
            return topic.get();
        }
        Optional<Path> file = target.access().topicFile();
        if (file.isEmpty()) {
            file = SystemdCredential.find(environment, "notify." + target.id() + ".topic");
        }
        if (file.isEmpty()) {
            throw new SecretException(
                    "no topic is known: name it with topic or topic_file, or give the service the credential notify."
                            + target.id() + ".topic");
        }
        return firstLine("topic file", file.get(), TOPIC, "1 to 64 of a-z A-Z 0-9 _ -");
    }

    private static String firstLine(String what, Path file, Pattern allowed, String words) throws SecretException {
        String text = decode(what + " " + file, SecretFile.read(what, file, LIMIT_BYTES));
        String line = text.lines().findFirst().orElse("").strip();
        if (!allowed.matcher(line).matches()) {
            throw new SecretException(
                    what + " " + file + " does not have in its first line what is expected: " + words);
        }
        return line;
    }

    private static String decode(String where, byte[] content) throws SecretException {
        try {
            return FileText.decode(content);
        } catch (IOException e) {
            throw new SecretException(where + " " + e.getMessage(), e);
        }
    }
}
