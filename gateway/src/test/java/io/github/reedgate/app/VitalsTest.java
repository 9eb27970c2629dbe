package io.github.reedgate.app;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.jr.ob.JSON;
import io.github.reedgate.contact.Position;
import io.github.reedgate.core.Input;
import io.github.reedgate.core.StepOutput;
import io.github.reedgate.delivery.MemoryOutbox;
import io.github.reedgate.event.Priority;
import io.github.reedgate.message.Message;
import io.github.reedgate.message.Messages;
import io.github.reedgate.message.QoS;
import io.github.reedgate.message.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The heartbeat, from the files of the kernel to the topic. */
class VitalsTest {

    private static final Messages MESSAGES = new Messages(Topics.of("reedgate", "home"));
    private static final StepOutput.Heartbeat BEAT =
            new StepOutput.Heartbeat(Instant.parse("2026-11-22T21:14:03Z"), 86_400, true, 2, Map.of());

    @TempDir
    Path folder;

    private final MemoryOutbox outbox = new MemoryOutbox(10);

    private Map<String, Object> beat(String temperature, String status) throws IOException {
        Path temp = Files.writeString(folder.resolve("temp"), temperature);
        Path stat = Files.writeString(folder.resolve("status"), status);
        Message message = new Vitals(MESSAGES, "1.2.3", temp, stat).diagnostics(BEAT, outbox, List.of());
        return JSON.std.mapFrom(message.payload());
    }

    @Test
    void heartbeatHasEveryFieldOfTheContract() throws IOException {
        assertThat(beat("48312\n", "Name:\tjava\nVmHWM:\t  90000 kB\nVmRSS:\t   81234 kB\nThreads:\t20\n"))
                .isEqualTo(Map.ofEntries(
                        entry("time", "2026-11-22T21:14:03.000Z"),
                        entry("uptime_s", 86_400),
                        entry("version", "1.2.3"),
                        entry("outbox_depth", 0),
                        entry("oldest_unsent_s", 0),
                        entry("reconnects", 2),
                        entry("clock_synced", true),
                        entry("cpu_temperature_c", 48.3),
                        entry("commands_refused", Map.of()),
                        entry("rss_bytes", 81_234 * 1024),
                        entry("subscriptions_lost", Map.of())));
    }

    @ParameterizedTest
    @CsvSource({"-5040, -5.0", "0, 0.0", "100250, 100.3"})
    void temperatureIsToldToATenthOfADegree(String thousandths, double celsius) throws IOException {
        assertThat(beat(thousandths, "")).containsEntry("cpu_temperature_c", celsius);
    }

    @ParameterizedTest
    @CsvSource({"'',''", "hot,VmRSS: much kB", "'4 8',VmRSS:"})
    void whatCannotBeUnderstoodIsNull(String temperature, String status) throws IOException {
        assertThat(beat(temperature, status))
                .containsEntry("cpu_temperature_c", null)
                .containsEntry("rss_bytes", null);
    }

    @Test
    void whatTheMachineDoesNotHaveIsNull() throws IOException {
        Path nowhere = folder.resolve("nowhere");
        Message message = new Vitals(MESSAGES, "1.2.3", nowhere, folder).diagnostics(BEAT, outbox, List.of());

        assertThat(JSON.std.mapFrom(message.payload()))
                .containsEntry("cpu_temperature_c", null)
                .containsEntry("rss_bytes", null);
    }

    @Test
    void thisProcessTakesUpMemory() throws IOException {
        Message message = Vitals.ofThisMachine(MESSAGES).diagnostics(BEAT, outbox, List.of());

        assertThat(message.qos()).isEqualTo(QoS.AT_MOST_ONCE);
        assertThat(message.retain()).isTrue();
        assertThat(message.topic()).isEqualTo("reedgate/home/diagnostics");
        Map<String, Object> fields = JSON.std.mapFrom(message.payload());
        assertThat(((Number) fields.getOrDefault("rss_bytes", 0)).longValue()).isBetween(10L << 20, 4L << 30);
        assertThat(String.valueOf(fields.get("version"))).isNotBlank();
    }

    @ParameterizedTest
    @CsvSource({"2026-11-22T21:13:00.500Z, 62", "2026-11-22T21:14:03Z, 0", "2026-11-22T22:00:00Z, 0", "soon, "})
    void oldestUnsentIsTheAgeOfTheFirstThatWaits(String time, @Nullable Integer seconds) throws IOException {
        outbox.append(waiting(time), Priority.ROUTINE);
        outbox.append(waiting("2026-11-22T21:14:02Z"), Priority.ALARM);

        assertThat(beat("", "")).containsEntry("outbox_depth", 2).containsEntry("oldest_unsent_s", seconds);
    }

    private static Message waiting(String time) {
        return new Message("t", "{}", QoS.AT_LEAST_ONCE, false, Message.JSON, Map.of("time", time));
    }

    @Test
    void loopPublishesItOnConnectAndInItsInterval() {
        LoopRig rig = LoopRig.started(1);
        rig.settle(0, Position.OPEN);
        rig.pass(Duration.ofSeconds(5));
        assertThat(rig.heartbeats()).isEmpty();

        rig.connect();
        Map<String, Object> first = rig.heartbeats().get(rig.heartbeats().size() - 1);
        assertThat(first).containsEntry("outbox_depth", 3).containsEntry("oldest_unsent_s", 7);
        rig.acceptAll();
        int before = rig.heartbeats().size();
        rig.pass(LoopRig.HEARTBEAT);

        assertThat(rig.heartbeats()).hasSize(before + 1);
        assertThat(rig.heartbeats().get(before))
                .containsEntry("outbox_depth", 0)
                .containsEntry("oldest_unsent_s", 0)
                .containsEntry("reconnects", 0)
                .containsEntry("clock_synced", true);
    }

    @Test
    void heartbeatGoesOnWhileTheBrokerIsAway() {
        LoopRig rig = LoopRig.started(1);
        rig.connect();
        rig.acceptAll();
        rig.disconnect();
        rig.pass(LoopRig.HEARTBEAT.multipliedBy(2));
        rig.loop.handle(new LoopInput.Core(new Input.ClockChecked(false)));
        rig.connect();
        rig.acceptAll();

        assertThat(rig.heartbeats().get(rig.heartbeats().size() - 1))
                .containsEntry("uptime_s", 1_202)
                .containsEntry("reconnects", 1)
                .containsEntry("clock_synced", false);
    }
}
