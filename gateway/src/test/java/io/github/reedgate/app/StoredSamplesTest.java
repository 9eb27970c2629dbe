package io.github.reedgate.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reedgate.command.Action;
import io.github.reedgate.command.SignedCommands;
import io.github.reedgate.notify.Dispatch;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * State folders that an earlier commit has written are opened and emptied: what waited arrives once and in order, and what was
 * remembered goes on. README.txt beside them says who wrote them, and {@link StoreSamples} how. The expectations are values,
 * read off the samples by hand; they change only where a promise does.
 */
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class StoredSamplesTest {

    private static final Duration BETWEEN = Duration.ofSeconds(10);

    @TempDir
    private Path work = Path.of("");

    private StoreRig open(String name, String configuration, Instant at) throws Exception {
        return StoreRig.start(StoreSamples.unpack(name, work), configuration, at);
    }

    /** Connects and takes everything; then starts once more, and nothing of it comes again. */
    private List<String> emptied(StoreRig rig, String configuration) throws Exception {
        rig.connect();
        rig.acceptAll();
        List<String> came = rig.fromBefore();
        rig.stop();
        try (StoreRig again =
                StoreRig.start(rig.folder, configuration, rig.wall().plus(BETWEEN))) {
            again.connect();
            again.acceptAll();
            assertThat(again.fromBefore()).as("after another start").isEmpty();
            again.stop();
        }
        return came;
    }

    private static Instant at(int seconds) {
        return StoreRig.BEGIN.plusSeconds(seconds);
    }

    private static List<String> texts(StoreRig rig) {
        return rig.dispatches.stream().map(StoredSamplesTest::text).toList();
    }

    private static String text(Dispatch dispatch) {
        return dispatch.target().id() + ": " + dispatch.notice().text();
    }

    @Test
    void nothingWaitsInAnIdleOne() throws Exception {
        StoreRig rig = open("idle", StoreRig.PLAIN, at(60));
        rig.connect(4);
        rig.acceptAll();
        assertThat(rig.fromBefore()).isEmpty();
        assertThat(rig.retained("diagnostics/watermark")).isEqualTo("5");
        assertThat(rig.retained("front_door/state")).isEqualTo("closed");
        rig.stop();
    }

    @Test
    void brokerThatShowedItsWatermarkAndForgotGetsTheEventsOfTheIdleOneAgain() throws Exception {
        StoreRig rig = open("idle", StoreRig.PLAIN, at(60));
        rig.connect(2);
        rig.acceptAll();
        assertThat(rig.fromBefore()).containsExactly("event 3 closed front_door", "event 4 stopping");
        rig.stop();
    }

    /** The reply waits because today's layout keeps it; one that keeps no replies leaves this line out. */
    @Test
    void eventsAlarmLinesAndAReplyArriveInTheirOrder() throws Exception {
        StoreRig rig = open("waiting", StoreRig.HOUSE, at(60));
        assertThat(emptied(rig, StoreRig.HOUSE))
                .containsExactly(
                        "alarm 2 Front door opened, 21:14:07",
                        "panel/reply 0 {\"action\":\"ARM_AWAY\",\"accepted\":true,\"reason\":null,\"sensors\":[],"
                                + "\"stored\":true,\"warning\":null}",
                        "alarm 6 Not armed away: Window open, 21:14:08",
                        "event 2 opened front_door",
                        "event 3 closed front_door",
                        "event 4 arming",
                        "event 5 opened window",
                        "event 6 arm_refused",
                        "event 7 link_lost",
                        "event 8 stopping");
        assertThat(rig.retained("panel/state")).isEqualTo("disarmed");
    }

    @Test
    void eventThatTheBrokerRefusedArrivesAndThoseAboveItThatItTookDoNot() throws Exception {
        assertThat(emptied(open("paused", StoreRig.PLAIN, at(60)), StoreRig.PLAIN))
                .containsExactly(
                        "event 2 opened front_door",
                        "event 5 link_lost",
                        "event 6 closed front_door",
                        "event 7 stopping");
    }

    @Test
    void whatWaitsArrivesAlsoIfItsEventIsNotInTheLogAnyMore() throws Exception {
        StoreRig rig =
                StoreRig.start(StoreSamples.unpack("pruned", work), StoreRig.PLAIN, StoreSamples.SMALL, at(3_600));
        List<String> expected = new ArrayList<>(List.of(
                "alarm 2 Front door opened, 21:14:02",
                "event 1 started",
                "event 2 opened front_door",
                "event 3 closed front_door"));
        for (int move = 0; move < 520; move++) {
            expected.add("event " + (4 + move) + (move % 2 == 0 ? " opened" : " closed") + " window");
        }
        expected.add("event 524 stopping");
        assertThat(emptied(rig, StoreRig.PLAIN)).isEqualTo(expected);
    }

    @Test
    void notificationsAndTheEscalationGoOn() throws Exception {
        StoreRig rig = open("notices", StoreRig.HOUSE, at(100));
        rig.takeNotifications();
        assertThat(texts(rig))
                .containsExactly(
                        "phone: Front door opened, 21:15:03", "phone: Front door opened while armed away, 21:15:03");
        assertThat(rig.dispatches.get(1).notice().event().more())
                .containsEntry("incident_id", "01a2051c-cbf6-72c9-9973-5afb0a032f37");
        rig.connect();
        rig.acceptAll();
        assertThat(rig.retained("panel/state")).isEqualTo("triggered");
        untilWall(rig, at(662));
        assertThat(texts(rig)).noneMatch(text -> text.startsWith("neighbour"));
        untilWall(rig, at(664));
        assertThat(texts(rig)).filteredOn(text -> text.startsWith("neighbour")).hasSize(1);
        assertThat(rig.fromBefore()).isEmpty();
        rig.stop();
    }

    private static void untilWall(StoreRig rig, Instant at) {
        while (rig.wall().isBefore(at)) {
            Duration left = Duration.between(rig.wall(), at);
            rig.pass(left.compareTo(BETWEEN) < 0 ? left : BETWEEN);
            rig.takeNotifications();
        }
    }

    /** The exit delay had 40 s left when the sample ended at 21:14:22. */
    @Test
    void exitDelayRunsOnWithWhatWasLeftOfIt() throws Exception {
        StoreRig rig = open("arming", StoreRig.HOUSE, at(32));
        rig.connect();
        rig.acceptAll();
        rig.pass(Duration.ofSeconds(27));
        rig.acceptAll();
        assertThat(rig.retained("panel/state")).isEqualTo("arming");
        rig.pass(Duration.ofSeconds(2));
        rig.acceptAll();
        assertThat(rig.retained("panel/state")).isEqualTo("armed_away");
        assertThat(rig.retained("panel/detail")).contains("\"mode\":\"away\"");
        rig.stop();
    }

    @Test
    void usedNoncesAndWrongCodesAreRemembered() throws Exception {
        StoreRig rig = open("nonces", StoreRig.HOUSE, at(40));
        rig.connect();
        rig.acceptAll();
        rig.command(SignedCommands.payload(Action.ARM_AWAY, 1, at(242)));
        rig.acceptAll();
        assertThat(rig.events("command_refused"))
                .singleElement()
                .satisfies(event -> assertThat(event).containsEntry("reason", "repeated"));
        assertThat(rig.retained("panel/state")).isEqualTo("disarmed");
        rig.command("{\"action\":\"DISARM\",\"code\":\"0000\"}");
        rig.acceptAll();
        assertThat(rig.events("command_refused"))
                .last()
                .satisfies(event ->
                        assertThat(event).containsEntry("reason", "wrong_code").containsEntry("tries", 3));
        rig.pass(Duration.ofSeconds(60));
        rig.command(SignedCommands.payload(Action.ARM_AWAY, 3, at(242)));
        rig.acceptAll();
        assertThat(rig.retained("panel/state")).isEqualTo("arming");
        rig.stop();
    }

    /** The window was reported left open at 21:24:02; found closed now, it is reported as over. */
    @Test
    void whatWasReportedOfAContactIsRemembered() throws Exception {
        StoreRig rig = open("remembered", StoreRig.PLAIN, at(700));
        rig.breakLine(StoreRig.FRONT_DOOR);
        rig.connect();
        rig.acceptAll();
        assertThat(rig.fromBefore()).isEmpty();
        assertThat(rig.events("left_open_cleared"))
                .singleElement()
                .satisfies(event -> assertThat(event).containsEntry("sensor", "window"));
        rig.stop();
    }

    @Test
    void damagedRowCostsItselfAlone() throws Exception {
        assertThat(emptied(open("damaged", StoreRig.PLAIN, at(60)), StoreRig.PLAIN))
                .containsExactly(
                        "alarm 3 Front door opened, 21:14:02",
                        "event 1 started",
                        "event 3 opened front_door",
                        "event 4 closed window",
                        "event 5 stopping");
    }

    /** All of it was in the write-ahead log. */
    @Test
    void oneThatWasCutOffLosesNothing() throws Exception {
        StoreRig rig = open("cut", StoreRig.HOUSE, at(13));
        assertThat(emptied(rig, StoreRig.HOUSE))
                .containsExactly(
                        "alarm 6 Front door opened, 21:14:03",
                        "event 5 link_lost",
                        "event 6 opened front_door",
                        "event 7 closed front_door");
        assertThat(rig.retained("panel/state")).isEqualTo("arming");
    }

    @Test
    void layoutsBeforeAreOpenedAndEmptied() throws Exception {
        for (String name : List.of("layout1", "layout2")) {
            assertThat(emptied(open(name, StoreRig.PLAIN, at(60)), StoreRig.PLAIN))
                    .as(name)
                    .containsExactly(
                            "alarm 2 Front door opened, 21:14:02",
                            "event 1 started",
                            "event 2 opened front_door",
                            "event 3 stopping");
        }
    }
}
