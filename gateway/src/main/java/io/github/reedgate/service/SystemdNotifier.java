package io.github.reedgate.service;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells systemd how the service is, in the protocol of {@code sd_notify(3)}. Java has no datagram sockets in the Unix domain:
 * the start script connects one and puts it in the place of the standard input, where each write is one message. Started
 * otherwise, it tells nothing. Safe for use by any thread; never blocks and never throws.
 */
public final class SystemdNotifier {

    private static final Logger LOG = LoggerFactory.getLogger(SystemdNotifier.class);

    private final OutputStream out;
    private final AtomicBoolean failing = new AtomicBoolean();

    /**
     * A notifier on any stream.
     *
     * @param out takes one whole message with each call of {@code write(byte[])}
     */
    public SystemdNotifier(OutputStream out) {
        this.out = out;
    }

    /** The notifier that this process was started with; one that tells nobody if it was not. */
    public static SystemdNotifier of(Map<String, String> environment) {
        if (environment.getOrDefault("REEDGATE_NOTIFY", "").equals("stdin")) {
            return new SystemdNotifier(new FileOutputStream(FileDescriptor.in));
        }
        if (!environment.getOrDefault("NOTIFY_SOCKET", "").isEmpty()) {
            LOG.warn(
                    "systemd can't be told how the service is: start it with bin/reedgate run, and let perl be installed; "
                            + "otherwise a unit with Type=notify will not become active");
        }
        return new SystemdNotifier(OutputStream.nullOutputStream());
    }

    /** The service does its work from now on. */
    public void ready() {
        tell("READY=1");
    }

    /**
     * What {@code systemctl status} shows.
     *
     * @param text one line; control characters become spaces
     */
    public void status(String text) {
        tell("STATUS=" + text.replaceAll("\\p{Cntrl}", " "));
    }

    /** The service is alive; has to be told again within the time of the watchdog. */
    public void alive() {
        tell("WATCHDOG=1");
    }

    /** A start or stop that goes on is given this long from now. */
    public void extend(Duration limit) {
        tell("EXTEND_TIMEOUT_USEC=" + limit.toNanos() / 1_000);
    }

    /** The service is about to end, which takes this long at most. */
    public void stopping(Duration limit) {
        tell("STOPPING=1\nEXTEND_TIMEOUT_USEC=" + limit.toNanos() / 1_000);
    }

    private void tell(String message) {
        try {
            out.write(message.getBytes(StandardCharsets.UTF_8));
            failing.set(false);
        } catch (IOException e) {
            if (!failing.getAndSet(true)) {
                LOG.warn("systemd could not be told {}: {}", message.replace('\n', ' '), e.getMessage());
            }
        }
    }
}
