package io.github.reedgate.testbroker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Debian's mosquitto as a child process, with its store on disk after every change. Owned by one thread; ends with this
 * JVM at the latest.
 */
final class MosquittoBroker implements TestBroker {

    private static final int LIMIT_SECONDS = 30;
    private static final int POLL_MILLIS = 10;

    private final TempFolder folder = new TempFolder("reedgate-mosquitto");
    private final Thread atExit = new Thread(this::endNow, "mosquitto-end");
    private final MosquittoConfiguration configuration;
    private final Map<Transport, Integer> ports;
    private volatile @Nullable Process running; // also read by the exit hook

    MosquittoBroker(BrokerOptions options) {
        this.ports = Ports.resolve(options.ports());
        this.configuration = new MosquittoConfiguration(options, ports, folder);
        Runtime.getRuntime().addShutdownHook(atExit);
    }

    @Override
    public String name() {
        return "mosquitto";
    }

    @Override
    public void start() {
        if (running != null) {
            return;
        }
        Path log = folder.path().resolve("log");
        Process process;
        try {
            process = new ProcessBuilder(
                            MosquittoConfiguration.PROGRAM,
                            "-c",
                            configuration.write().toString())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start();
        } catch (IOException e) {
            throw new BrokerException(
                    "cannot run " + MosquittoConfiguration.PROGRAM + "; on Debian: apt-get install mosquitto", e);
        }
        running = process;
        awaitListeners(process, log);
    }

    private void awaitListeners(Process process, Path log) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
        while (!ports.values().stream().allMatch(Ports::isOpen)) {
            if (ended(process, POLL_MILLIS)) {
                running = null;
                throw new BrokerException("mosquitto ended at once: " + tail(log));
            }
            if (System.nanoTime() - deadline > 0) {
                throw new BrokerException("mosquitto did not open " + ports + ": " + tail(log));
            }
        }
        if (!process.isAlive()) {
            throw new BrokerException("another program answers on " + ports + ": " + tail(log));
        }
    }

    private static boolean ended(Process process, long limitMillis) {
        try {
            return process.waitFor(limitMillis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BrokerException("interrupted while waiting for mosquitto", e);
        }
    }

    private static String tail(Path log) {
        try {
            String text = Files.readString(log);
            return text.substring(Math.max(0, text.length() - 2000));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void stop() {
        end(false);
    }

    @Override
    public boolean canBeKilled() {
        return true;
    }

    @Override
    public void kill() {
        end(true);
    }

    private void end(boolean forcibly) {
        Process process = running;
        if (process == null) {
            return;
        }
        if (forcibly) {
            process.destroyForcibly();
        } else {
            process.destroy();
        }
        if (!ended(process, TimeUnit.SECONDS.toMillis(LIMIT_SECONDS))) {
            throw new BrokerException("mosquitto did not end within " + LIMIT_SECONDS + " s");
        }
        running = null;
    }

    private void endNow() {
        Process process = running;
        if (process != null) {
            process.destroyForcibly();
        }
        folder.remove();
    }

    @Override
    public void remember() {
        if (running != null) {
            throw new IllegalStateException("the broker runs; stop it first");
        }
        folder.copy("data", "remembered");
    }

    @Override
    public void forget() {
        if (running != null) {
            throw new IllegalStateException("the broker runs; stop it first");
        }
        folder.copy("remembered", "data");
    }

    @Override
    public int port(Transport transport) {
        Integer port = ports.get(transport);
        if (port == null) {
            throw new IllegalArgumentException("the broker does not listen for " + transport.scheme());
        }
        return port;
    }

    @Override
    public void close() {
        try {
            stop();
        } finally {
            Runtime.getRuntime().removeShutdownHook(atExit);
            folder.remove();
        }
    }
}
