package io.github.reedgate.cli;

import io.github.reedgate.config.Config;
import io.github.reedgate.config.ConfigException;
import io.github.reedgate.config.ConfigReader;
import io.github.reedgate.notify.NotifyTarget;
import io.github.reedgate.output.Output;
import io.github.reedgate.setup.SetupException;
import io.github.reedgate.setup.SetupFiles;
import io.github.reedgate.setup.YamlEdit;
import io.github.reedgate.wizard.Draft;
import io.github.reedgate.wizard.PhoneTalk;
import io.github.reedgate.wizard.Runner;
import io.github.reedgate.wizard.Said;
import io.github.reedgate.wizard.Scene;
import io.github.reedgate.wizard.Wizard;
import io.github.reedgate.wizard.host.HeaderWatch;
import io.github.reedgate.wizard.host.Installation;
import io.github.reedgate.wizard.host.JlineScreen;
import io.github.reedgate.wizard.host.LastRun;
import io.github.reedgate.wizard.host.PlainScreen;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** One run of {@code reedgate setup} on this machine. Used once, by one thread. */
final class SetupSession {

    private static final int TOPIC_LENGTH = 20;
    private static final String LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789";

    private final Path file;
    private final boolean simulate;
    private final boolean starts;
    private final String ntfyServer;
    private final SetupFiles files;
    private final Optional<Boolean> testAlarm;
    private final String topic = drawn();
    private List<String> remains = List.of();
    private boolean isInputEnded;

    /**
     * A run.
     *
     * @param file the configuration
     * @param simulate true if an option says that doors are simulated
     * @param starts false if nothing is started
     * @param ntfyServer the URL of the ntfy server
     * @param testAlarm whether a test alarm is sent, if an option says so
     */
    SetupSession(Path file, boolean simulate, boolean starts, String ntfyServer, Optional<Boolean> testAlarm) {
        this.file = file;
        this.testAlarm = testAlarm;
        this.simulate = simulate;
        this.starts = starts;
        this.ntfyServer = ntfyServer;
        this.files = new SetupFiles(file, SetupFiles.GROUP, Clock.systemUTC());
    }

    /** What a conversation is led with. */
    private record Led(HeaderWatch.Keys keys, PrintWriter out, boolean asks) {}

    /** A topic that nobody can guess. */
    String topic() {
        return topic;
    }

    private static String drawn() {
        SecureRandom random = new SecureRandom();
        StringBuilder name = new StringBuilder("door-");
        for (int i = 0; i < TOPIC_LENGTH; i++) {
            name.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
        }
        return name.toString();
    }

    /** True if there is a configuration that somebody has made. */
    boolean isPresent() {
        return files.exists() && !files.isExample();
    }

    /**
     * Finds out at once what would fail at the end.
     *
     * @throws SetupException if the configuration can't be written, or the present one can't be used
     */
    void requireUsable() throws SetupException {
        Path folder = file.toAbsolutePath().getParent();
        while (folder != null && !Files.exists(folder)) {
            folder = folder.getParent();
        }
        boolean canBeWritten = folder == null || (Files.isDirectory(folder) && Files.isWritable(folder));
        if (!canBeWritten) {
            throw new SetupException("you may not write " + file + "; put sudo in front: sudo reedgate setup; or name"
                    + " another file with --config");
        }
        if (Files.isSymbolicLink(file)) {
            throw new SetupException(
                    file + " is a link, which setup would replace by a file; put the file itself there,"
                            + " or name it with --config");
        }
        Optional<Config> present = present();
        if (simulate && present.isPresent() && !isSimulated(present)) {
            throw new SetupException(
                    "--simulate is refused: " + file + " is for real doors at GPIO lines, and simulated"
                            + " ones must not get between them; name a file of its own, such as --config simulated.yaml");
        }
    }

    /** True if the doors of the present configuration are simulated. */
    private static boolean isSimulated(Optional<Config> present) {
        return present.filter(config -> config.gpio().provider() == Config.Provider.SIMULATOR)
                .isPresent();
    }

    /** What of a run that did not come to its end is left, as a sentence. */
    String left() {
        String end = isInputEnded ? "the input has ended before the last question; " : "";
        return end
                + (remains.isEmpty()
                        ? "nothing was changed"
                        : "the configuration and the service are as they were before, but not all is: "
                                + String.join(" ", remains));
    }

    /**
     * An id for a notification target that the present configuration has not used.
     *
     * @throws SetupException if the present configuration can't be used
     */
    String targetId() throws SetupException {
        return PhoneTalk.freeId(present()
                .map(config -> config.targets().stream().map(NotifyTarget::id).toList())
                .orElse(List.of()));
    }

