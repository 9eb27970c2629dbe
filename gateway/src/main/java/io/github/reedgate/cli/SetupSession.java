package io.github.reedgate.cli;

import io.github.reedgate.app.ClockSync;
import io.github.reedgate.app.GpioLines;
import io.github.reedgate.config.Config;
import io.github.reedgate.config.ConfigException;
import io.github.reedgate.config.ConfigReader;
import io.github.reedgate.doctor.Programs;
import io.github.reedgate.doctor.Surroundings;
import io.github.reedgate.notify.NotifyTarget;
import io.github.reedgate.output.Output;
import io.github.reedgate.setup.SetupException;
import io.github.reedgate.setup.SetupFiles;
import io.github.reedgate.wizard.Draft;
import io.github.reedgate.wizard.PhoneTalk;
import io.github.reedgate.wizard.Runner;
import io.github.reedgate.wizard.Said;
import io.github.reedgate.wizard.Scene;
import io.github.reedgate.wizard.Wizard;
import io.github.reedgate.wizard.host.Alarm;
import io.github.reedgate.wizard.host.BrokerHere;
import io.github.reedgate.wizard.host.BrokerTry;
import io.github.reedgate.wizard.host.Commands;
import io.github.reedgate.wizard.host.GatewayService;
import io.github.reedgate.wizard.host.HeaderWatch;
import io.github.reedgate.wizard.host.Installation;
import io.github.reedgate.wizard.host.JlineScreen;
import io.github.reedgate.wizard.host.Machine;
import io.github.reedgate.wizard.host.PlainScreen;
import io.github.reedgate.wizard.host.SimulatedDoors;
import io.github.reedgate.wizard.host.TestPush;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
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
    private final String topic = drawn();

    SetupSession(Path file, boolean simulate, boolean starts, String ntfyServer) {
        this.file = file;
        this.simulate = simulate;
        this.starts = starts;
        this.ntfyServer = ntfyServer;
        this.files = new SetupFiles(file, SetupFiles.GROUP, Clock.systemUTC());
    }

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
        present();
    }

    /**
     * An id for a notification target that the present configuration has not used.
     *
     * @throws SetupException if the present configuration can't be used
     */
    String targetId() throws SetupException {
        return PhoneTalk.freeId(
                present().map(SetupSession::known).map(Scene.Present::targets).orElse(List.of()));
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
        String id = present.map(Config::gatewayId).orElse(given.id());
        boolean asks = Terminal.isThere() && !isInputUsed;
        if (!asks) {
            PlainScreen screen = new PlainScreen(out::println, () -> 0, false);
            HeaderWatch.Keys nobody = () -> HeaderWatch.Keys.Pressed.SOME;
            return lead(given, present, screen, machine(nobody, id, out), false);
        }
        try (JlineScreen screen = JlineScreen.open(locale(), Terminal.hasColours(System.getenv()))) {
            return lead(given, present, screen, machine(screen, id, out), true);
        }
    }

    private static Charset locale() {
        String name = System.getProperty("native.encoding", "UTF-8");
        return Charset.isSupported(name) ? Charset.forName(name) : StandardCharsets.UTF_8;
    }

    private Runner.Result lead(
            Draft given, Optional<Config> present, Runner.Screen screen, Machine machine, boolean asks)
            throws InterruptedException {
        Scene scene = new Scene(simulate, present.map(SetupSession::known), asks, topic);
        Wizard wizard = new Wizard(scene, given, ntfyServer);
        Runner.Result result = new Runner(wizard, screen, machine).run(asks);
        if (result == Runner.Result.WRITTEN && present.isPresent()) {
            putViewerAside(present.get(), screen);
        }
        return result;
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

    private Machine machine(HeaderWatch.Keys keys, String gatewayId, PrintWriter out) throws IOException {
        Path root = Path.of("/");
        Commands commands = Commands.ofThisMachine();
        boolean isRoot = "root".equals(System.getProperty("user.name"));
        BrokerHere here = new BrokerHere(root, commands, isRoot, BrokerHere::answers);
        Alarm alarm = new Alarm(
                (folder, request) -> new ControlClient(folder, out).ask(request),
                () -> Thread.sleep(300),
                System::nanoTime);
        boolean isElsewhere = !file.toAbsolutePath().normalize().equals(Path.of(ConfigOption.DEFAULT_FILE));
        Installation installation = new Installation(
                file,
                files,
                new Installation.Parts(here, service(commands, isElsewhere), alarm, files::put),
                new Installation.Manner(simulate, isElsewhere, starts));
        return new Machine(
                new Machine.Parts(
                        here,
                        new BrokerTry(surroundings(root)),
                        new HeaderWatch(GpioLines::open, System::nanoTime, keys),
                        new SimulatedDoors(System::nanoTime, keys),
                        new TestPush(),
                        installation),
                simulate,
                gatewayId);
    }

    private static Surroundings surroundings(Path root) {
        return new Surroundings(
                root,
                System.getenv(),
                System.getProperty("user.name", ""),
                System.getProperty("os.arch", ""),
                Clock.systemUTC(),
                ClockSync::ofThisMachine,
                Programs.ofThisMachine(),
                GpioLines::open);
    }

    private GatewayService service(Commands commands, boolean isElsewhere) throws IOException {
        if (!isElsewhere && Files.isDirectory(Path.of("/run/systemd/system"))) {
            return new GatewayService.Systemd(commands);
        }
        // as bin/reedgate does it: what the gateway keeps is nobody else's
        List<String> command = new ArrayList<>(List.of(
                "sh",
                "-c",
                "umask 077; exec \"$@\"",
                "sh",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "run",
                "-c",
                file.toString()));
        if (simulate) {
            command.add("--simulate");
        }
        Path log = Files.createTempFile("reedgate-setup", ".log");
        log.toFile().deleteOnExit();
        return new GatewayService.Child(
                command,
                log,
                "There is no systemd for it here, so the gateway ran for the test only. Start it with: reedgate run -c "
                        + file + (simulate ? " --simulate" : ""));
    }

    private static Scene.Present known(Config config) {
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
                config.targets().stream().map(NotifyTarget::id).toList());
    }
}
