package io.github.reedgate.monitor.app;

import io.github.reedgate.app.ControlSocket;
import io.github.reedgate.file.NewFolder;
import io.github.reedgate.link.BrokerSettings;
import io.github.reedgate.link.ClientFactory;
import io.github.reedgate.link.CredentialSource;
import io.github.reedgate.monitor.config.MonitorConfig;
import io.github.reedgate.monitor.link.BrokerSession;
import io.github.reedgate.monitor.link.SessionPlan;
import io.github.reedgate.monitor.record.MessageReader;
import io.github.reedgate.monitor.record.Recorder;
import io.github.reedgate.monitor.store.Histories;
import io.github.reedgate.monitor.store.StoredHistory;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The running monitor: its history, its thread and its session with the broker. */
public final class MonitorRun {

    private static final Logger LOG = LoggerFactory.getLogger(MonitorRun.class);
    private static final String LOCK = "lock";

    private final FileChannel lock;
    private final RecorderThread recorder;
    private final BrokerSession session;
    private final ControlSocket control;
    private final CountDownLatch ended = new CountDownLatch(1);

    private MonitorRun(FileChannel lock, RecorderThread recorder, BrokerSession session, ControlSocket control) {
        this.lock = lock;
        this.recorder = recorder;
        this.session = session;
        this.control = control;
    }

    /**
     * Starts; returns once everything runs, connected or not, history reachable or not.
     *
     * @throws IOException if the state folder can't be used, or another monitor uses it; says what to do
     */
    public static MonitorRun start(MonitorConfig config, Map<String, String> environment) throws IOException {
        Path folder = config.stateDir();
        FileChannel lock = lock(folder);
        StoredHistory history = Histories.toWrite(config);
        Publisher publisher = new Publisher(config);
        Recorder recorder = new Recorder(
                new MessageReader(config.topicPrefix()), history, publisher, Recorder.Limits.DEFAULT);
        RecorderThread thread = new RecorderThread(recorder, history);
        BrokerSettings broker =
                config.broker().withUserOf(environment.get(CredentialSource.USER_VARIABLE));
        ClientFactory clients = new ClientFactory(broker, new CredentialSource(broker, environment));
        BrokerSession session = new BrokerSession(plan(config, broker), clients, thread, thread::hasRoom);
        publisher.use(session, thread);
        ControlSocket control = ControlSocket.open(folder.resolve(ControlSocket.NAME), request -> {
            return request.equals("status") ? "ok " + thread.status() : "error unknown request; 'status' is known";
        });
        thread.start();
        session.start();
        LOG.info("monitor {} records {}/+ from {}", config.id(), config.topicPrefix(), broker.server());
        return new MonitorRun(lock, thread, session, control);
    }

    private static SessionPlan plan(MonitorConfig config, BrokerSettings broker) {
        String each = config.topicPrefix() + "/+/";
        List<String> filters = List.of(
                each + "event",
                each + "availability",
                each + "+/state",
                each + "+/detail",
                each + "diagnostics",
                each + "diagnostics/watermark");
        return new SessionPlan(broker, filters, config.sessionExpiry(), config.root() + "/availability");
    }

    private static FileChannel lock(Path folder) throws IOException {
        NewFolder.make(folder);
        FileChannel channel =
                FileChannel.open(folder.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        boolean isLocked = false;
        try {
            isLocked = channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            LOG.debug("the folder is locked by this process");
        } finally {
            if (!isLocked) {
                channel.close();
            }
        }
        if (!isLocked) {
            throw new IOException("state_dir " + folder
                    + " is in use by another monitor that is running; stop that one or give this one a folder of its own");
        }
        return channel;
    }

    /** Blocks until the monitor has been stopped. */
    public void await() throws InterruptedException {
        ended.await();
    }

    /**
     * Stops: says good-bye to the broker, stores what has arrived, and ends.
     *
     * @param limit how long storing may take
     * @return false if it was not done in time; what was not acknowledged comes again
     */
    public boolean stop(Duration limit) throws InterruptedException {
        session.close();
        boolean isDone = recorder.stop(limit);
        try {
            control.close();
            lock.close();
        } catch (IOException e) {
            LOG.warn("not closed in order: {}", e.toString());
        }
        ended.countDown();
        return isDone;
    }

}
