package io.github.reedgate.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reedgate.line.Level;
import io.github.reedgate.line.Pull;
import io.github.reedgate.time.ClockTrust;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One fault of board, lines, clock or unit at a time: exactly its check tells it, with the fix. */
class MachineFaultsTest {

    @TempDir
    private Path folder = Path.of("");

    private FakeMachine machine;

    @BeforeEach
    void build() throws IOException {
        machine = new FakeMachine(folder);
    }

    private Finding only(CheckName check, Status status) {
        return Verdicts.only(machine.examine(FakeMachine.LOCAL), check, status);
    }

    @Test
    void soundMachineHasNothingToMend() {
        machine.unit("ActiveState=inactive\n");
        List<Finding> findings = machine.examine(FakeMachine.LOCAL);
        assertThat(findings).hasSize(FakeMachine.LOCAL.size());
        assertThat(findings)
                .filteredOn(finding -> finding.check() != CheckName.UNIT && finding.check() != CheckName.USERS)
                .allSatisfy(finding ->
                        assertThat(finding.status()).as("%s", finding).isEqualTo(Status.OK));
    }

    @Test
    void unknownBoard() throws IOException {
        machine.file("proc/device-tree/model", "Radxa ROCK 4B\0");
        Finding finding = only(CheckName.BOARD, Status.FAIL);
        assertThat(finding.seen()).contains("Radxa ROCK 4B", "/proc/device-tree/model");
        assertThat(finding.fix()).contains("reedgate doctor --simulate");
    }

    @Test
    void noBoardAtAll() throws IOException {
        machine.remove("proc/device-tree/model");
        assertThat(only(CheckName.BOARD, Status.FAIL).seen()).contains("no Raspberry Pi");
    }

    @Test
    void missingChip() throws IOException {
        machine.remove("dev/gpiochip0");
        Finding finding = only(CheckName.CHIP, Status.FAIL);
        assertThat(finding.seen()).contains("/dev/gpiochip*");
        assertThat(finding.fix()).contains("/dev/gpiochip0");
    }

    @Test
    void chipOfAnotherKind() throws IOException {
        machine.file("sys/class/gpio/gpiochip512/label", "gpio-mockup-A\n");
        Finding finding = only(CheckName.CHIP, Status.FAIL);
        assertThat(finding.seen()).contains("gpio-mockup-A");
        assertThat(finding.fix()).contains("/boot/firmware/config.txt", "gpiodetect");
    }

    @Test
    void chipOfEachPiIsKnownByItsDeviceTreeToo() throws IOException {
        machine.remove("sys/class/gpio/gpiochip512/label");
        for (String compatible : List.of("brcm,bcm2835-gpio\0", "brcm,bcm2711-gpio\0", "raspberrypi,rp1-gpio\0")) {
            machine.file("sys/bus/gpio/devices/gpiochip0/of_node/compatible", compatible);
            assertThat(machine.examine(FakeMachine.LOCAL))
                    .filteredOn(finding -> finding.check() == CheckName.CHIP)
                    .allSatisfy(finding -> assertThat(finding.seen()).contains("labels pinctrl-"));
        }
    }

    @Test
    void chipThatOnlyRootMayOpen() throws IOException {
        FakeMachine.mode(machine.root().resolve("dev/gpiochip0"), "rw-------");
        Finding finding = only(CheckName.PERMISSIONS, Status.FAIL);
        assertThat(finding.seen()).contains("user reedgate", "/dev/gpiochip0", "0600");
        assertThat(finding.fix()).contains("/etc/udev/rules.d/60-gpio.rules", "usermod -aG gpio reedgate");
    }

    @Test
    void secondChipThatMayNotBeOpened() throws IOException {
        FakeMachine.mode(machine.file("dev/gpiochip1", ""), "rw-------");
        assertThat(only(CheckName.PERMISSIONS, Status.FAIL).seen()).contains("/dev/gpiochip1");
    }

