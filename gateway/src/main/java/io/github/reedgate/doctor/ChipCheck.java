package io.github.reedgate.doctor;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Judges whether the chip of the header is there; it is known by its label, never by its number. Stateless. */
final class ChipCheck {

    private static final Pattern DETECTED = Pattern.compile("gpiochip[0-9]+ \\[([^\\]]+)\\]");

    private ChipCheck() {}

    /**
     * The chips.
     *
     * @param devices names in {@code /dev}
     * @param labels as far as they are known
     */
    record Facts(List<String> devices, Set<String> labels) {

        /** Copies both. */
        Facts {
            devices = List.copyOf(devices);
            labels = Set.copyOf(labels);
        }

        /** Reads {@code dev} and {@code sys}; asks gpiodetect if they have no label. */
        static Facts read(Path root, Programs programs) {
            List<String> devices = files(root).stream()
                    .map(path -> String.valueOf(path.getFileName()))
                    .toList();
            Set<String> labels = new TreeSet<>();
            for (Path chip : SmallFile.list(root.resolve("sys/class/gpio"), "gpiochip*")) {
                labels.add(SmallFile.text(chip.resolve("label")));
            }
            for (Path chip : SmallFile.list(root.resolve("sys/bus/gpio/devices"), "gpiochip*")) {
                labels.add(label(SmallFile.text(chip.resolve("of_node/compatible"))));
            }
            labels.remove("");
            if (labels.isEmpty()) {
                labels.addAll(
                        DETECTED.matcher(programs.output(List.of("gpiodetect")).orElse(""))
                                .results()
                                .map(found -> found.group(1))
                                .collect(Collectors.toSet()));
            }
            return new Facts(devices, labels);
        }

        /** The label that the kernel's driver gives to a chip of this kind. */
        private static String label(String compatible) {
            if (compatible.contains("bcm2711-gpio")) {
                return "pinctrl-bcm2711";
            }
            if (compatible.contains("bcm2835-gpio")) {
                return "pinctrl-bcm2835";
            }
            return compatible.contains("rp1-gpio") ? "pinctrl-rp1" : "";
        }
    }

    /** The files of the chips. */
    static List<Path> files(Path root) {
        return SmallFile.list(root.resolve("dev"), "gpiochip*");
    }

    static Finding judge(Facts chips) {
        if (chips.devices().isEmpty()) {
            return Finding.fail(
                    CheckName.CHIP,
                    "there is no GPIO chip: /dev/gpiochip* is missing",
                    "boot the Raspberry Pi's own kernel (sudo apt full-upgrade, then reboot); in a container hand"
                            + " /dev/gpiochip0 in");
        }
        String seen = String.join(", ", chips.devices());
        if (chips.labels().isEmpty()) {
            return Finding.warn(
                    CheckName.CHIP,
                    seen + "; their labels can't be read",
                    "look for a label that begins with pinctrl: sudo apt install gpiod, then gpiodetect");
        }
        String labels = String.join(", ", new TreeSet<>(chips.labels()));
        return chips.labels().stream().anyMatch(label -> label.startsWith("pinctrl"))
                ? Finding.ok(CheckName.CHIP, seen + "; labels " + labels)
                : Finding.fail(
                        CheckName.CHIP,
                        "no chip has a label that begins with pinctrl, as the header's has; there are: " + labels,
                        "load the header's driver: check that /boot/firmware/config.txt has no line that switches"
                                + " it off, then reboot; gpiodetect shows the labels");
    }
}
