package io.github.reedgate.file;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Finds the gateway of another process that uses a state folder by what the kernel knows: the locks that SQLite has on the
 * store, and the files that are open. A lock and a socket can be deleted by their names, and then keep nobody out; these
 * can't. Where the kernel does not say (another system, a container of its own) nobody is found. Blocks on {@code /proc};
 * stateless.
 */
public final class GatewayProcesses {

    private static final List<String> LOCKED = List.of("reedgate.db", "reedgate.db-shm");
    private static final Set<String> OPEN = Set.of("lock", "reedgate.db", "reedgate.db-wal", "reedgate.db-shm");
    private static final String DELETED = " (deleted)";
    private static final String GATEWAY = "\0io.github.reedgate.cli.Main\0run\0";
    private static final int MOST_BYTES = 1 << 20;

    private final Path proc;
    private final long self;

    /**
     * Those of a machine.
     *
     * @param proc where its kernel lists processes
     */
    public GatewayProcesses(Path proc) {
        this.proc = proc;
        this.self = ProcessHandle.current().pid();
    }

    /** Those of the machine that this runs on. */
    public static GatewayProcesses ofThisMachine() {
        return new GatewayProcesses(Path.of("/proc"));
    }

    /** The number of another process in which a gateway uses the folder. */
    public Optional<String> using(Path stateDir) {
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(proc, "[0-9]*")) {
            Path real = stateDir.toRealPath();
            Set<String> locking = lockingStore(real);
            for (Path process : processes) {
                String number = process.getFileName().toString();
                if (!number.equals(String.valueOf(self))
                        && isGateway(process)
                        && (locking.contains(number) || holdsOpen(process, real))) {
                    return Optional.of(number);
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            return Optional.empty();
        }
        return Optional.empty();
    }

    private boolean isGateway(Path process) {
        return text(process.resolve("cmdline")).contains(GATEWAY);
    }

    /** A line is {@code 1: POSIX ADVISORY READ 1234 08:02:131077 128 128}; it shows also what another user's process has. */
    private Set<String> lockingStore(Path folder) {
        Set<String> store = LOCKED.stream()
                .flatMap(name -> inode(folder.resolve(name)).stream())
                .collect(Collectors.toSet());
        return text(proc.resolve("locks"))
                .lines()
                .map(line -> line.strip().split("\\s+", -1))
                .filter(fields -> fields.length > 5 && store.contains(fields[5].replaceFirst(".*:", "")))
                .map(fields -> fields[4])
                .collect(Collectors.toSet());
    }

    private static Optional<String> inode(Path file) {
        try {
            return Optional.of(String.valueOf(Files.getAttribute(file, "unix:ino")));
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** What was deleted is named still. Only root and the same user may look, and not from outside a sandbox of systemd's. */
    private static boolean holdsOpen(Path process, Path folder) {
        try (Stream<Path> open = Files.list(process.resolve("fd"))) {
            return open.anyMatch(link -> isOurs(link, folder));
        } catch (IOException | UncheckedIOException e) { // it may end while it is looked at
            return false;
        }
    }

    private static boolean isOurs(Path link, Path folder) {
        try {
            String target = Files.readSymbolicLink(link).toString();
            Path file = Path.of(
                    target.endsWith(DELETED) ? target.substring(0, target.length() - DELETED.length()) : target);
            return folder.equals(file.getParent())
                    && OPEN.contains(file.getFileName().toString());
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
    }

    private static String text(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return new String(in.readNBytes(MOST_BYTES), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "";
        }
    }
}
