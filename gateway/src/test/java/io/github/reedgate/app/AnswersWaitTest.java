package io.github.reedgate.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reedgate.alarm.AlarmMode;
import io.github.reedgate.alarm.PanelCommand;
import io.github.reedgate.command.Match;
import io.github.reedgate.command.Right;
import io.github.reedgate.command.User;
import io.github.reedgate.contact.Position;
import io.github.reedgate.core.GatewaySettings;
import io.github.reedgate.core.GatewaySnapshot;
import io.github.reedgate.core.Input;
import io.github.reedgate.core.WalkOrder;
import io.github.reedgate.event.Event;
import io.github.reedgate.event.EventType;
import io.github.reedgate.link.LinkEvent;
import io.github.reedgate.message.Incoming;
import io.github.reedgate.notice.NoticeGroup;
import io.github.reedgate.notice.NoticeTarget;
import io.github.reedgate.notify.NotifyTarget;
import io.github.reedgate.store.StoreEvent;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What was answered is done: on a disk that takes its time no answer leaves before it is written, and no alarm waits. */
class AnswersWaitTest {

    private static final Match ANNA = new Match.Known(new User("anna", EnumSet.allOf(Right.class), null, null), false);
    private static final NotifyTarget PHONE = new NotifyTarget(
            new NoticeTarget(
                    "phone", Set.of(NoticeGroup.ALARMS, NoticeGroup.PANEL), Duration.ofSeconds(30), Duration.ZERO),
            NotifyTarget.Kind.NTFY,
            new NotifyTarget.Access(
                    URI.create("http://127.0.0.1:1"),
                    Optional.of("doors"),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty()),
            Duration.ofSeconds(20),
            Duration.ofMinutes(5),
            new NotifyTarget.Taps(Optional.empty(), Optional.of("replies"), true));

    private final LoopRig rig = LoopRig.telling(List.of(PHONE)).start();

    @BeforeEach
    void connect() {
        rig.connect();
        rig.acceptAll();
        rig.sentNow();
        rig.kept.unconfirmed = new ArrayList<>();
    }

    private void order(String action) {
        rig.queue.offer(new LinkEvent.Received(
                Incoming.text("reedgate/home/panel/set", "{\"action\":\"" + action + "\",\"code\":\"2580\"}")));
        rig.turn();
        rig.checks.get(rig.checks.size() - 1).accept(ANNA);
        rig.turn();
    }

    /** The disk has answered all that it was asked. */
    private void written(boolean stored) {
        List<Long> numbers = Objects.requireNonNull(rig.kept.unconfirmed);
        List.copyOf(numbers)
                .forEach(number -> rig.loop.handle(new LoopInput.Stored(new StoreEvent.Confirmed(number, stored))));
        numbers.clear();
        rig.turn();
    }

    private List<String> answers() {
        return rig.sentNow().stream().filter(sent -> sent.startsWith("panel/")).toList();
    }

    @Test
    void replyAndStateLeaveWhenTheDiskHasThem() {
        order("ARM_AWAY");
        rig.pass(Duration.ofMillis(1_500));
        assertThat(answers()).isEmpty();

        written(true);

        assertThat(answers())
                .contains("panel/state armed_away")
                .filteredOn(sent -> sent.startsWith("panel/reply"))
                .singleElement()
                .asString()
                .contains("\"accepted\":true")
                .contains("\"stored\":true,\"warning\":null");
    }

    @Test
    void diskThatFailsIsSaidAndTheCommandIsDone() {
        order("ARM_AWAY");
        written(false);
        assertThat(answers())
                .contains("panel/state armed_away")
                .filteredOn(sent -> sent.startsWith("panel/reply"))
                .singleElement()
                .asString()
                .contains("\"accepted\":true")
                .contains("\"stored\":false,\"warning\":\"this is not on disk yet: a restart may forget it\"");
    }

    @Test
    void diskThatNeverAnswersKeepsAnAnswerBackForTwoSecondsAndNoLonger() {
        order("ARM_AWAY");
        rig.pass(Promises.BOUND.minusMillis(2));
        assertThat(answers()).isEmpty();
        rig.pass(Duration.ofMillis(5));
        assertThat(answers()).anyMatch(sent -> sent.contains("\"stored\":false"));

        written(true);
        assertThat(answers()).as("it was answered").isEmpty();
    }

