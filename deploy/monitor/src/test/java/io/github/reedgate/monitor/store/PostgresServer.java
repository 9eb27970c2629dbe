package io.github.reedgate.monitor.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reedgate.monitor.config.MonitorConfig.Server;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * A PostgreSQL server for tests, with Debian's programs; it listens on loopback only, and syncs to disk as a real one does. Root
 * runs it as the user postgres, since it refuses to run as root.
 */
final class PostgresServer {

    private static final Path DEBIAN = Path.of("/usr/lib/postgresql");
    private static final long START_NANOS = TimeUnit.SECONDS.toNanos(90);
    private static final AtomicInteger DATABASES = new AtomicInteger();

    private final Path programs;
    private final Path folder;
    private final int port;
    private Process process;

    private PostgresServer(Path programs, Path folder, int port) throws IOException {
        this.programs = programs;
        this.folder = folder;
        this.port = port;
        this.process = launch();
    }

    /**
     * Starts a server. Without PostgreSQL's programs the test is skipped, unless the system property
     * {@code reedgate.postgres} is {@code required}.
     */
    static PostgresServer start() throws Exception {
        Optional<Path> programs = programs();
        if (!"required".equals(System.getProperty("reedgate.postgres"))) {
            Assumptions.assumeTrue(
                    programs.isPresent(),
                    "no PostgreSQL below " + DEBIAN
                            + ": apt install postgresql, or the store is tried with SQLite only");
        }
        Path folder = Files.createTempDirectory("reedgate-postgres");
        Path data = folder.resolve("data");
        if (isRoot()) {
            run(List.of("chown", "postgres:", folder.toString()), folder);
        }
        List<String> make = new ArrayList<>(asOwner());
        make.addAll(List.of(
                programs.orElseThrow(
                                () -> new AssertionError("no PostgreSQL below " + DEBIAN + ": apt install postgresql"))
                        .resolve("initdb")
                        .toString(),
                "-A",
                "trust",
                "-U",
                "postgres",
                "-E",
                "UTF8",
                "--locale=C",
                "-D",
                data.toString()));
        run(make, folder);
        PostgresServer server = new PostgresServer(programs.get(), folder, freePort());
        server.awaitReady();
        return server;
    }

    private static Optional<Path> programs() throws IOException {
        if (!Files.isDirectory(DEBIAN)) {
            return Optional.empty();
        }
        try (Stream<Path> versions = Files.list(DEBIAN)) {
            return versions.map(version -> version.resolve("bin"))
                    .filter(bin ->
                            Files.isExecutable(bin.resolve("postgres")) && Files.isExecutable(bin.resolve("initdb")))
                    .max(Comparator.naturalOrder());
        }
    }

    private static boolean isRoot() {
        return System.getProperty("user.name").equals("root");
    }

    private static List<String> asOwner() {
        return isRoot() ? List.of("setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups") : List.of();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static void run(List<String> command, Path folder) throws Exception {
        Path log = folder.resolve("start.log");
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("%s ends", command).isTrue();
        assertThat(process.exitValue())
                .as("%s: %s", command, Files.readString(log))
                .isZero();
    }

    private Process launch() throws IOException {
        List<String> command = new ArrayList<>(asOwner());
        command.addAll(List.of(
                programs.resolve("postgres").toString(),
                "-D",
                folder.resolve("data").toString(),
                "-p",
                Integer.toString(port),
                "-c",
                "listen_addresses=127.0.0.1",
                "-c",
                "unix_socket_directories="));
        return new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        folder.resolve("server.log").toFile()))
                .start();
    }

    private void awaitReady() throws Exception {
        long end = System.nanoTime() + START_NANOS;
        while (true) {
            try (Connection ready = connect("postgres")) {
                assertThat(ready.isValid(5)).isTrue();
                return;
            } catch (SQLException e) {
                assertThat(System.nanoTime())
                        .as("ready in time: %s", e.getMessage())
                        .isLessThan(end);
                assertThat(process.isAlive()).as("the server lives").isTrue();
                LockSupport.parkNanos(20_000_000);
            }
        }
    }

    private Connection connect(String database) throws SQLException {
        return DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + port + "/" + database, "postgres", "");
    }

    /** A new, empty database. */
    Server database() throws SQLException {
        String name = "test" + DATABASES.incrementAndGet();
        try (Connection connection = connect("postgres");
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + name);
        }
        return new Server("127.0.0.1", port, name, "postgres", Optional.empty(), Optional.empty(), false);
    }

    /** Kills the server as a power cut does. */
    void kill() throws InterruptedException {
        // those that it has forked would serve their connections for a moment more
        List<ProcessHandle> forked = process.descendants().toList();
        process.toHandle().destroyForcibly();
        forked.forEach(ProcessHandle::destroyForcibly);
        process.waitFor();
    }

    /** Starts it again after {@link #kill}; returns once it is ready. */
    void startAgain() throws Exception {
        // a new server ends at once while those that the old one has forked still hold its memory
        long end = System.nanoTime() + START_NANOS;
        process = launch();
        while (process.waitFor(300, TimeUnit.MILLISECONDS) && System.nanoTime() < end) {
            process = launch();
        }
        awaitReady();
    }

    /** Ends the server and removes its files. */
    void close() throws Exception {
        process.destroy();
        if (!process.waitFor(10, TimeUnit.SECONDS)) {
            kill();
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
