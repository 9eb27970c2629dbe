package io.github.reedgate.app;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/** Finds a state folder whose sockets could not be opened, as their path would be too long. Stateless. */
public final class SocketPath {

    /** What Java takes of the 108 bytes that the kernel has for it. */
    private static final int MOST_BYTES = 106;

    private SocketPath() {}

    /** True if nobody could connect to a socket of that path. */
    static boolean isTooLong(Path socket) {
        return bytes(socket) > MOST_BYTES;
    }

    /** What is wrong with the folder's path and what to do about it; empty if nothing is. */
    public static Optional<String> trouble(Path stateDir) {
        int length = bytes(stateDir.resolve(ControlSocket.NAME));
        if (length <= MOST_BYTES) {
            return Optional.empty();
        }
        return Optional.of("state_dir " + stateDir + " has a path of " + bytes(stateDir) + " bytes, "
                + (length - MOST_BYTES) + " too many for the socket " + ControlSocket.NAME
                + " in it: status, arm, disarm and other commands on this machine can't reach the gateway; name a"
                + " folder with a shorter path");
    }

    private static int bytes(Path path) {
        return path.toAbsolutePath().toString().getBytes(StandardCharsets.UTF_8).length;
    }
}
