package io.github.reedgate.doctor;

import io.github.reedgate.app.DescriptionSize;
import io.github.reedgate.app.SocketPath;
import io.github.reedgate.config.Config;
import io.github.reedgate.config.ConfigException;
import io.github.reedgate.config.ConfigReader;
import io.github.reedgate.time.ClockTrust;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A Raspberry Pi 4 on which all is well, in a folder: a tree of {@code proc}, {@code sys}, {@code dev} and {@code etc}, a state
 * folder, a configuration and lines. A test breaks one thing of it. Used by one thread.
 */
final class FakeMachine {

    /** All checks that need no broker. */
    static final Set<CheckName> LOCAL = EnumSet.range(CheckName.JAVA, CheckName.SECRETS);

    private static final Duration LIMIT = Duration.ofMinutes(5);

    final FakePins pins = new FakePins();
    private final Path root;
    private final Path stateDir;
    private final Map<String, String> answers = new HashMap<>();
    private String broker = "  url: mqtt://localhost:1883\n";
    private String sensor = "";
    private String more = "";
    private Clock clock = Clock.systemUTC();
    private ClockTrust clockTrust = ClockTrust.SYNCHRONISED;
    private boolean loginBeside;

    /** Builds it in a folder that is empty. */
    FakeMachine(Path folder) throws IOException {
        this.root = folder.resolve("root");
        this.stateDir = Files.createDirectories(folder.resolve("state"));
        mode(stateDir, "rwxrwx---");
        file("proc/device-tree/model", "Raspberry Pi 4 Model B Rev 1.4\0");
        file("proc/mounts", "/dev/mmcblk0p2 / ext4 rw,noatime 0 0\n");
        file("sys/class/gpio/gpiochip512/label", "pinctrl-bcm2711\n");
        mode(file("dev/gpiochip0", ""), "rw-rw----");
        file("etc/passwd", """
            root:x:0:0:root:/root:/bin/sh
            pi:x:4001:4001::/home/pi:/bin/sh
            reedgate:x:4002:4002::/var/lib/reedgate:/usr/sbin/nologin
            """);
        groups("pi,reedgate");
        answers.put("systemctl", "");
        answers.put("stat", "1000000 900000\n");
    }

    /** Who is in the group that all files here belong to, under the name gpio. */
    void groups(String members) throws IOException {
        long gid = Ownership.of(stateDir).orElseThrow().gid();
        file("etc/group", "pi:x:4001:\nreedgate:x:4002:\ngpio:x:" + gid + ":" + members + "\n");
    }

    /** Writes a file of the tree. */
    Path file(String name, String text) throws IOException {
        Path file = root.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    void remove(String name) throws IOException {
        Files.delete(root.resolve(name));
    }

    static void mode(Path file, String mode) throws IOException {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
    }

    Path root() {
        return root;
    }

    Path stateDir() {
        return stateDir;
    }

    /** What a program prints. */
    void answer(String program, String text) {
        answers.put(program, text);
    }

    /** What systemd says of the unit, beside that it is loaded and enabled. */
    void unit(String properties) {
        answers.put(
                "systemctl",
                "LoadState=loaded\nUnitFileState=enabled\nNRestarts=0\nUser=reedgate\nSupplementaryGroups=gpio\n"
                        + properties);
    }

    /** The section {@code broker} of the configuration, without its head, indented. */
    void broker(String yaml) {
        broker = yaml.indent(2);
    }

    /** More settings of the sensor, which is on line 17. */
    void sensor(String yaml) {
        sensor = yaml.indent(4);
    }

    /** More sections of the configuration. */
    void more(String yaml) {
        more = yaml;
    }

    void clock(Instant now, boolean isSynced) {
        clock = Clock.fixed(now, ZoneOffset.UTC);
        clockTrust = isSynced ? ClockTrust.SYNCHRONISED : ClockTrust.NOBODY;
    }

    void clockTrust(ClockTrust trust) {
        clockTrust = trust;
    }

    void clockSynced(boolean isSynced) {
        clockTrust = isSynced ? ClockTrust.SYNCHRONISED : ClockTrust.NOBODY;
    }

    void loginBeside() {
        loginBeside = true;
    }

    /** The machine as the checks see it. */
    Surroundings surroundings() {
        return new Surroundings(
                root,
                Map.of(),
                "pi",
                "aarch64",
                clock,
                () -> clockTrust,
                command -> Optional.ofNullable(answers.get(command.get(0))),
                () -> pins);
    }

    /** The configuration file. */
    Path configFile() {
        String yaml = "gateway:\n  id: home\nstate_dir: " + stateDir + "\nbroker:\n" + broker + more
                + "sensors:\n  front_door:\n" + (sensor.contains("line:") ? "" : "    line: 17\n") + sensor;
        try {
            return Files.writeString(root.resolve("reedgate.yaml"), yaml);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Makes checks. */
    List<Finding> examine(Set<CheckName> wanted) {
        try (Checkup checkup = new Checkup(surroundings(), new Checkup.Options(LIMIT, false, loginBeside))) {
            Path written = configFile();
            Config config = new ConfigReader().read(written);
            checkup.with(
                    config,
                    new ReadConfig(
                            written,
                            "valid",
                            SocketPath.trouble(config.stateDir()),
                            new PacketLimit(DescriptionSize.bytes(config), true)));
            return checkup.examine(wanted, check -> {}, finding -> {});
        } catch (ConfigException e) {
            throw new AssertionError("the test's configuration is wrong: " + e.problems(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
