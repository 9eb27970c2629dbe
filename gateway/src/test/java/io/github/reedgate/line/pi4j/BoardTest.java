package io.github.reedgate.line.pi4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.reedgate.line.LineException;
import io.github.reedgate.line.pi4j.Board.Chip;
import io.github.reedgate.line.pi4j.Board.Refusal;
import io.github.reedgate.line.pi4j.Board.Refusal.Kind;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is seen of a board, and what is said if it won't do. */
class BoardTest {

    private static final Board.Opening OPEN = device -> {};

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path root;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Raspberry Pi 3 Model B Plus Rev 1.3",
                "Raspberry Pi 4 Model B Rev 1.4",
                "Raspberry Pi 5 Model B Rev 1.0",
                "Raspberry Pi Zero 2 W Rev 1.0",
                "Raspberry Pi Compute Module 5 Rev 1.0"
            })
    void everyRaspberryPiWillDo(String model) throws IOException {
        model(model + '\0');
        chip("gpiochip0", "rw-rw----");

        Board board = Board.look(root, OPEN);

        assertThat(board.model()).isEqualTo(model);
        assertThatCode(() -> BoardCheck.require(board, "pi")).doesNotThrowAnyException();
    }

    @Test
    void chipsAreFoundInTheOrderOfTheirNumbers() throws IOException {
        for (String name : List.of("gpiochip10", "gpiochip2", "gpiochip0", "gpiochip-odd")) {
            chip(name, "rw-rw----");
        }
        Files.createFile(root.resolve("dev/gpiomem"));

        assertThat(Board.look(root, OPEN).chips())
                .extracting(Chip::path)
                .containsExactly("/dev/gpiochip0", "/dev/gpiochip2", "/dev/gpiochip10", "/dev/gpiochip-odd");
    }

    @Test
    void refusalIsToldByItsKind() throws IOException {
        for (String name : List.of("gpiochip0", "gpiochip1", "gpiochip2", "gpiochip3")) {
            chip(name, "rw-r-----");
        }
        List<IOException> answers = List.of(
                new AccessDeniedException("/dev/gpiochip0"),
                new FileSystemException("/dev/gpiochip1", null, "Operation not permitted"),
                new FileSystemException("/dev/gpiochip2", null, "No such device"),
                new IOException("planted"));

        List<Chip> chips = Board.look(root, device -> {
                    String name = device.getFileName().toString();
                    throw answers.get(name.charAt(name.length() - 1) - '0');
                })
                .chips();

        assertThat(chips)
                .extracting(Chip::refusal)
                .containsExactly(
                        Optional.of(new Refusal(Kind.PERMISSION, "permission denied")),
                        Optional.of(new Refusal(Kind.POLICY, "Operation not permitted")),
                        Optional.of(new Refusal(Kind.OTHER, "No such device")),
                        Optional.of(new Refusal(Kind.OTHER, "java.io.IOException: planted")));
        assertThat(chips.get(0).access()).endsWith(" rw-r-----");
    }

    @Test
    void machineWithoutADeviceTreeIsNoRaspberryPi() {
        assertThatThrownBy(() -> BoardCheck.require(Board.look(root, OPEN), "pi"))
                .isInstanceOf(LineException.class)
                .hasMessage("no Raspberry Pi: /proc/device-tree/model is missing or empty (in a systemd unit"
                        + " ProcSubset=pid hides it); GPIO needs a Raspberry Pi 3, 4, 5 or Zero 2 W with Raspberry Pi OS or"
                        + " Debian, version 12 or newer; to try the gateway without one: reedgate run --simulate");
    }

    @Test
    void otherBoardIsNamed() throws IOException {
        model("Radxa ROCK 5B");

        assertThatThrownBy(() -> BoardCheck.require(Board.look(root, OPEN), "pi"))
                .isInstanceOf(LineException.class)
                .hasMessageStartingWith("no Raspberry Pi: /proc/device-tree/model says 'Radxa ROCK 5B'; GPIO needs");
    }

    @Test
    void boardWithoutAChipIsTold() throws IOException {
        model("Raspberry Pi 4 Model B Rev 1.4");

        assertThatThrownBy(() -> BoardCheck.require(Board.look(root, OPEN), "pi"))
                .isInstanceOf(LineException.class)
                .hasMessage("no GPIO chip: there is no /dev/gpiochip* on this 'Raspberry Pi 4 Model B Rev 1.4'; in a"
                        + " systemd unit PrivateDevices=yes hides them, otherwise the kernel has no driver for them");
    }

    @Test
    void missingGroupIsToldWithTheCommandThatAddsIt() {
        assertThatThrownBy(() -> BoardCheck.require(board("root:gpio rw-rw----", Kind.PERMISSION), "door"))
                .isInstanceOf(LineException.class)
                .hasMessage(
                        "GPIO chip /dev/gpiochip1 (root:gpio rw-rw----) can't be opened by user door: planted; put the"
                                + " user into the group: sudo usermod -aG gpio door, then log in anew; in a systemd unit:"
                                + " SupplementaryGroups=gpio; all 2 chips have to be open to this user, not only the header's");
    }

    @Test
    void groupThatThePrivateUsersOfAUnitHideIsToldWithBothWaysOut() {
        assertThatThrownBy(() -> BoardCheck.require(board("root:nogroup rw-rw----", Kind.PERMISSION), "door"))
                .isInstanceOf(LineException.class)
                .hasMessageContaining(
                        "if 'ls -l /dev/gpiochip1' says gpio, the systemd unit needs SupplementaryGroups=gpio;"
                                + " if it says another, give the chips to group gpio: write SUBSYSTEM==\"gpio\"");
    }

    @Test
    void missingRuleOfUdevIsToldWithTheRule() {
        assertThatThrownBy(() -> BoardCheck.require(board("root:root rw-------", Kind.PERMISSION), "door"))
                .isInstanceOf(LineException.class)
                .hasMessageContaining("SUBSYSTEM==\"gpio\", KERNEL==\"gpiochip*\", GROUP=\"gpio\", MODE=\"0660\" to"
                        + " /etc/udev/rules.d/60-gpio.rules");
    }

    @Test
    void devicePolicyOfTheUnitIsToldWithTheSetting() {
        assertThatThrownBy(() -> BoardCheck.require(board("root:gpio rw-rw----", Kind.POLICY), "door"))
                .isInstanceOf(LineException.class)
                .hasMessageContaining("in the unit: DeviceAllow=char-gpiochip rw");
    }

    @Test
    void anythingElseIsToldInTheWordsOfTheSystem() {
        assertThatThrownBy(() -> BoardCheck.require(board("root:gpio rw-rw----", Kind.OTHER), "door"))
                .isInstanceOf(LineException.class)
                .hasMessageContaining("can't be opened by user door: planted; see what 'gpiodetect'");
    }

    private static Board board(String access, Kind kind) {
        return new Board(
                "Raspberry Pi 5 Model B Rev 1.0",
                List.of(
                        new Chip("/dev/gpiochip0", access, Optional.empty()),
                        new Chip("/dev/gpiochip1", access, Optional.of(new Refusal(kind, "planted")))));
    }

    private void model(String text) throws IOException {
        Files.createDirectories(root.resolve("proc/device-tree"));
        Files.writeString(root.resolve("proc/device-tree/model"), text);
    }

    private void chip(String name, String mode) throws IOException {
        Files.createDirectories(root.resolve("dev"));
        Path device = Files.createFile(root.resolve("dev").resolve(name));
        Files.setPosixFilePermissions(device, PosixFilePermissions.fromString(mode));
    }
}
