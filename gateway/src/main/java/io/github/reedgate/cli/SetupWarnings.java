package io.github.reedgate.cli;

import io.github.reedgate.app.SocketPath;
import io.github.reedgate.config.Config;
import io.github.reedgate.config.Loopback;
import io.github.reedgate.contact.Sensor;
import io.github.reedgate.file.UnusableFiles;
import io.github.reedgate.line.Level;
import io.github.reedgate.line.Pull;
import io.github.reedgate.link.BrokerSettings;
import io.github.reedgate.link.ClientFactory;
import io.github.reedgate.link.CredentialSource;
import io.github.reedgate.link.LinkException;
import io.github.reedgate.notify.NotifyTarget;
import io.github.reedgate.notify.Secrets;
import io.github.reedgate.output.Output;
import io.github.reedgate.output.OutputType;
import io.github.reedgate.secrets.SecretException;
import io.github.reedgate.secrets.TlsFiles;
import io.github.reedgate.setup.HeaderPin;
import io.github.reedgate.users.UsersFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Looks for what makes a valid configuration fail or unsafe on this machine: files that are missing or open to all, clear
 * text, lines that don't suit. Immutable.
 */
final class SetupWarnings {

    private static final int LAST_PULLED_UP = 8;

    private final Config config;
    private final Map<String, String> environment;

    /** Looks at a configuration in an environment ({@link System#getenv()}). */
    SetupWarnings(Config config, Map<String, String> environment) {
        this.config = config;
        this.environment = Map.copyOf(environment);
    }

    /**
     * One sentence for each; empty if there is nothing to say. Blocks on the file system, never on the network.
     *
     * @param configuration the file of the configuration
     */
    List<String> find(Path configuration) {
        List<String> found = new ArrayList<>();
        clearText().ifPresent(found::add);
        brokerFiles().ifPresent(found::add);
        BrokerSettings broker = config.broker();
        broker.passwordFile().flatMap(file -> openToAll("password file", file)).ifPresent(found::add);
        broker.keyFile().flatMap(file -> openToAll("key file", file)).ifPresent(found::add);
        config.targets().forEach(target -> told(target, found));
        if (config.diagnostics().ping().isPresent()
                || config.targets().stream().anyMatch(NotifyTarget::hasSecretInConfiguration)) {
            openToAll("topics, webhook addresses and ping.url are secrets, but", configuration)
                    .ifPresent(found::add);
        }
        openToAll("users file", new UsersFile(config.stateDir()).path()).ifPresent(found::add);
        stateDir().ifPresent(found::add);
        SocketPath.trouble(config.stateDir()).ifPresent(found::add);
        unusableFiles().ifPresent(found::add);
        quieted().ifPresent(found::add);
        if (config.gpio().provider() == Config.Provider.GPIOD) {
            config.sensors().stream()
                    .flatMap(sensor -> sensor.lines().stream())
                    .forEach(sensor -> line(sensor).ifPresent(found::add));
            config.outputs().forEach(output -> line(output).ifPresent(found::add));
        }
        return found;
    }

    /** Who adds an alarm section may not expect that openings are no longer reported to phones by themselves. */
    private Optional<String> quieted() {
        List<String> ids = config.quieted();
        if (ids.isEmpty()) {
            return Optional.empty();
        }
        String first = ids.get(0);
        return Optional.of("with an alarm section these sensors raise an alarm only as the panel says, and no longer at"
                + " each opening: " + String.join(", ", ids) + "; if that is meant, set sensors." + first
                + ".alarm: never and so on, if not, set always");
    }

    private Optional<String> clearText() {
        BrokerSettings broker = config.broker();
        if (broker.usesTls() || Loopback.isLoopback(Loopback.hostOf(broker.url()))) {
            return Optional.empty();
        }
        return Optional.of("insecure is true: everything, the password included, goes to "
                + Loopback.hostOf(broker.url()) + " in clear text; use mqtts or wss if the broker can");
    }

    private Optional<String> brokerFiles() {
        BrokerSettings broker = config.broker();
        try {
            new ClientFactory(broker, new CredentialSource(broker, environment)).check();
            return Optional.empty();
        } catch (LinkException e) {
            return Optional.of(e.getMessage() == null ? "the broker's files cannot be used" : e.getMessage());
        }
    }