    @Test
    void userOutsideTheGroup() throws IOException {
        // a user outside the folder's group still has to be able to write there, which is a finding of its own
        FakeMachine.mode(machine.stateDir(), "rwxrwxrwx");
        machine.groups("pi");
        assertThat(machine.examine(FakeMachine.LOCAL))
                .filteredOn(finding -> finding.check() == CheckName.PERMISSIONS)
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.status()).isEqualTo(Status.FAIL);
                    assertThat(finding.fix()).contains("sudo usermod -aG gpio reedgate");
                });
    }

    @Test
    void groupThatTheUnitAddsCounts() throws IOException {
        machine.groups("pi");
        machine.unit("ActiveState=inactive\n");
        assertThat(machine.examine(FakeMachine.LOCAL))
                .filteredOn(finding -> finding.check() == CheckName.PERMISSIONS)
                .allSatisfy(finding -> assertThat(finding.status()).isEqualTo(Status.OK));
    }

    @Test
    void callerOutsideTheGroupIsToldToBecomeRoot() throws IOException {
        machine.groups("reedgate");
        assertThat(only(CheckName.PERMISSIONS, Status.WARN).fix()).contains("sudo reedgate doctor");
    }

    @Test
    void busyLineIsToldWithItsConsumer() {
        machine.pins.busy("line 17 can't be opened: Device or resource busy");
        machine.answer("gpioinfo", "\tline  17:\t\"GPIO17\"\t\"w1\"\tinput active-high [used]\n");
        Finding finding = only(CheckName.LINES, Status.FAIL);
        assertThat(finding.seen()).contains("front_door (line 17)", "busy", "used by 'w1'");
        assertThat(finding.fix()).contains("/boot/firmware/config.txt", "gpioinfo");
        machine.answer("gpioinfo", "\tline  17:\t\"GPIO17\"        \tinput consumer=\"door bell\"\n");
        assertThat(only(CheckName.LINES, Status.FAIL).seen()).contains("used by 'door bell'");
    }

    @Test
    void lineOfAnOutputThatSomethingElseUsesIsToldAndNotRequested() {
        machine.answer("gpioinfo", "\tline  24:\t\"GPIO24\"\t\"w1\"\toutput active-high [used]\n");
        machine.more("outputs: {light: {type: led, line: 24}}\n");
        Finding finding = only(CheckName.LINES, Status.FAIL);
        assertThat(finding.seen()).isEqualTo("light (line 24): the line is in use (used by 'w1')");
        assertThat(machine.pins.everOpened()).containsExactly(17);
    }

    @Test
    void levelThatChangesByItself() {
        AtomicInteger readings = new AtomicInteger();
        machine.pins.wire(pull -> readings.incrementAndGet() % 3 == 0 ? Level.LOW : Level.HIGH);
        Finding finding = only(CheckName.LEVEL, Status.WARN);
        assertThat(finding.seen()).contains("front_door (line 17) changes by itself");
        assertThat(finding.fix()).contains("0.1 uF");
    }

    @Test
    void levelIsToldAsAPosition() {
        machine.pins.wire(pull -> Level.HIGH);
        assertThat(machine.examine(FakeMachine.LOCAL))
                .filteredOn(finding -> finding.check() == CheckName.LEVEL)
                .allSatisfy(finding -> assertThat(finding.seen()).isEqualTo("front_door (line 17) HIGH = open"));
    }

    @Test
    void floatingInputWithoutPull() {
        machine.sensor("pull: none\nexternal_pull: up\n");
        machine.pins.wire(pull -> pull == Pull.UP ? Level.HIGH : Level.LOW);
        Finding finding = only(CheckName.PULL, Status.FAIL);
        assertThat(finding.seen()).contains("front_door (line 17) floats");
        assertThat(finding.fix()).contains("sensors.front_door.pull", "4.7 kOhm");
    }

    @Test
    void resistorOutsideThePiIsFound() {
        machine.sensor("pull: none\nexternal_pull: up\n");
        machine.pins.wire(pull -> Level.HIGH);
        assertThat(machine.examine(FakeMachine.LOCAL))
                .filteredOn(finding -> finding.check() == CheckName.PULL)
                .allSatisfy(finding -> assertThat(finding.seen()).contains("outside the Pi"));
    }

    @Test
    void pullDownAgainstTheResistorOnTheBoard() {
        machine.sensor("line: 3\npull: down\n");
        Finding finding = only(CheckName.PULL, Status.FAIL);
        assertThat(finding.seen()).contains("front_door (line 3)", "1.8 kOhm");
        assertThat(finding.fix()).contains("sensors.front_door.pull");
    }

    @Test
    void clockOfAPiWithoutTime() {
        machine.clock(Instant.parse("1970-01-01T00:04:10Z"), false);
        Finding finding = only(CheckName.CLOCK, Status.FAIL);
        assertThat(finding.seen()).contains("1970-01-01T00:04:10Z");
        assertThat(finding.fix()).contains("timedatectl set-ntp true");
    }

    @Test
    void clockThatNobodySynchronises() {
        machine.clockSynced(false);
        assertThat(only(CheckName.CLOCK, Status.WARN).fix()).contains("timedatectl set-ntp true");
    }

    @ParameterizedTest
    @CsvSource({
        "SYNCHRONISED, synchronised",
        "REAL_TIME_CLOCK, kept by the real-time clock",
        "HOST, kept by the host of this virtual machine"
    })
    void clockThatSomebodyKeeps(ClockTrust trust, String words) {
        machine.clockTrust(trust);
        assertThat(machine.examine(EnumSet.of(CheckName.CLOCK)))
                .singleElement()
                .satisfies(finding -> assertThat(finding.status()).isEqualTo(Status.OK))
                .satisfies(finding -> assertThat(finding.seen()).endsWith(", " + words));
    }

    @Test
    void timeZoneThatWasSetAfterTheGatewayStarted() throws IOException {
        Instant started = ProcessHandle.current().info().startInstant().orElseThrow();
        Path lock = Files.createFile(machine.stateDir().resolve("lock"));
        machine.file(
                "proc/locks",
                "1: POSIX ADVISORY WRITE " + ProcessHandle.current().pid() + " 08:02:"
                        + Files.getAttribute(lock, "unix:ino") + " 0 EOF\n");
        Path zone = machine.file("etc/timezone", "Europe/Berlin\n");
        Files.setLastModifiedTime(zone, FileTime.from(started.minusSeconds(60)));
        assertThat(machine.examine(EnumSet.of(CheckName.CLOCK)))
                .extracting(Finding::status)
                .containsExactly(Status.OK);

        Files.createSymbolicLink(machine.root().resolve("etc/localtime"), Path.of("/usr/share/zoneinfo/Asia/Tokyo"));
        Finding finding = machine.examine(EnumSet.of(CheckName.CLOCK)).get(0);
        assertThat(finding.status()).isEqualTo(Status.WARN);
        assertThat(finding.seen()).contains("the time zone was set after the gateway started");
        assertThat(finding.fix()).contains("systemctl restart reedgate");
    }

    @Test
    void temporaryFolderWithoutExecution() throws IOException {
        String temp =
                Path.of(System.getProperty("java.io.tmpdir")).toAbsolutePath().toString();
        machine.file("proc/mounts", "/dev/x / ext4 rw 0 0\ntmpfs " + temp + " ext4 rw,noexec 0 0\n");
        Finding finding = only(CheckName.TEMP, Status.FAIL);
        assertThat(finding.seen()).contains("noexec", temp);
        assertThat(finding.fix()).contains("-Djava.io.tmpdir=");
    }

    @Test
    void unitThatFailed() {
        machine.unit("ActiveState=failed\nSubState=failed\nResult=exit-code\n");
        Finding finding = only(CheckName.UNIT, Status.FAIL);
        assertThat(finding.seen()).contains("failed", "exit-code");
        assertThat(finding.fix()).contains("journalctl -u reedgate");
    }

    @Test
    void unitThatIsNotInstalled() {
        machine.answer("systemctl", "LoadState=not-found\nActiveState=inactive\n");
        assertThat(only(CheckName.UNIT, Status.WARN).fix()).contains("systemd/reedgate.service");
    }

    @Test
    void unitThatDoesNotStartWithTheMachine() {
        machine.answer("systemctl", "LoadState=loaded\nActiveState=active\nSubState=running\nUnitFileState=disabled\n");
        assertThat(machine.examine(FakeMachine.LOCAL))
                .filteredOn(finding -> finding.check() == CheckName.UNIT)
                .allSatisfy(finding -> {
                    assertThat(finding.status()).isEqualTo(Status.WARN);
                    assertThat(finding.fix()).contains("sudo systemctl enable reedgate");
                });
    }

    @Test
    void linesAreLeftAloneWhileAGatewayRuns() throws IOException {
        Path lock = Files.writeString(machine.stateDir().resolve("lock"), "");
        machine.file(
                "proc/locks",
                "1: POSIX  ADVISORY  WRITE 4711 08:02:" + Files.getAttribute(lock, "unix:ino") + " 0 EOF\n");
        machine.pins.busy("the gateway has it");
        List<Finding> findings = machine.examine(FakeMachine.LOCAL);
        assertThat(findings)
                .filteredOn(finding -> finding.check() == CheckName.LINES)
                .allSatisfy(finding -> {
                    assertThat(finding.status()).isEqualTo(Status.OK);
                    assertThat(finding.seen()).contains("process 4711");
                });
        assertThat(findings)
                .filteredOn(finding -> finding.check() == CheckName.LEVEL)
                .allSatisfy(finding -> {
                    assertThat(finding.status()).isEqualTo(Status.SKIPPED);
                    assertThat(finding.seen()).contains("sudo systemctl stop reedgate");
                });
    }
}
