package io.github.reedgate.monitor.app;

import io.github.reedgate.app.ControlSocket;
import io.github.reedgate.monitor.config.MonitorConfig;
import io.github.reedgate.monitor.heal.Healer;
import io.github.reedgate.monitor.kafka.KafkaSource;
import io.github.reedgate.monitor.record.History.NumberedEvent;
import io.github.reedgate.monitor.record.MessageReader;
import io.github.reedgate.monitor.record.Outlet;
import io.github.reedgate.monitor.record.Recorder;
import io.github.reedgate.service.SystemdNotifier;
import io.github.reedgate.service.WatchdogInterval;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The running monitor whose events come from Kafka: its history, its thread and its membership in the consumer group. It has no
 * connection to the broker, so it supervises nobody, asks nobody and publishes nothing; the monitor that passes events on to
 * Kafka supervises.
 */
final class KafkaRun implements Running {

    private static final Logger LOG = LoggerFactory.getLogger(KafkaRun.class);

    private final FileChannel lock;
    private final RecorderThread recorder;
    private final KafkaSource source;
    private final ServiceReport report;
    private final ControlSocket control;
    private final CountDownLatch ended = new CountDownLatch(1);

    private KafkaRun(
            FileChannel lock, RecorderThread recorder, KafkaSource source, ServiceReport report, ControlSocket control) {
        this.lock = lock;
        this.recorder = recorder;
        this.source = source;
        this.report = report;
        this.control = control;
    }

    /**
     * Starts; returns once everything runs, connected or not, history reachable or not.
     *
     * @throws IOException if the state folder can't be used, or another monitor uses it; says what to do
     */
    static KafkaRun start(MonitorConfig config, Map<String, String> environment) throws IOException {
        Path folder = config.stateDir();
        FileChannel lock = MonitorRun.lock(folder);
        OpenHistory history = OpenHistory.of(config);
        Recorder recorder = new Recorder(
                new MessageReader(config.topicPrefix()), history.history(), new Nowhere(), Recorder.Limits.DEFAULT);
        Healer.Places places = new Healer.Places(config.topicPrefix(), config.root(), config.asksGateways());
        RecorderThread thread = new RecorderThread(
                recorder, history.closing(), places, (topic, ask, responseTopic, unsent) -> unsent.run());
        MonitorConfig.Kafka kafka = config.kafka().orElseThrow();
        KafkaSource source =
                KafkaSource.of(kafka, config.id(), thread, new KafkaSource.Room(thread::hasRoom, thread::owns));
        ControlSocket control = ControlSocket.open(
                folder.resolve(ControlSocket.NAME),
                request -> request.equals("status")
                        ? "ok " + thread.status()
                        : "error a monitor with source: kafka answers to 'status' only");
        thread.start();
        source.start();
        ServiceReport report = new ServiceReport(
                SystemdNotifier.of(environment),
                WatchdogInterval.of(environment, ProcessHandle.current().pid()),
                thread::signs,
                System.nanoTime());
        report.begin();
        LOG.info("monitor {} records from Kafka {}, topic {}", config.id(), kafka.bootstrap(), kafka.topic());
        return new KafkaRun(lock, thread, source, report, control);
    }

    /** Nothing is published without a broker. */
    private static final class Nowhere implements Outlet {

        @Override
        public void event(NumberedEvent event) {
            LOG.debug("not published: {}", event.event().message());
        }

        @Override
        public void state(String gateway, String state) {
            LOG.debug("gateway {} is {}", gateway, state);
        }
    }

    @Override
    public void await() throws InterruptedException {
        ended.await();
    }

    @Override
    public boolean stop(Duration limit) throws InterruptedException {
        report.stopping(limit);
        // it waits for the recorder, and commits what was stored
        source.close();
        boolean isDone = recorder.stop(limit);
        MonitorRun.close(control);
        MonitorRun.close(lock);
        ended.countDown();
        return isDone;
    }
}
