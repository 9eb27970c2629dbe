package io.github.reedgate.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A socket as systemd has one for its services to tell it how they are, in a process of its own: Java can't open such. Its
 * messages are read by one thread; {@link #close} ends both.
 */
final class NotifySocket implements AutoCloseable {

    /** Prints each message in a line of its own. */
    private static final String LISTENER = """
            use Socket;
            $| = 1;
            (my $path = shift) =~ s/^@/\\0/;
            socket(my $socket, AF_UNIX, SOCK_DGRAM, 0) or die "socket: $!";
            bind($socket, pack_sockaddr_un($path)) or die "bind: $!";
            print "listening\\n";
            while (defined recv($socket, my $message, 65536, 0)) {
                $message =~ s/\\n/|/g;
                print "$message\\n";
            }
            """;

    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final String address;
    private final Process listener;
    private final LinkedBlockingQueue<String> messages = new LinkedBlockingQueue<>();
    private final List<Long> aliveNanos = new CopyOnWriteArrayList<>();

    private NotifySocket(String address, Process listener) {
        this.address = address;
        this.listener = listener;
    }

    /**
     * Opens a socket and waits until it is there.
     *
     * @param address a path, or a name of no file that begins with {@code @}
     */
    static NotifySocket open(String address) {
        try {
            Process listener = new ProcessBuilder("perl", "-e", LISTENER, address)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            NotifySocket socket = new NotifySocket(address, listener);
            Thread reader = new Thread(socket::read, "notify-socket");
            reader.setDaemon(true);
            reader.start();
            socket.until("listening");
            return socket;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void read() {
        try (BufferedReader lines = listener.inputReader(StandardCharsets.UTF_8)) {
            String line = lines.readLine();
            while (line != null) {
                if (line.equals("WATCHDOG=1")) {
                    aliveNanos.add(System.nanoTime());
                }
                messages.add(line);
                line = lines.readLine();
            }
        } catch (IOException e) {
            messages.add("the listener ended: " + e.getMessage());
        }
    }

    String address() {
        return address;
    }

    /** When the service told that it is alive. */
    List<Long> aliveNanos() {
        return List.copyOf(aliveNanos);
    }

    /** The messages since the last call up to the first that begins so; line ends in them are bars. */
    List<String> until(String beginning) {
        long endNanos = System.nanoTime() + LIMIT.toNanos();
        List<String> seen = new ArrayList<>();
        do {
            seen.add(next(endNanos, beginning, seen));
        } while (!seen.get(seen.size() - 1).startsWith(beginning));
        return seen;
    }

    private String next(long endNanos, String beginning, List<String> seen) {
        try {
            String next = messages.poll(endNanos - System.nanoTime(), TimeUnit.NANOSECONDS);
            assertThat(next).as("%s is awaited behind %s", beginning, seen).isNotNull();
            return String.valueOf(next);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    @Override
    public void close() {
        listener.destroy();
    }
}