    /** What is wrong with the files of somebody who is told beside the broker. */
    private void told(NotifyTarget target, List<String> found) {
        String key = "notify." + target.id() + ": ";
        NotifyTarget.Access access = target.access();
        try {
            new Secrets(environment).token(target);
            // a topic in a credential of the service is not seen from elsewhere
            if (access.topic().isPresent() || access.topicFile().isPresent()) {
                new Secrets(environment).topic(target);
            }
            if (access.caFile().isPresent()) {
                TlsFiles.trust(access.caFile().get());
            }
        } catch (SecretException e) {
            found.add(key + e.getMessage());
        }
        access.tokenFile().flatMap(file -> openToAll(key + "token file", file)).ifPresent(found::add);
        access.topicFile().flatMap(file -> openToAll(key + "topic file", file)).ifPresent(found::add);
        String host = Loopback.hostOf(access.url());
        if (access.url().getScheme().equals("http") && !Loopback.isLoopback(host)) {
            found.add(key + "insecure is true: alarms, topic and token go to " + host
                    + " in clear text; use https if the server can");
        }
    }

    private static Optional<String> openToAll(String what, Path file) {
        PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
        if (view == null || !Files.exists(file)) {
            return Optional.empty();
        }
        try {
            if (!view.readAttributes().permissions().contains(PosixFilePermission.OTHERS_READ)) {
                return Optional.empty();
            }
        } catch (IOException e) {
            return Optional.of(what + " " + file + " tells no permissions: " + e.getMessage());
        }
        return Optional.of(what + " " + file + " may be read by every user of this machine; chmod 640 " + file);
    }

    private Optional<String> stateDir() {
        Path folder = config.stateDir();
        if (!Files.exists(folder)) {
            return Optional.of("state_dir " + folder
                    + " does not exist; the systemd unit makes it, otherwise create it for the gateway's user");
        }
        if (!Files.isDirectory(folder)) {
            return Optional.of("state_dir " + folder + " is not a folder; name another one");
        }
        if (!Files.isWritable(folder)) {
            return Optional.of("state_dir " + folder + " may not be written by user " + System.getProperty("user.name")
                    + "; give it to the gateway's user");
        }
        return Optional.empty();
    }

    private Optional<String> unusableFiles() {
        List<Path> unusable = UnusableFiles.in(config.stateDir());
        return unusable.isEmpty()
                ? Optional.empty()
                : Optional.of("the owner of state_dir " + config.stateDir() + " can't use " + unusable + "; "
                        + UnusableFiles.fix(config.stateDir()));
    }

    private static Optional<String> line(Sensor sensor) {
        int offset = sensor.line().offset();
        if (HeaderPin.of(offset).isEmpty()) {
            return Optional.of("sensors." + sensor.configuredId() + ": line " + offset
                    + " is not on the Pi's header of 40 pins (0 to 27)");
        }
        if ((offset == 2 || offset == 3) && sensor.line().pull() != Pull.UP) {
            return Optional.of("sensors." + sensor.configuredId() + ": line " + offset
                    + " has a pull-up of 1.8 kOhm on the Pi's board that outweighs another resistor; use pull: up or"
                    + " another line");
        }
        return Optional.empty();
    }

    /** Until the program runs, lines up to 8 are pulled up on a Raspberry Pi and the others down. */
    private static Optional<String> line(Output output) {
        int offset = output.line();
        String key = "outputs." + output.id() + ": line " + offset;
        if (HeaderPin.of(offset).isEmpty()) {
            return Optional.of(key + " is not on the Pi's header of 40 pins (0 to 27)");
        }
        Level atBoot = offset <= LAST_PULLED_UP ? Level.HIGH : Level.LOW;
        if (output.type() != OutputType.LED && output.active() == atBoot) {
            boolean up = atBoot == Level.HIGH;
            return Optional.of(key + " is pulled " + (up ? "up" : "down") + " until the gateway runs, and active: "
                    + output.active().name().toLowerCase(Locale.ROOT) + " may be on while the Pi starts; use a line "
                    + (up ? "from 9 on" : "up to 8") + ", or a resistor of your own the other way");
        }
        return Optional.empty();
    }
}
