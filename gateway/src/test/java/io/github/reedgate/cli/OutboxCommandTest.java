package io.github.reedgate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.jr.ob.JSON;
import io.github.reedgate.event.Event;
import io.github.reedgate.event.EventType;
import io.github.reedgate.store.EventStore;
import io.github.reedgate.store.LogSamples;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** {@code reedgate outbox} as it is seen from a shell. It is 22:10 in Berlin. */
final class OutboxCommandTest {

    @TempDir
    private Path folder = Path.of("");

    private final Printed out = new Printed();
    private final Printed err = new Printed();

    private int outbox(String... more) {
        String[] arguments = new String[more.length + 2];
        arguments[0] = "--state-dir";
        arguments[1] = folder.toString();
        System.arraycopy(more, 0, arguments, 2, more.length);
        return new CommandLine(new OutboxCommand(LogRun.CLOCK))
                .setOut(Printer.to(out))
                .setErr(Printer.to(err))
                .execute(arguments);
    }

    private void keepThree() throws Exception {
        Event first = LogSamples.event(
                LogSamples.stamp(1, LogSamples.START.minusSeconds(90_000), true), EventType.TEST, null, "Test");
        Event opened = LogSamples.event(2, EventType.OPENED, "front_door");
        LogSamples.keep(
                folder,
                List.of(first, opened),
                List.of(LogSamples.routine(1, first), LogSamples.alarm(2, opened), LogSamples.routine(3, opened)));
    }

    private void note(String key, String value) throws Exception {
        try (EventStore store = LogSamples.open(folder)) {
            store.putNote(key, value);
        }
    }

    private long size() throws Exception {
        return Files.size(folder.resolve("reedgate.db"));
    }

    @Test
    void whatWaitsIsToldByClassWithItsAge() throws Exception {
        keepThree();
        assertThat(outbox()).isEqualTo(ExitCode.OK);
        assertThat(err.toString()).isEmpty();
        assertThat(out.toString().lines().toList())
                .containsExactly(
                        "waiting  3 messages: 1 alarm, 2 routine",
                        "oldest   2026-11-21 21:00:00, 25 h 10 min ago, for reedgate/home/event, event 1",
                        "newest   2026-11-22 22:02:00, 8 min 0 s ago, for reedgate/home/event, event 2",
                        "store    " + folder.resolve("reedgate.db") + ", " + size() / 1024 + ".0 KiB (" + size()
                                + " bytes)");
    }

    @Test
    void emptyOutboxIsSaidInWords() throws Exception {
        LogSamples.keep(folder, List.of(), List.of());
        assertThat(outbox()).isEqualTo(ExitCode.OK);
        assertThat(out.toString()).startsWith("waiting  nothing: the broker has acknowledged all there is\nstore    ");
    }

    @Test
    void timeOfAnUnsetClockIsMarked() throws Exception {
        Event early =
                LogSamples.event(LogSamples.stamp(1, Instant.ofEpochSecond(5), false), EventType.TEST, null, "Test");
        LogSamples.keep(folder, List.of(early), List.of(LogSamples.routine(1, early)));
        outbox();
        assertThat(out.toString())
                .contains("waiting  1 message: 0 alarms, 1 routine\n")
                .contains("oldest   1970-01-01 01:00:05, ")
                .contains(" ago (clock not set then), for reedgate/home/event, event 1\n");
    }

    @Test
    void lastRefusalIsToldWithItsTime() throws Exception {
        keepThree();
        note("refusals", "4");
        note("last_refusal", "reedgate/home/event: not authorized\u001B[2J");
        note("last_refusal_time", "2026-11-22T21:09:30Z");
        outbox();
        assertThat(out.toString())
                .contains("refused  4 times, last 2026-11-22 22:09:30, 30 s ago: reedgate/home/event: not"
                        + " authorized\\e[2J\n");
    }

    @Test
    void refusalTimeInMillisecondsIsUnderstoodAndAnOddOneShown() throws Exception {
        keepThree();
        note("refusals", "1");
        note("last_refusal_time", String.valueOf(LogRun.NOW.plusSeconds(9).toEpochMilli()));
        outbox();
        assertThat(out.toString())
                .contains("refused  1 times, last 2026-11-22 22:10:09, later than now by this machine's clock\n");
    }

    @Test
    void messagesThatWereSetAsideAreListed() throws Exception {
        keepThree();
        note(
                "set_aside_list",
                "{\"time\":\"2026-11-22T21:00:00.000Z\",\"topic\":\"homeassistant/device/reedgate_home/config\","
                        + "\"characters\":9000,\"why\":\"connection_closed\",\"tries\":3,\"reason\":\"allow larger\"}\n"
                        + "no JSON\n{\"time\":\"2026-11-22T21:01:00.000Z\",\"topic\":\"reedgate/home/event\",\"characters\":1095,"
                        + "\"why\":\"too_large\",\"tries\":3,\"id\":\"01-2\",\"seq\":\"7\",\"reason\":\"larger\\u001b\"}");
        outbox();
        assertThat(out.toString())
                .contains("aside    2026-11-22 22:00:00 homeassistant/device/reedgate_home/config, 9000 characters,"
                        + " connection_closed: allow larger\n")
                .contains("aside    2026-11-22 22:01:00 reedgate/home/event, 1095 characters, event 7 (01-2),"
                        + " too_large: larger\\e\n");
        int before = out.toString().length();
        outbox("--json");
        assertThat(JSON.std.mapFrom(out.toString().substring(before)).get("set_aside"))
                .asInstanceOf(InstanceOfAssertFactories.LIST)
                .hasSize(2);
    }

    @Test
    void jsonSaysTheSameToPrograms() throws Exception {
        keepThree();
        note("refusals", "4");
        note("last_refusal", "not authorized");
        note("last_refusal_time", "2026-11-22T21:09:30.000Z");
        assertThat(outbox("--json")).isEqualTo(ExitCode.OK);
        assertThat(out.toString().lines()).hasSize(1);
        Map<String, Object> json = JSON.std.mapFrom(out.toString());
        assertThat(json)
                .containsEntry("outbox_depth", 3)
                .containsEntry("alarms", 1)
                .containsEntry("routine", 2)
                .containsEntry("oldest_unsent_s", 90_600)
                .containsEntry("refusals", 4)
                .containsEntry("last_refusal", "not authorized")
                .containsEntry("last_refusal_time", "2026-11-22T21:09:30.000Z")
                .containsEntry("store_bytes", (int) size());
        assertThat(json.get("newest"))
                .isEqualTo(Map.of(
                        "time",
                        "2026-11-22T21:02:00.000Z",
                        "clock_synced",
                        true,
                        "seq",
                        2,
                        "topic",
                        "reedgate/home/event"));
    }

    @Test
    void jsonOfAnEmptyOutboxHasNulls() throws Exception {
        LogSamples.keep(folder, List.of(), List.of());
        outbox("--json");
        assertThat(JSON.std.mapFrom(out.toString()))
                .containsEntry("outbox_depth", 0)
                .containsEntry("oldest_unsent_s", null)
                .containsEntry("oldest", null)
                .containsEntry("last_refusal", null)
                .containsEntry("refusals", 0);
    }

    @Test
    void storeThatCanNotBeReadIsAFailureWithItsFix() {
        assertThat(outbox()).isEqualTo(ExitCode.FAILED);
        assertThat(out.toString()).isEmpty();
        assertThat(err.toString()).startsWith("reedgate: " + folder.resolve("reedgate.db") + " does not exist");
    }
}
