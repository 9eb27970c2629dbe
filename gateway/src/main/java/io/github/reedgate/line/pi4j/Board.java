package io.github.reedgate.line.pi4j;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What this machine shows of itself: which board it is and which GPIO chips it has. Immutable.
 *
 * @param model as the device tree says, such as {@code Raspberry Pi 4 Model B Rev 1.4}; empty if it says nothing
 * @param chips all chips, by number; may be empty
 */
public record Board(String model, List<Chip> chips) {

    private static final String MAKE = "raspberry pi";
    private static final String CHIP_PREFIX = "gpiochip";

    /** Copies the list. */
    public Board {
        chips = List.copyOf(chips);
    }

    /**
     * One GPIO chip.
     *
     * @param path its device, such as {@code /dev/gpiochip0}
     * @param access owner, group and mode, such as {@code root:gpio rw-rw----}
     * @param refusal why this process may not open it; empty if it may
     */
    public record Chip(String path, String access, Optional<Refusal> refusal) {}

    /**
     * Why a chip can't be opened.
     *
     * @param kind what to do about it depends on this
     * @param reason the system's words
     */
    public record Refusal(Kind kind, String reason) {

        /** What refuses. */
        public enum Kind {
            /** Owner, group and mode of the device. */
            PERMISSION,
            /** The device policy of a systemd unit or a container. */
            POLICY,
            /** Anything else. */
            OTHER
        }
    }

    /** Opens a device and closes it again. */
    interface Opening {

        /**
         * Tries it.
         *
         * @throws IOException if it can't be opened for reading and writing
         */
        void tryOpen(Path device) throws IOException;
    }

    /** Looks at this machine; opens each chip once, which changes nothing. Takes milliseconds. */
    public static Board look() {
        return look(
                Path.of("/"),
                device -> FileChannel.open(device, StandardOpenOption.READ, StandardOpenOption.WRITE)
                        .close());
    }

    /** Looks at the files below the given folder instead of the machine's. */
    static Board look(Path root, Opening opening) {
        List<Path> devices = new ArrayList<>();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(root.resolve("dev"), CHIP_PREFIX + "*")) {
            found.forEach(devices::add);
        } catch (IOException e) {
            devices.clear(); // a folder that can't be listed shows no chips
        }
        devices.sort(Comparator.comparingInt(Board::number).thenComparing(Path::toString));
        return new Board(
                readModel(root.resolve("proc/device-tree/model")),
                devices.stream().map(device -> chip(root, device, opening)).toList());
    }

    /** True if the device tree says so; which Raspberry Pi it is does not matter, for its chip is found by its label. */
    public boolean isRaspberryPi() {
        return model.toLowerCase(Locale.ROOT).startsWith(MAKE);
    }

    private static int number(Path device) {
        String digits = device.getFileName().toString().substring(CHIP_PREFIX.length());
        return digits.matches("[0-9]{1,6}") ? Integer.parseInt(digits) : Integer.MAX_VALUE;
    }

    private static String readModel(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.US_ASCII)
                    .replace('\0', ' ')
                    .strip();
        } catch (IOException e) {
            return ""; // no device tree: no Raspberry Pi
        }
    }

    private static Chip chip(Path root, Path device, Opening opening) {
        String path = "/" + root.relativize(device);
        try {
            opening.tryOpen(device);
            return new Chip(path, access(device), Optional.empty());
        } catch (AccessDeniedException e) {
            return refused(path, device, new Refusal(Refusal.Kind.PERMISSION, "permission denied"));
        } catch (FileSystemException e) {
            String reason = e.getReason() == null ? e.toString() : e.getReason();
            boolean policy = reason.toLowerCase(Locale.ROOT).contains("not permitted");
            return refused(path, device, new Refusal(policy ? Refusal.Kind.POLICY : Refusal.Kind.OTHER, reason));
        } catch (IOException e) {
            return refused(path, device, new Refusal(Refusal.Kind.OTHER, e.toString()));
        }
    }

    private static Chip refused(String path, Path device, Refusal refusal) {
        return new Chip(path, access(device), Optional.of(refusal));
    }

    private static String access(Path device) {
        try {
            PosixFileAttributes seen = Files.readAttributes(device, PosixFileAttributes.class);
            return seen.owner().getName() + ":" + seen.group().getName() + " "
                    + PosixFilePermissions.toString(seen.permissions());
        } catch (IOException e) {
            return "of unknown owner";
        }
    }
}
