package io.github.reedgate.monitor.app;

import io.github.reedgate.monitor.config.MonitorConfig;
import io.github.reedgate.monitor.record.OwnEvent;
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

    private Watching() {}

    /**
     * A supervision that goes on with what an earlier start stored; it does not run yet. A document that can't be read is moved
     * aside and reported.
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
                new NoticeFiles(config.stateDir().resolve("notices")),
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
        Optional<String> document = store.load();
        if (document.isEmpty()) {
            return SupervisionMemory.empty(now);
        }
        try {
            return SupervisionMemory.read(document.get(), settings, now);
        } catch (IOException e) {
            String message = "The supervision's state can't be read (" + e.getMessage() + "); it is now "
                    + store.setAside() + ", and gateways are supervised from the first sign of life on";
            LOG.error("{}", message);
            reports.accept(new OwnEvent(
                    OwnEvent.Type.STORE_FAULT,
                    null,
                    message,
                    Map.of(),
                    now.wall().toEpochMilli()));
            return SupervisionMemory.empty(now);
        }
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
