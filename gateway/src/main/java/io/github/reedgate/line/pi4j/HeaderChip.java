package io.github.reedgate.line.pi4j;

import com.pi4j.boardinfo.datareader.BoardCodeReader;
import com.pi4j.boardinfo.util.BoardInfoHelper;
import com.pi4j.library.gpiod.internal.GpioDContext;
import com.pi4j.library.gpiod.internal.GpioDException;
import com.pi4j.library.gpiod.internal.GpioLine;
import io.github.reedgate.file.Owner;
import io.github.reedgate.line.LineException;
import io.github.reedgate.line.LineSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The chip behind the Raspberry Pi's pin header: the first whose label contains {@code pinctrl}, whatever its number, which
 * is pinctrl-bcm2835 on a Pi 3 and Zero 2 W, pinctrl-bcm2711 on a Pi 4, pinctrl-rp1 on a Pi 5. Used by one thread.
 */
public final class HeaderChip {

    /** A board that every Pi4J knows. It asks the name only to be sure that this is a Raspberry Pi at all. */
    private static final String KNOWN_MODEL = "Raspberry Pi 4 Model B";

    private static final Logger LOG = LoggerFactory.getLogger(HeaderChip.class);

    private HeaderChip() {}

    /**
     * The header's lines; close them when done.
     *
     * @param folder where the native library may be unpacked for a moment; if it won't do, the JVM's temporary folder is taken
     * @param nanoTime the monotonic clock; called on Pi4J's threads
     * @throws LineException if this is no Raspberry Pi, if a chip can't be opened or the library not be loaded; the message
     *     holds the fix
     */
    public static LineSource lines(Path folder, LongSupplier nanoTime) throws LineException {
        Board board = Board.look();
        BoardCheck.require(board, System.getProperty("user.name", "?"));
        Path temporary = Path.of(System.getProperty("java.io.tmpdir", "/tmp"));
        // the owner of a folder could exchange what root writes and loads there
        List<Path> folders = Owner.isRootsHost(folder) ? List.of(temporary) : List.of(folder, temporary);
        makeKnown(board, folders);
        new NativeLibrary(new NativeLibrary.ThisJvm()).load(System.getProperty("os.arch", ""), folders);
        open(board);
        return new Pi4jLineSource(Pi4jContexts.create("gpiod", Map.of()), nanoTime, HeaderChip::consumer);
    }

    /** Pi4J knows boards by their revision and name, and not all: not a Zero 2 W with Debian's kernel, nor what came later. */
    private static void makeKnown(Board board, List<Path> folders) throws LineException {
        if (BoardInfoHelper.runningOnRaspberryPi()) {
            return;
        }
        for (Path folder : folders) {
            try {
                Path name = Files.createTempFile(folder, "model-", "");
                try {
                    Files.writeString(name, KNOWN_MODEL);
                    BoardCodeReader.setModelFilePath(name.toString());
                    BoardInfoHelper.reinitialize();
                    if (BoardInfoHelper.runningOnRaspberryPi()) {
                        LOG.info("board '{}' is not known to Pi4J; its GPIO chip is found by the label", board.model());
                        return;
                    }
                } finally {
                    Files.delete(name);
                }
            } catch (IOException e) {
                LOG.debug("{} can't be written: {}", folder, e.toString());
            }
        }
        throw new LineException("Pi4J does not take '" + board.model() + "' for a Raspberry Pi, and none of " + folders
                + " can be written to help it; make one of them writable for this user");
    }

    private static void open(Board board) throws LineException {
        List<String> chips = board.chips().stream().map(Board.Chip::path).toList();
        try {
            GpioDContext.getInstance().initialize();
        } catch (IllegalStateException e) {
            throw new LineException(
                    "none of the GPIO chips " + chips
                            + " has a label with 'pinctrl' in it, as the header's has on a Raspberry Pi"
                            + " (pinctrl-bcm2835, pinctrl-bcm2711, pinctrl-rp1); 'gpiodetect' (package gpiod) lists"
                            + " the labels",
                    e);
        } catch (GpioDException | LinkageError e) {
            throw new LineException("the GPIO chips " + chips + " can't be opened: " + e.getMessage(), e);
        }
    }

    /** Who holds a line, as it calls itself; empty if nobody does. */
    private static Optional<String> consumer(int offset) {
        GpioLine line = GpioDContext.getInstance().getOrOpenLine(offset);
        line.update();
        if (!line.isUsed()) {
            return Optional.empty();
        }
        String name = line.getConsumer();
        return Optional.of(name == null || name.isEmpty() ? "a program or driver without a name" : "'" + name + "'");
    }
}
