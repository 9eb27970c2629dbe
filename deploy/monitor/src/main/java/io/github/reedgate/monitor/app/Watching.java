package io.github.reedgate.monitor.app;

import io.github.reedgate.monitor.config.MonitorConfig;
import io.github.reedgate.monitor.record.OwnEvent;
import io.github.reedgate.monitor.supervision.DamagedFileException;
import io.github.reedgate.monitor.supervision.FileSupervisionStore;
import io.github.reedgate.monitor.supervision.MonitorEvent;
import io.github.reedgate.monitor.supervision.Supervision;
import io.github.reedgate.monitor.supervision.SupervisionMemory;
import io.github.reedgate.monitor.supervision.SupervisionSettings;
import io.github.reedgate.monitor.supervision.SupervisionState;
import io.github.reedgate.notify.Post;
import io.github.reedgate.time.TimeSource;
import io.github.reedgate.time.Timestamp;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the supervision of a running monitor. Stateless. */
final class Watching {

    private static final Logger LOG = LoggerFactory.getLogger(Watching.class);

    private static final String LOST =
            "alarms that rang and panels of gateways are not known any more until their gateways are heard";

    private Watching() {}

    /**
     * A supervision that goes on with what an earlier start stored; it does not run yet. A file that is damaged is moved aside and
     * reported.
     *
     * @param outgoing publishes
     * @param reports takes events for the history
     * @param post sends notifications
     * @throws IOException if the state folder can't be used
     */
    static SupervisionThread of(MonitorConfig config, Outgoing outgoing, Consumer<OwnEvent> reports, Post post)
            throws IOException {
        SupervisionSettings settings = config.watching().settings();
        TimeSource time = () -> new Timestamp(System.nanoTime(), Instant.now());
        FileSupervisionStore store = new FileSupervisionStore(config.stateDir());
        Alerts alerts = new Alerts(
                config.watching().targets(),
                post,
                new NoticeFiles(config.stateDir().resolve("notices"), reports),
                config.id(),
                time.now());
        SupervisionThread.Parts parts = new SupervisionThread.Parts(
                new Supervision(settings, new SecureRandom().nextLong()),
                store,
                outgoing,
                reports,
                alerts,
                time,
                ZoneId.systemDefault());
        return new SupervisionThread(
                parts, config.root(), config.topicPrefix(), restored(store, settings, time.now(), reports));
    }

    private static SupervisionState restored(
            FileSupervisionStore store, SupervisionSettings settings, Timestamp now, Consumer<OwnEvent> reports)
            throws IOException {
        try {
            Optional<String> document = store.load();
            return document.isEmpty()
                    ? SupervisionMemory.empty(now)
                    : SupervisionMemory.read(document.get(), settings, now);
        } catch (DamagedFileException e) {
            reports.accept(damaged(store.file(), store.setAside(), e.getMessage() + "; " + LOST));
            return SupervisionMemory.empty(now);
        }
    }

    /** Logs and reports that a file was damaged. */
    static OwnEvent damaged(Path file, Path aside, String why) {
        String reason = why.replaceAll("\\s+", " ");
        String message = file + " is damaged and was moved to " + aside + ": " + reason;
        LOG.error("{}", message);
        Map<String, Object> more = Map.of("file", file.toString(), "moved_to", aside.toString(), "reason", reason);
        return new OwnEvent(OwnEvent.Type.FILE_DAMAGED, null, message, more, System.currentTimeMillis());
    }

    /** The event in the form of the history, which numbers and publishes it. */
    static OwnEvent own(MonitorEvent event) {
        return new OwnEvent(
                OwnEvent.Type.valueOf(event.type().name()),
                event.gateway(),
                event.message(),
                event.more(),
                event.time().toEpochMilli());
    }
}