    @Test
    void refusalIsAnsweredWhenItsTriesAreOnDisk() {
        rig.queue.offer(new LinkEvent.Received(Incoming.text("reedgate/home/panel/set", "nonsense")));
        rig.turn();
        assertThat(answers()).isEmpty();
        written(true);
        assertThat(answers()).singleElement().asString().contains("\"reason\":\"malformed\"");
    }

    @Test
    void alarmWaitsForNoDiskAndAStateThatWaitedNeverCoversIt() {
        order("ARM_AWAY");
        rig.settle(0, Position.OPEN);

        assertThat(rig.dispatches).anyMatch(sent -> sent.notice().text().startsWith("Door 0 opened"));
        assertThat(rig.sentNow())
                .anyMatch(sent -> sent.startsWith("alarm Door 0 opened"))
                .contains("panel/state triggered");

        written(true);
        assertThat(answers()).doesNotContain("panel/state armed_away").anyMatch(sent -> sent.startsWith("panel/reply"));
    }

    @Test
    void valueThatCanNotBeReleasedCostsNothingElse() {
        GatewaySettings.Before lost = new GatewaySettings.Before(
                Map.of(), null, false, GatewaySnapshot.NOTHING, new GatewaySettings.Recall(false, "the disk is new"));
        LoopRig other = LoopRig.of(
                List.of(PHONE),
                LoopRig.nothingKept(),
                new GatewaySettings.StartFacts(2, 1, GatewaySettings.LastStop.CLEAN, 0, 42).withBefore(lost),
                LoopRig.START);
        other.start();
        other.connect();
        other.sentNow();
        other.link.failOn("panel/state"); // is withheld until somebody arms

        other.loop.handle(new LoopInput.Core(
                new Input.PanelCommanded(new PanelCommand.Arm(AlarmMode.AWAY, Set.of(), "control socket"), 7)));

        assertThat(other.kept.events).last().extracting(Event::type).isEqualTo(EventType.ARMED);
        assertThat(other.kept.snapshot).contains("armed_away");
        assertThat(other.answers).hasSize(1);
    }

    @Test
    void localAnswersWaitAsWell() {
        rig.loop.handle(new LoopInput.Core(
                new Input.PanelCommanded(new PanelCommand.Arm(AlarmMode.AWAY, Set.of(), "control socket"), 7)));
        rig.loop.handle(new LoopInput.Core(new Input.TestRequested(8)));
        assertThat(rig.answers).isEmpty();
        written(true);
        assertThat(rig.answers).hasSize(1);

        rig.loop.handle(new LoopInput.Core(new Input.PanelCommanded(new PanelCommand.Disarm("control socket"), 9)));
        written(false);
        rig.loop.handle(new LoopInput.Core(new Input.WalkOrdered(new WalkOrder.Begin(Duration.ofMinutes(1)), 10)));
        assertThat(rig.walks).isEmpty();
        written(false);
        assertThat(rig.walks).hasSize(1);
        assertThat(rig.stores).containsExactly(true, true, false, false);
    }

    @Test
    void phoneIsToldOfACommandWhenTheDiskHasIt() {
        order("ARM_AWAY");
        rig.pass(Duration.ofMillis(100));
        assertThat(rig.dispatches).isEmpty();
        assertThat(rig.kept.notices).as("it is written with the command").hasSize(1);
        written(true);
        assertThat(rig.dispatches)
                .singleElement()
                .satisfies(sent -> assertThat(sent.notice().text()).startsWith("Armed away"));
    }

    @Test
    void stopWaitsForWhatIsStillToBeAnswered() {
        order("DISARM");
        assertThat(rig.loop.waitNanos()).isLessThanOrEqualTo(Promises.BOUND.toNanos());
        rig.loop.handle(new LoopInput.Stop());
        written(true);
        assertThat(answers()).anyMatch(sent -> sent.startsWith("panel/reply"));
    }
}