    private Optional<Config> present() throws SetupException {
        if (!isPresent()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new ConfigReader().read(file));
        } catch (ConfigException e) {
            throw new SetupException(
                    e.problems().get(0) + "; correct it, then call this again: sudo reedgate check tells all of it", e);
        }
    }

    /** From the first question to the end. */
    Runner.Result run(Draft given, boolean isInputUsed, PrintWriter out)
            throws SetupException, IOException, InterruptedException {
        Optional<Config> present = present();
        boolean asks = Terminal.isThere() && !isInputUsed;
        if (!asks) {
            PlainScreen screen = new PlainScreen(out::println, () -> 0, false);
            HeaderWatch.Keys nobody = () -> HeaderWatch.Keys.Pressed.SOME;
            return lead(given, present, screen, new Led(nobody, out, false));
        }
        try (JlineScreen screen = JlineScreen.open(locale(), Terminal.hasColours(System.getenv()))) {
            Runner.Result result = lead(given, present, screen, new Led(screen, out, true));
            isInputEnded = screen.isInputEnded();
            return result;
        }
    }

    private static Charset locale() {
        String name = System.getProperty("native.encoding", "UTF-8");
        return Charset.isSupported(name) ? Charset.forName(name) : StandardCharsets.UTF_8;
    }

    private Scene scene(Optional<Config> present, boolean isSimulation, boolean asks) throws SetupException {
        Optional<Scene.Present> there = Optional.empty();
        if (present.isPresent()) {
            there = Optional.of(known(present.get(), YamlEdit.keys(files.text(), "broker")));
        }
        return new Scene(isSimulation, there, asks, testAlarm, topic);
    }

    private Runner.Result lead(Draft given, Optional<Config> present, Runner.Screen screen, Led led)
            throws SetupException, IOException, InterruptedException {
        boolean isSimulation = simulate || isSimulated(present);
        LastRun.tell(file, Clock.systemUTC()).map(Said.Text::new).ifPresent(screen::say);
        SetupMachine machine = new SetupMachine(file, files, isSimulation, starts);
        Installation installation = machine.installation(led.out());
        Wizard wizard = new Wizard(scene(present, isSimulation, led.asks()), given, ntfyServer);
        Thread hook = new Thread(() -> abandon(installation), "setup-end");
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            String id = present.map(Config::gatewayId).orElse(given.id());
            Runner.Result result =
                    new Runner(wizard, screen, machine.hands(installation, led.keys(), id)).run(led.asks());
            remains = installation.remains();
            if (result == Runner.Result.WRITTEN && present.isPresent()) {
                putViewerAside(present.get(), screen);
            }
            return result;
        } finally {
            Terminal.removeHook(hook);
        }
    }

    /** Puts back what the last step has done, if the process is told to end while it runs. */
    private static void abandon(Installation installation) {
        if (installation.abandon()) {
            System.err.println("reedgate: ended in the last step; it was put back. The next run says so.");
            installation.remains().forEach(line -> System.err.println("reedgate: " + line));
        }
    }

    /** The viewer's password of a former broker is no use at another one, which would refuse watch, publish and doctor. */
    private void putViewerAside(Config before, Runner.Screen screen) {
        Path password = file.resolveSibling("credentials/viewer.password");
        try {
            Config now = new ConfigReader().read(file);
            boolean isAnother = !now.broker().url().equals(before.broker().url()) && !now.isBrokerHere();
            if (isAnother && Files.exists(password)) {
                Path aside = password.resolveSibling("viewer.password.former");
                Files.move(password, aside, StandardCopyOption.REPLACE_EXISTING);
                screen.say(new Said.Text("The viewer's password of the former broker is in " + aside + " now."));
            }
        } catch (ConfigException | IOException e) {
            screen.say(
                    new Said.Text(password + " is of the former broker and could not be put aside: " + e.getMessage()));
        }
    }

    private static Scene.Present known(Config config, List<String> brokerKeys) {
        Set<Integer> lines = new HashSet<>();
        config.sensors()
                .forEach(sensor ->
                        sensor.lines().forEach(line -> lines.add(line.line().offset())));
        config.outputs().stream().map(Output::line).forEach(lines::add);
        return new Scene.Present(
                config.gatewayId(),
                config.broker().url().toString(),
                config.sensors().stream().map(sensor -> sensor.id()).toList(),
                lines,
                config.targets().stream().map(NotifyTarget::id).toList(),
                brokerKeys);
    }
}
