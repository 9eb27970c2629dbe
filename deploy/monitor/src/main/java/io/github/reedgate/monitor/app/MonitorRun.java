package io.github.reedgate.monitor.app;

import io.github.reedgate.app.ControlSocket;
import io.github.reedgate.file.NewFolder;
import io.github.reedgate.json.Json;
import io.github.reedgate.link.BrokerSettings;
import io.github.reedgate.link.ClientFactory;
import io.github.reedgate.link.CredentialSource;
import io.github.reedgate.monitor.config.MonitorConfig;
import io.github.reedgate.monitor.heal.Healer;
import io.github.reedgate.monitor.link.BrokerSession;
import io.github.reedgate.monitor.link.SessionPlan;
import io.github.reedgate.monitor.record.MessageReader;
import io.github.reedgate.monitor.record.OwnEvent;
import io.github.reedgate.monitor.record.Recorder;
import io.github.reedgate.monitor.store.Histories;
import io.github.reedgate.monitor.store.StoredHistory;
import io.github.reedgate.notify.HttpGet;
import io.github.reedgate.notify.HttpPost;
import io.github.reedgate.notify.Secrets;
import io.github.reedgate.service.Ping;
import io.github.reedgate.service.SystemdNotifier;
import io.github.reedgate.service.WatchdogInterval;
import io.github.reedgate.text.JsonObject;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The running monitor: its history, its thread and its session with the broker. */
public final class MonitorRun {

    private static final Logger LOG = LoggerFactory.getLogger(MonitorRun.class);
    private static final Duration ACKNOWLEDGE_LIMIT = Duration.ofSeconds(4);
    private static final String LOCK = "lock";

    private final FileChannel lock;
    private final RecorderThread recorder;
    private final SupervisionThread supervision;
    private final BrokerSession session;
    private final ServiceReport report;
    private final List<Closeable> aides;
    private final CountDownLatch ended = new CountDownLatch(1);

    /** What works on what the broker sends. */
    private record Threads(RecorderThread recorder, SupervisionThread supervision) {}

    private MonitorRun(
            FileChannel lock, Threads threads, BrokerSession session, ServiceReport report, List<Closeable> aides) {
        this.lock = lock;
        this.recorder = threads.recorder();
        this.supervision = threads.supervision();
        this.session = session;
        this.report = report;
        this.aides = List.copyOf(aides);
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
        Recorder recorder =
                new Recorder(new MessageReader(config.topicPrefix()), history, publisher, Recorder.Limits.DEFAULT);
        RecorderThread thread = new RecorderThread(recorder, history::close, places(config), publisher::ask);
        BrokerSettings broker = config.broker().withUserOf(environment.get(CredentialSource.USER_VARIABLE));
        ClientFactory clients = new ClientFactory(broker, new CredentialSource(broker, environment));
        HttpPost post = new HttpPost(publisher::answered, new Secrets(environment), ZoneId.systemDefault());
        SupervisionThread supervision = Watching.of(config, publisher::publish, thread::report, post);
        BrokerSession session = new BrokerSession(
                plan(config, broker),
                clients,
                new SessionEars(thread, supervision),
                () -> thread.hasRoom() && supervision.hasRoom());
        publisher.use(session, thread, supervision);
        ControlSocket control = ControlSocket.open(folder.resolve(ControlSocket.NAME), request -> {
            return answer(request, thread, supervision);
        });
        thread.start();
        supervision.start();
        session.start();
        ServiceReport report = new ServiceReport(
                SystemdNotifier.of(environment),
                WatchdogInterval.of(environment, ProcessHandle.current().pid()),
                () -> signs(thread, supervision),
                System.nanoTime());
        report.begin();
        LOG.info("monitor {} records {}/+ from {}", config.id(), config.topicPrefix(), broker.server());
        List<Closeable> aides = new ArrayList<>(List.<Closeable>of(control, post::close));
        config.watching().ping().ifPresent(url -> aides.addAll(ping(url, thread, supervision)));
        return new MonitorRun(lock, new Threads(thread, supervision), session, report, aides);
    }

    private static List<Closeable> ping(URI url, RecorderThread recorder, SupervisionThread supervision) {
        HttpGet get = new HttpGet();
        Ping ping = new Ping(
                "the monitor",
                () -> get.call(url, Ping.LIMIT),
                () -> recorder.isHealthy() && supervision.health().isWell(),
                change -> recorder.report(event(change)),
                Ping.EVERY);
        ping.start();
        return List.of(ping::close, get::close);
    }

    private static OwnEvent event(Ping.Change change) {
        OwnEvent.Type type = change.isFailing() ? OwnEvent.Type.PING_FAILED : OwnEvent.Type.PING_RESTORED;
        return new OwnEvent(type, null, change.message(), Map.of(), System.currentTimeMillis());
    }

    private static String answer(String request, RecorderThread recorder, SupervisionThread supervision) {
        return switch (request) {
            case "status" -> "ok " + status(recorder, supervision);
            case "acknowledge" -> acknowledge(supervision);
            default -> "error unknown request; 'status' and 'acknowledge' are known";
        };
    }

    private static ServiceReport.Signs signs(RecorderThread recorder, SupervisionThread supervision) {
        String summary = recorder.summary()
                + supervision
                        .health()
                        .trouble()
                        .map(why -> "; supervision: " + why)
                        .orElse("");
        return new ServiceReport.Signs(
                recorder.rounds().worked(), supervision.rounds().worked(), summary);
    }

    private static String status(RecorderThread recorder, SupervisionThread supervision) {
        try {
            Map<String, @Nullable Object> all = JsonObject.read(recorder.status());
            all.put("recorder_trouble", recorder.rounds().trouble().orElse(null));
            all.putAll(supervision.health().status());
            return Json.write(all);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String acknowledge(SupervisionThread supervision) {
        CompletableFuture<List<String>> ended = supervision.acknowledge("operator");
        try {
            return "ok " + String.join(" ", ended.get(ACKNOWLEDGE_LIMIT.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException e) {
            ended.cancel(false);
            return "error the supervision does not answer within 4 s; see reedgate-monitor status";
        } catch (ExecutionException e) {
            return "error " + e.getMessage();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "error the monitor stops";
        }
    }

    private static Healer.Places places(MonitorConfig config) {
        return new Healer.Places(config.topicPrefix(), config.root(), config.healing());
    }

    private static SessionPlan plan(MonitorConfig config, BrokerSettings broker) {
        String each = config.topicPrefix() + "/+/";
        List<String> filters = new ArrayList<>(List.of(
                each + "event",
                each + "availability",
                each + "+/state",
                each + "+/detail",
                each + "diagnostics",
                each + "diagnostics/watermark",
                SupervisionThread.probeTopic(config.root())));
        if (config.healing()) {
            filters.add(places(config).filter());
        }
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
            throw new IOException(
                    "state_dir " + folder
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
        report.stopping(limit);
        session.close();
        supervision.stop();
        boolean isDone = recorder.stop(limit);
        for (Closeable each : aides) {
            close(each);
        }
        close(lock);
        ended.countDown();
        return isDone;
    }

    private static void close(Closeable part) {
        try {
            part.close();
        } catch (IOException e) {
            LOG.warn("not closed in order: {}", e.toString());
        }
    }
}
