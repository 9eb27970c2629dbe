package io.github.reedgate.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyLong;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import com.hivemq.client.mqtt.mqtt5.Mqtt5Client;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A connection that nobody watches any more would hide a dead line. */
@Timeout(30)
final class LineWatchTest {

    /** The client library refuses to ask with it. */
    private static final String NO_TOPIC = "";

    @Test
    void lookThatFailsIsNotTheLast() {
        Deque<Runnable> due = new ArrayDeque<>();
        ScheduledExecutorService thread = mock(ScheduledExecutorService.class);
        when(thread.schedule(any(Runnable.class), anyLong(), any())).thenAnswer(call -> {
            due.add(call.getArgument(0));
            return null;
        });
        List<String> told = new ArrayList<>();
        LineWatch watch = new LineWatch(Duration.ofMillis(1), NO_TOPIC, thread, (dead, what) -> told.add(what));

        watch.up(new Connection(1, Mqtt5Client.builder(), thread, (ended, context) -> {}), false);
        while (told.isEmpty()) {
            assertThat(due).as("the next look").isNotEmpty();
            due.remove().run();
        }

        assertThat(told.get(0)).contains("a sign of life did not come");
    }
}
