package io.github.reedgate.testdisk;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Lets calls of another process on chosen files fail as a bad disk does. A small library, compiled here with the machine's C
 * compiler, is preloaded into that process; both have mapped a file that says which calls fail, so that a running process can
 * be told at any moment. Used by one thread.
 */
public final class FailingDisk {

    private static final String ORDERS_VARIABLE = "FAILING_DISK_FILE";
    private static final String PATHS_VARIABLE = "FAILING_DISK_PATHS";
    private static final String SOURCE = "failing_disk.c";
    private static final String LIBRARY = "failing_disk.so";
    private static final int COMPILER_SECONDS = 60;
    private static final VarHandle NUMBER = MethodHandles.byteBufferViewVarHandle(int[].class, ByteOrder.nativeOrder());

    // places in the mapped file, which failing_disk.c knows, too
    private static final int KINDS = 0;
    private static final int PASS = 4;
    private static final int TIMES = 8;
    private static final int ERROR = 12;
    private static final int SEEN = 16;
    private static final int FAILED = 20;
    private static final int SIZE = 24;

    private final Path folder;
    private final ByteBuffer orders;

    private FailingDisk(Path folder, ByteBuffer orders) {
        this.folder = folder;
        this.orders = orders;
    }

    /** What a program asks of the kernel. */
    public enum Call {
        /** To write. */
        WRITE(1),
        /** To force to disk. */
        SYNC(2),
        /** To change a file's size. */
        TRUNCATE(4),
        /** To open a file for writing, to make a folder, to rename. */
        OPEN(8),
        /** To read. */
        READ(16),
        /** To remove a file. */
        REMOVE(32),
        /** To write at a place; half of it reaches the file before it fails. */
        TORN(64);

        private final int kind;

        Call(int kind) {
            this.kind = kind;
        }
    }

    /** What the kernel answers; the numbers are Linux's. */
    public enum Answer {
        /** EIO. */
        IO_ERROR(5),
        /** ENOSPC. */
        NO_SPACE(28),
        /** EROFS. */
        READ_ONLY(30);

        private final int errno;

        Answer(int errno) {
            this.errno = errno;
        }
    }

    /** Why it can't be used on this machine; empty if it can. */
    public static Optional<String> whyNot() {
        return run(Path.of("."), "gcc", "--version").isEmpty()
                ? Optional.empty()
                : Optional.of("no gcc here: apt-get install gcc libc6-dev");
    }

    /**
     * Compiles the library; blocks for about a second.
     *
     * @param folder an existing folder for the library and the mapped file
     */
    public static FailingDisk in(Path folder) {
        Path home = folder.toAbsolutePath();
        try (InputStream source = FailingDisk.class.getResourceAsStream(SOURCE)) {
            if (source == null) {
                throw new IllegalStateException(SOURCE + " is missing");
            }
            Files.copy(source, home.resolve(SOURCE));
            Files.write(home.resolve("orders"), new byte[SIZE]);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        run(home, "gcc", "-shared", "-fPIC", "-O1", "-o", LIBRARY, SOURCE, "-ldl")
                .ifPresent(message -> {
                    throw new IllegalStateException("the library can't be compiled: " + message);
                });
        return new FailingDisk(home, map(home.resolve("orders")));
    }

    /** The disk of the process that calls this, if it was started with {@link #environment}. */
    public static FailingDisk ofThisProcess() {
        String file = System.getenv(ORDERS_VARIABLE);
        if (file == null) {
            throw new IllegalStateException(ORDERS_VARIABLE + " is not set");
        }
        Path path = Path.of(file).toAbsolutePath();
        return new FailingDisk(path.resolveSibling("."), map(path));
    }

    private static ByteBuffer map(Path file) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            return channel.map(FileChannel.MapMode.READ_WRITE, 0, SIZE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * What the process has to be started with.
     *
     * @param part part of the path of each file concerned, which no other file's path contains
     */
    public Map<String, String> environment(String part) {
        return Map.of(
                "LD_PRELOAD",
                folder.resolve(LIBRARY).toString(),
                ORDERS_VARIABLE,
                folder.resolve("orders").toString(),
                PATHS_VARIABLE,
                part);
    }

    /** Lets the n-th of these calls from now on fail, counted from 1, and none after it. */
    public void failOnce(Call call, Answer answer, int nth) {
        order(call, answer, nth - 1, 1);
    }

    /** Lets the n-th of these calls from now on fail, counted from 1, and each after it. */
    public void failFrom(Call call, Answer answer, int nth) {
        order(call, answer, nth - 1, -1);
    }

    private void order(Call call, Answer answer, int pass, int times) {
        heal();
        put(PASS, pass);
        put(TIMES, times);
        put(ERROR, answer.errno);
        put(SEEN, 0);
        put(FAILED, 0);
        put(KINDS, call.kind);
    }

    /** No call fails any more; the counts stay. */
    public void heal() {
        put(KINDS, 0);
    }

    /** How many such calls there were since the last order. */
    public int seen() {
        return (int) NUMBER.getVolatile(orders, SEEN);
    }

    /** How many of them failed. */
    public int failed() {
        return (int) NUMBER.getVolatile(orders, FAILED);
    }

    private void put(int place, int number) {
        NUMBER.setVolatile(orders, place, number);
    }

    /** What a command said if it failed or could not be run; empty if it succeeded. */
    private static Optional<String> run(Path where, String... command) {
        try {
            Path said = Files.createTempFile("reedgate-said", ".txt");
            try {
                Process process = new ProcessBuilder(command)
                        .directory(where.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(said.toFile())
                        .start();
                boolean ended = process.waitFor(COMPILER_SECONDS, TimeUnit.SECONDS);
                if (ended && process.exitValue() == 0) {
                    return Optional.empty();
                }
                process.destroyForcibly();
                return Optional.of(Files.readString(said));
            } finally {
                Files.delete(said);
            }
        } catch (IOException e) {
            return Optional.of(e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.of("interrupted");
        }
    }
}
