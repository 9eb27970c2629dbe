package io.github.reedgate.line.pi4j;

import io.github.reedgate.file.SudoHint;
import io.github.reedgate.line.LineException;

/**
 * Says in words, with the fix, why a board can't be used. Pi4J itself logs stack traces in these cases and then fails with
 * something else.
 */
final class BoardCheck {

    private static final String SUPPORTED =
            "GPIO needs a Raspberry Pi 3, 4, 5 or Zero 2 W with Raspberry Pi OS or Debian, version 12 or newer; to try the"
                    + " gateway without one: reedgate run --simulate";

    private static final String GIVE_TO_GROUP =
            "give the chips to group gpio: write SUBSYSTEM==\"gpio\", KERNEL==\"gpiochip*\", GROUP=\"gpio\", MODE=\"0660\" to"
                    + " /etc/udev/rules.d/60-gpio.rules, then: sudo groupadd -f -r gpio && sudo udevadm control --reload"
                    + " && sudo udevadm trigger --subsystem-match=gpio";

    private BoardCheck() {}

    /**
     * Requires a Raspberry Pi all of whose chips may be opened: Pi4J opens each of them to find the header's.
     *
     * @param board what was seen
     * @param user who wants to open them
     * @throws LineException if something is in the way
     */
    static void require(Board board, String user) throws LineException {
        if (!board.isRaspberryPi()) {
            throw new LineException("no Raspberry Pi: /proc/device-tree/model "
                    + (board.model().isEmpty()
                            ? "is missing or empty (in a systemd unit ProcSubset=pid hides it)"
                            : "says '" + board.model() + "'")
                    + "; " + SUPPORTED);
        }
        if (board.chips().isEmpty()) {
            throw new LineException(
                    "no GPIO chip: there is no /dev/gpiochip* on this '" + board.model()
                            + "'; in a systemd unit PrivateDevices=yes hides them, otherwise the kernel has no driver for them");
        }
        for (Board.Chip chip : board.chips()) {
            if (chip.refusal().isPresent()) {
                throw refused(chip, chip.refusal().get(), board.chips().size(), user);
            }
        }
    }

    private static LineException refused(Board.Chip chip, Board.Refusal refusal, int chips, String user) {
        String what = "GPIO chip " + chip.path() + " (" + chip.access() + ") can't be opened by user " + user + ": "
                + refusal.reason();
        String all = chips == 1 ? "" : "; all " + chips + " chips have to be open to this user, not only the header's";
        return new LineException(what + "; " + fix(chip, refusal.kind(), user) + all);
    }

    private static String fix(Board.Chip chip, Board.Refusal.Kind kind, String user) {
        return switch (kind) {
            case PERMISSION -> permission(chip, user);
            case POLICY ->
                "the systemd unit or container does not allow the device; in the unit: DeviceAllow=char-gpiochip rw";
            case OTHER -> "see what 'gpiodetect' (package gpiod) says of it";
        };
    }

    /** With private users a unit sees each group that is not its own as nogroup. */
    private static String permission(Board.Chip chip, String user) {
        if (chip.access().contains(":gpio ")) {
            return "put the user into the group: sudo usermod -aG gpio " + user
                    + ", then log in anew; in a systemd unit: SupplementaryGroups=gpio" + SudoHint.text();
        }
        if (chip.access().contains(":nogroup rw-rw")) {
            return "the group is one that this service is not in: if 'ls -l " + chip.path()
                    + "' says gpio, the systemd unit needs SupplementaryGroups=gpio; if it says another, "
                    + GIVE_TO_GROUP;
        }
        return GIVE_TO_GROUP;
    }
}
