package io.github.reedgate.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reedgate.core.GatewayState;
import io.github.reedgate.service.SystemdNotifier;
import io.github.reedgate.service.Watchdog;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the thread that watches tells systemd; its pauses are short, the time between its looks is the test's. */
final class VigilTest implements Vigil.Store {

    private static final Duration INTERVAL = Duration.ofMillis(200);
    private static final Duration LOOK = Duration.ofSeconds(5);
    private static final int LIMIT_SECONDS = 30;
    private static final GatewayState SENSING = LoopRig.started(1).loop.state();

    private final LinkedBlockingQueue<String> messages = new LinkedBlockingQueue<>();
    private final LinkedBlockingQueue<Long> looks = new LinkedBlockingQueue<>();
    private final List<Long> alive = new CopyOnWriteArrayList<>();
    private final AtomicLong nanos = new AtomicLong();
    private final AtomicLong storeTurns = new AtomicLong();
    private final Pulse pulse = new Pulse(List.of("front_door"));
    private final Vigil vigil = new Vigil(
            new SystemdNotifier(new OutputStream() {
                @Override
                public void write(int one) {
                    throw new AssertionError("a message in pieces");
                }

                @Override
                public void write(byte[] message) {
                    String text = new String(message, StandardCharsets.UTF_8);
                    messages.add(text);
                    if (text.equals("WATCHDOG=1")) {
                        alive.add(nanos.get());
                    }
                }
            }),
            Optional.of(INTERVAL),
            pulse,
            Watchdog.Limits.usual(Duration.ofMillis(100)),
            nanos::get);

    @Override
    public void wake() {
        looks.add(nanos.get());
    }

    @Override
    public long turns() {
        return storeTurns.incrementAndGet();
    }

    @AfterEach
    void end() {
        vigil.close();
    }

    /** The messages up to the first that begins so. */
    private List<String> until(String beginning) throws InterruptedException {
        List<String> seen = new ArrayList<>();
        do {
            String next = messages.poll(LIMIT_SECONDS, TimeUnit.SECONDS);
            assertThat(next).as("waiting for %s behind %s", beginning, seen).isNotNull();
            seen.add(String.valueOf(next));
        } while (!seen.get(seen.size() - 1).startsWith(beginning));
        return seen;
    }

    private void turn() {
        pulse.read();
        pulse.turned(true, SENSING, false, 3);
    }

    /** Lets that time pass, and waits until it was looked at. */
    private void pass(Duration time) throws InterruptedException {
        long now = nanos.addAndGet(time.toNanos());
        int after = 0;
        while (after < 2) { // the first may end a look that began before
            Long look = looks.poll(LIMIT_SECONDS, TimeUnit.SECONDS);
            assertThat(look).as("a look at the time").isNotNull();
            after += look != null && look >= now ? 1 : 0;
        }
    }

    private void ready() throws InterruptedException {
        vigil.watch(this);
        vigil.begin();
        turn();
        until("READY=1");
        until("WATCHDOG=1"); // the watch has begun
    }

    @Test
    void isReadyOnceTheGatewaySenses() throws Exception {
        vigil.begin();
        assertThat(until("STATUS=")).containsExactly("EXTEND_TIMEOUT_USEC=30000000", "STATUS=starting");
        nanos.addAndGet(Duration.ofSeconds(10).toNanos());
        assertThat(until("EXTEND")).as("a start that takes long").containsExactly("EXTEND_TIMEOUT_USEC=30000000");

        turn();

        assertThat(until("WATCHDOG=1"))
                .containsExactly("STATUS=front_door closed; broker not connected; 3 waiting", "READY=1", "WATCHDOG=1");
    }

    @Test
    void aStartIsNotExtendedForEver() throws Exception {
        vigil.begin();
        until("STATUS=starting");
        nanos.addAndGet(Duration.ofMinutes(10).toNanos());

        turn();

        assertThat(until("READY=1")).noneMatch(message -> message.startsWith("EXTEND"));
    }

    @Test
    void isToldAliveAtUnderHalfTheInterval() throws Exception {
        ready();
        for (int i = 0; i < 20; i++) {
            turn();
            pass(INTERVAL.dividedBy(4));
        }
        assertThat(alive).hasSizeGreaterThan(10);
        for (int i = 1; i < alive.size(); i++) {
            assertThat(alive.get(i) - alive.get(i - 1))
                    .isLessThan(INTERVAL.dividedBy(2).toNanos());
        }
    }

    @Test
    void aHungLoopIsNotToldAliveUntilItTurnsAgain() throws Exception {
        ready();
        pass(LOOK);
        pass(LOOK);
        pass(LOOK);
        assertThat(until("STATUS=not alive: the loop has completed no turn for 15 s"))
                .contains("WATCHDOG=1");
        pass(LOOK);
        assertThat(until("STATUS=not alive"))
                .containsExactly("STATUS=not alive: the loop has completed no turn for 20 s");

        turn();
        turn();
        pass(LOOK);

        assertThat(until("WATCHDOG=1"))
                .containsExactly("STATUS=front_door closed; broker not connected; 3 waiting", "WATCHDOG=1");
    }

    @Test
    void aStopIsToldWithItsLimit() throws Exception {
        ready();

        vigil.stopping(Duration.ofSeconds(12));

        assertThat(until("STATUS=stopping")).contains("STOPPING=1\nEXTEND_TIMEOUT_USEC=12000000");
    }
}
