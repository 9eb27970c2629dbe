package io.github.reedgate.monitor.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.reedgate.service.SystemdNotifier;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** What systemd hears of the monitor. */
final class ServiceReportTest {

    private static final Duration INTERVAL = Duration.ofSeconds(60);

    private final List<String> heard = new ArrayList<>();
    private ServiceReport.Signs signs = signs(0, 0, "");
    private long nowNanos = -7;
    private boolean supervisionHangs;

    private final ServiceReport report = report(Optional.of(INTERVAL));

    /** Both threads have done the same. */
    private static ServiceReport.Signs signs(long rounds, long failures, String summary) {
        ServiceReport.Worked worked = new ServiceReport.Worked(rounds, failures);
        return new ServiceReport.Signs(worked, worked, summary);
    }

    private ServiceReport report(Optional<Duration> interval) {
        OutputStream out = new OutputStream() {
            @Override
            public void write(int one) {
                throw new AssertionError("a message in pieces");
            }

            @Override
            public void write(byte[] bytes) {
                heard.add(new String(bytes, UTF_8));
            }
        };
        return new ServiceReport(new SystemdNotifier(out), interval, () -> signs, nowNanos);
    }

    /** Looks once a second for this long; both threads complete so many rounds in each second. */
    private void looks(int seconds, int rounds, int failures) {
        for (int i = 0; i < seconds; i++) {
            nowNanos += Duration.ofSeconds(1).toNanos();
            signs = new ServiceReport.Signs(
                    more(signs.recorder(), rounds, failures),
                    more(signs.supervision(), supervisionHangs ? 0 : rounds, failures),
                    signs.summary());
            report.look(nowNanos);
        }
    }

    private static ServiceReport.Worked more(ServiceReport.Worked before, int rounds, int failures) {
        return new ServiceReport.Worked(before.rounds() + rounds, before.failedRounds() + failures);
    }

    private long count(String message) {
        return heard.stream().filter(message::equals).count();
    }

    @Test
    void theMonitorIsReadyAfterTheFirstRoundOfTheRecorder() {
        looks(3, 0, 0);
        assertThat(heard).containsExactly("STATUS=starting");

        signs = signs(1, 0, "connected; storing");
        looks(1, 0, 0);
        assertThat(heard).containsExactly("STATUS=starting", "STATUS=connected; storing", "READY=1", "WATCHDOG=1");
    }

    @Test
    void aLongStartAsksForTimeTenMinutesLong() {
        looks(9, 0, 0);
        assertThat(count("EXTEND_TIMEOUT_USEC=30000000")).isZero();
        looks(2, 0, 0);
        assertThat(count("EXTEND_TIMEOUT_USEC=30000000")).isEqualTo(1);
        looks(1000, 0, 0);
        assertThat(count("EXTEND_TIMEOUT_USEC=30000000")).isBetween(55L, 60L);
        assertThat(heard).doesNotContain("READY=1", "WATCHDOG=1");
    }

    @Test
    void itIsAliveFourTimesInEachIntervalWhileRoundsAreCompleted() {
        looks(1, 2, 0);
        heard.clear();
        looks(600, 2, 0);
        assertThat(count("WATCHDOG=1")).isBetween(38L, 42L);
        assertThat(heard).containsOnly("WATCHDOG=1");
    }

    @Test
    void aRecorderThatHangsIsNotAliveAfterTwoMinutesAndAliveAgainAfterwards() {
        looks(10, 2, 0);
        looks(110, 0, 0);
        assertThat(heard).noneMatch(message -> message.contains("not alive"));
        looks(15, 0, 0);
        assertThat(heard.get(heard.size() - 1))
                .startsWith("STATUS=not alive: recorder: the loop has completed no turn for 12");
        heard.clear();
        looks(120, 0, 0);
        assertThat(heard).hasSize(120).allMatch(message -> message.startsWith("STATUS=not alive: "));

        looks(1, 1, 0);
        assertThat(heard).contains("WATCHDOG=1");
    }

    @Test
    void aSupervisionThatHangsStopsTheBeatThoughTheRecorderWorks() {
        looks(10, 2, 0);
        supervisionHangs = true;
        looks(110, 2, 0);
        assertThat(heard).noneMatch(message -> message.contains("not alive"));
        looks(15, 2, 0);
        heard.clear();
        looks(120, 2, 0);
        assertThat(heard)
                .hasSize(120)
                .allMatch(
                        message -> message.startsWith("STATUS=not alive: supervision: the loop has completed no turn"));

        supervisionHangs = false;
        looks(1, 1, 0);
        assertThat(heard).contains("WATCHDOG=1");
    }

    @Test
    void theMonitorIsNotReadyBeforeTheSupervisionHasCompletedARound() {
        supervisionHangs = true;
        looks(3, 1, 0);
        assertThat(heard).doesNotContain("READY=1");
        supervisionHangs = false;
        looks(1, 1, 0);
        assertThat(heard).contains("READY=1");
    }

    @Test
    void roundsThatFailAgainAndAgainAreNotALife() {
        looks(10, 2, 0);
        looks(60, 1, 1);
        assertThat(heard.get(heard.size() - 1)).contains("not alive").contains("again and again");
    }

    @Test
    void nobodyWhoDoesNotAskIsToldThatItIsAlive() {
        ServiceReport other = report(Optional.empty());
        signs = signs(1, 0, "fine");
        other.look(nowNanos);
        heard.clear();
        for (int i = 0; i < 300; i++) {
            nowNanos += Duration.ofSeconds(1).toNanos();
            signs = signs(i + 2, 0, "fine");
            other.look(nowNanos);
        }
        assertThat(heard).isEmpty();
    }

    @Test
    void theSummaryIsReportedWhenItChanges() {
        signs = signs(1, 0, "connected");
        looks(5, 1, 0);
        signs = signs(signs.recorder().rounds(), 0, "no broker");
        looks(5, 1, 0);
        assertThat(count("STATUS=connected")).isEqualTo(1);
        assertThat(count("STATUS=no broker")).isEqualTo(1);
    }

    @Test
    void aStopIsReportedWithItsTime() {
        report.stopping(Duration.ofSeconds(12));
        assertThat(heard).containsExactly("STOPPING=1\nEXTEND_TIMEOUT_USEC=12000000");
    }

    @Test
    void aLookThatThrowsDoesNotEndTheReport() throws Exception {
        CountDownLatch ready = new CountDownLatch(1);
        OutputStream out = new OutputStream() {
            @Override
            public void write(int one) {
                throw new AssertionError("a message in pieces");
            }

            @Override
            public void write(byte[] bytes) {
                if (new String(bytes, UTF_8).contains("READY=1")) {
                    ready.countDown();
                }
            }
        };
        AtomicInteger looks = new AtomicInteger();
        Supplier<ServiceReport.Signs> first = () -> {
            if (looks.getAndIncrement() == 0) {
                throw new IllegalStateException("planted");
            }
            return new ServiceReport.Signs(new ServiceReport.Worked(1, 0), new ServiceReport.Worked(1, 0), "fine");
        };
        try (ServiceReport other =
                new ServiceReport(new SystemdNotifier(out), Optional.of(Duration.ofMillis(80)), first, 0)) {
            other.begin();
            assertThat(ready.await(20, TimeUnit.SECONDS)).isTrue();
        }
    }
}
