package io.github.reedgate.app;

import io.github.reedgate.core.StepOutput;
import io.github.reedgate.delivery.Outbox;
import io.github.reedgate.message.Message;
import io.github.reedgate.message.Messages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How the process and the machine are, as the kernel tells in its own file systems, which are memory: reading them waits for
 * no disk. What a machine does not tell is null. Used by the loop thread.
 */
final class Vitals {

    private static final Logger LOG = LoggerFactory.getLogger(Vitals.class);
    private static final String RSS = "VmRSS:";

    private final Messages messages;
    private final String version;
    private final Path temperature;
    private final Path status;

    /**
     * The vitals of any machine.
     *
     * @param messages writes them
     * @param version the program's version
     * @param temperature file with the processor's temperature in thousandths of a degree
     * @param status file with the process's memory, as {@code /proc/self/status}
     */
    Vitals(Messages messages, String version, Path temperature, Path status) {
        this.messages = messages;
        this.version = version;
        this.temperature = temperature;
        this.status = status;
    }

    /** The vitals of this process on this machine. */
    static Vitals ofThisMachine(Messages messages) {
        return new Vitals(
                messages, version(), Path.of("/sys/class/thermal/thermal_zone0/temp"), Path.of("/proc/self/status"));
    }

    /** The program's version, as its jar says. */
    static String version() {
        return Optional.ofNullable(Vitals.class.getPackage().getImplementationVersion())
                .orElse("not packaged");
    }

    /**
     * The heartbeat with everything in it; reads two small files.
     *
     * @param lost the topics that the gateway does not hear
     */
    Message diagnostics(StepOutput.Heartbeat beat, Outbox outbox, List<LostSubscription> lost) {
        return messages.diagnostics(new Messages.Diagnostics(
                beat.time(),
                beat.uptimeSeconds(),
                version,
                outbox.size(),
                oldestUnsentSeconds(outbox, beat.time()),
                beat.reconnects(),
                beat.clockSynced(),
                celsius(),
                rssBytes(),
                beat.refusedCommands(),
                LostSubscription.fields(lost)));
    }

    /** For how many seconds the oldest message has waited: 0 if none waits, null if it is not known. */
    static @Nullable Long oldestUnsentSeconds(Outbox outbox, Instant now) {
        Optional<Outbox.Entry> oldest = outbox.oldest();
        if (oldest.isEmpty()) {
            return outbox.size() == 0 ? 0L : null;
        }
        try {
            Instant time = Instant.parse(oldest.get().message().userProperties().getOrDefault("time", ""));
            return Math.max(0, Duration.between(time, now).toSeconds());
        } catch (DateTimeParseException e) {
            LOG.debug("a message that waits has no time: {}", e.getMessage());
            return null;
        }
    }

    private @Nullable Double celsius() {
        try {
            long thousandths = Long.parseLong(Files.readString(temperature).strip());
            return Math.round(thousandths / 100.0) / 10.0;
        } catch (IOException | NumberFormatException e) {
            LOG.debug("the processor's temperature is not known: {}", e.toString());
            return null;
        }
    }

    private @Nullable Long rssBytes() {
        try {
            for (String line : Files.readAllLines(status)) {
                if (line.startsWith(RSS)) {
                    String[] words = line.substring(RSS.length()).strip().split(" ", -1);
                    return Long.parseLong(words[0]) * 1024;
                }
            }
            return null;
        } catch (IOException | NumberFormatException e) {
            LOG.debug("the process's memory is not known: {}", e.toString());
            return null;
        }
    }
}
