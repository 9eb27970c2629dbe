package io.github.reedgate.file;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * Ends a message about a missing permission with the fix that a person at a shell has: {@code sudo}. Stateless; any thread may
 * use it.
 */
public final class SudoHint {

    private static final String TEXT = "; or put sudo in front of the command";

    private static final String HERE = of(System.getProperty("user.name", ""), System.getenv());

    private SudoHint() {}

    /** The end of the sentence, from its semicolon on; empty if sudo would change nothing: for root, and in the service. */
    public static String text() {
        return HERE;
    }

    /** The same if this process may not use a socket, or not enter the folder that it would be in; else empty. Looks at the disk. */
    public static String at(Path socket) {
        Path folder = socket.toAbsolutePath().getParent();
        boolean isHidden = folder != null && Files.exists(folder) && !Files.isExecutable(folder);
        boolean isDenied = Files.exists(socket) && !Files.isWritable(socket);
        return isHidden || isDenied ? HERE : "";
    }

    /**
     * The same of a process.
     *
     * @param user the user that it runs as
     * @param environment its environment: systemd tells services of type notify where to report
     */
    static String of(String user, Map<String, String> environment) {
        boolean isService = environment.containsKey("NOTIFY_SOCKET") || environment.containsKey("REEDGATE_NOTIFY");
        return user.equals("root") || isService ? "" : TEXT;
    }
}
