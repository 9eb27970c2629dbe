package io.github.reedgate.cli;

import io.github.reedgate.app.ClockSync;
import io.github.reedgate.app.GpioLines;
import io.github.reedgate.doctor.Programs;
import io.github.reedgate.doctor.Surroundings;
import io.github.reedgate.setup.SetupFiles;
import io.github.reedgate.wizard.Runner;
import io.github.reedgate.wizard.host.Alarm;
import io.github.reedgate.wizard.host.BrokerHere;
import io.github.reedgate.wizard.host.BrokerTry;
import io.github.reedgate.wizard.host.Commands;
import io.github.reedgate.wizard.host.GatewayService;
import io.github.reedgate.wizard.host.HeaderWatch;
import io.github.reedgate.wizard.host.Installation;
import io.github.reedgate.wizard.host.Machine;
import io.github.reedgate.wizard.host.SimulatedDoors;
import io.github.reedgate.wizard.host.TestPush;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/**
 * This machine as {@code reedgate setup} works with it. Immutable.
 *
 * @param file the configuration
 * @param files writes it
 * @param simulate true if doors are simulated
 * @param starts false if nothing is started
 */
record SetupMachine(Path file, SetupFiles files, boolean simulate, boolean starts) {

    private static final Path ROOT = Path.of("/");

    /** Writes and starts on this machine. Blocks when used, not here. */
    Installation installation(PrintWriter out) throws IOException {
        Alarm alarm = new Alarm(
                (folder, request) -> new ControlClient(folder, out).ask(request),
                () -> Thread.sleep(300),
                System::nanoTime);
        boolean isElsewhere = !file.toAbsolutePath().normalize().equals(Path.of(ConfigOption.DEFAULT_FILE));
        return new Installation(
                file,
                files,
                new Installation.Parts(here(), service(Commands.ofThisMachine(), isElsewhere), alarm, files::put),
                new Installation.Manner(simulate, isElsewhere, starts));
    }

    private static BrokerHere here() {
        boolean isRoot = "root".equals(System.getProperty("user.name"));
        return new BrokerHere(ROOT, Commands.ofThisMachine(), isRoot, BrokerHere::answers);
    }

    /** Does what the conversation asks for. */
    Runner.Hands hands(Installation installation, HeaderWatch.Keys keys, String gatewayId) {
        return new Machine(
                new Machine.Parts(
                        here(),
                        new BrokerTry(surroundings(ROOT)),
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
}
