package io.github.reedgate.doctor;

import java.nio.file.Path;

/** Judges the board: the GPIO library has to know it. Stateless. */
final class BoardCheck {

    private BoardCheck() {}

    /**
     * Which it is.
     *
     * @param model as the device tree has it; empty if there is none
     * @param architecture the processor
     */
    record Facts(String model, String architecture) {

        static Facts read(Path root, String architecture) {
            String model = SmallFile.text(root.resolve("proc/device-tree/model"));
            return new Facts(
                    model.isEmpty() ? SmallFile.text(root.resolve("sys/firmware/devicetree/base/model")) : model,
                    architecture);
        }
    }

    static Finding judge(Facts board) {
        String instead = "use a Raspberry Pi 3, 4, 5 or Zero 2 W with a 64-bit system, or try without hardware:"
                + " reedgate doctor --simulate";
        if (board.model().isEmpty()) {
            return Finding.fail(
                    CheckName.BOARD, "no board is named in /proc/device-tree/model: this is no Raspberry Pi", instead);
        }
        if (!board.model().startsWith("Raspberry Pi")) {
            return Finding.fail(
                    CheckName.BOARD,
                    "the board '" + board.model() + "' (/proc/device-tree/model) is not known to the GPIO library",
                    instead);
        }
        if (!board.architecture().equals("aarch64") && !board.architecture().equals("arm")) {
            return Finding.fail(
                    CheckName.BOARD,
                    board.model() + " with Java for " + board.architecture() + ", for which there is no GPIO library",
                    "install Java for arm64: sudo apt install openjdk-17-jre-headless");
        }
        return Finding.ok(CheckName.BOARD, board.model());
    }
}
