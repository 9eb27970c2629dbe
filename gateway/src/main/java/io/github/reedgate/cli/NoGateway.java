package io.github.reedgate.cli;

import io.github.reedgate.app.SocketPath;
import io.github.reedgate.file.GatewayProcesses;
import io.github.reedgate.file.SudoHint;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Optional;

/**
 * Finds out why no gateway answers at its control socket: none runs, or one runs that could not make the socket. Blocks on the
 * disk; stateless.
 */
final class NoGateway {

    /** Less than this and a folder can't be made. */
    private static final long NEEDED_BYTES = 8192;

    private static final String SEE_LOG = "its log says: journalctl -u reedgate";
    private static final int TYPE = 0xF000;
    private static final int SOCKET = 0xC000;

    private final Path folder;
    private final Path socket;
    private final GatewayProcesses processes;

    /**
     * Of a state folder.
     *
     * @param folder the state folder
     * @param socket the control socket in it
     * @param processes finds whether a gateway runs
     */
    NoGateway(Path folder, Path socket, GatewayProcesses processes) {
        this.folder = folder;
        this.socket = socket;
        this.processes = processes;
    }

    /** The reason and what to do, as the end of a sentence. */
    String reason(IOException failure) {
        Optional<String> trouble = SocketPath.trouble(folder);
        if (trouble.isPresent()) {
            return ": " + trouble.get();
        }
        Optional<String> process = processes.using(folder);
        String running = process.map(number -> "; a gateway runs (process " + number + "): it tries again every 15 s")
                .orElse("");
        if (isSomethingElse()) {
            return ": what is there is no socket; move it away, and the gateway makes its socket" + running;
        }
        if (process.isPresent() && Files.notExists(socket, LinkOption.NOFOLLOW_LINKS)) {
            return ": it has not made its socket, as " + obstacle() + running;
        }
        return " (" + failure.getMessage() + ")"
                + process.map(number -> "; a gateway runs (process " + number + "): are you its user or root?")
                        .orElse("; is it running, and are you its user or root?")
                + SudoHint.at(socket);
    }

    private boolean isSomethingElse() {
        try {
            return Files.getAttribute(socket, "unix:mode", LinkOption.NOFOLLOW_LINKS) instanceof Integer mode
                    && (mode & TYPE) != SOCKET;
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
            return false;
        }
    }

    /** What keeps somebody from making a file in the folder, as far as it can be seen from here. */
    private String obstacle() {
        try {
            FileStore disk = Files.getFileStore(folder);
            if (disk.isReadOnly()) {
                return "the disk of " + folder + " is mounted read-only; see dmesg for its errors";
            }
            if (disk.getUsableSpace() < NEEDED_BYTES) {
                return "the disk of " + folder + " is full; make room";
            }
            if (!Files.getPosixFilePermissions(folder).contains(PosixFilePermission.OWNER_WRITE)) {
                return folder + " may not be written by its owner; run: sudo chmod u+rwx " + folder;
            }
            return SEE_LOG;
        } catch (IOException | UnsupportedOperationException e) {
            return SEE_LOG;
        }
    }
}
