package io.github.reedgate.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reedgate.alarm.PanelCommand;
import io.github.reedgate.command.Match;
import io.github.reedgate.command.Right;
import io.github.reedgate.command.User;
import io.github.reedgate.contact.Position;
import io.github.reedgate.core.Input;
import io.github.reedgate.core.Snapshots;
import io.github.reedgate.event.EventType;
import io.github.reedgate.link.LinkEvent;
import io.github.reedgate.message.Incoming;
import io.github.reedgate.store.Bounds;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands through the loop: from the connection to the check of the code, and back. */
class CommandDeskTest {

    private static final String DISARM = "{\"action\":\"DISARM\",\"code\":\"2580\"}";
    private static final Match ANNA = new Match.Known(new User("anna", EnumSet.allOf(Right.class), null, null), false);

    private final LoopRig rig = new LoopRig(2, 100, 100);

    private void connected() {
        rig.start();
        rig.connect();
        rig.acceptAll();
        rig.sentNow();
    }

    private void send(String text) {
        rig.queue.offer(new LinkEvent.Received(Incoming.text("reedgate/home/panel/set", text)));
    }

    @Test
    void codeIsCheckedElsewhereAndTheLoopGoesOnMeanwhile() {
        connected();
        send(DISARM);
        rig.turn();
        assertThat(rig.checks).hasSize(1);
        assertThat(rig.sentNow()).isEmpty();
        rig.settle(0, Position.OPEN);
        assertThat(rig.sentNowWithoutDetails())
                .containsSubsequence("s0/state open", "event opened")
                .hasSize(3);
        rig.checks.get(0).accept(ANNA);
        rig.turn();
        assertThat(rig.answers)
                .singleElement()
                .satisfies(answer -> assertThat(answer.command()).isEqualTo(new PanelCommand.Disarm("anna")));
        assertThat(rig.sentNow()).anyMatch(sent -> sent.startsWith("panel/reply {\"action\":\"DISARM\""));
    }

    @Test
    void floodOfCommandsLosesNoMoveOfADoor() {
        connected();
        for (int i = 0; i < 1_000; i++) {
            send(i % 2 == 0 ? DISARM : "nonsense");
        }
        rig.lines.edge(0, LoopRig.WIRING.level(Position.OPEN), rig.time.now().monotonicNanos());
        for (int i = 0; i < 1_000; i++) {
            send(DISARM);
        }
        rig.turn();
        assertThat(rig.checks).hasSizeLessThanOrEqualTo(InputQueue.MOST_RECEIVED);
        rig.pass(Duration.ofMillis(150));
        assertThat(rig.sentNow()).anyMatch(sent -> sent.startsWith("alarm Door 0 opened"));
    }

    @Test
    void wrongCodesAreKeptForTheNextStart(@TempDir Path folder) {
        connected();
        for (int i = 0; i < 5; i++) {
            send(DISARM);
            rig.turn();
            rig.checks.get(i).accept(new Match.Nobody());
            rig.turn();
            rig.acceptAll();
        }
        assertThat(Snapshots.of(rig.kept.snapshot).failedCodes()).isEqualTo(5);
        assertThat(rig.kept.events.stream().filter(event -> event.type() == EventType.COMMAND_REFUSED))
                .hasSize(5);
        try (DurableStorage storage = DurableStorage.open(folder, Bounds.DEFAULT, event -> {})) {
            assertThat(storage.found().before().snapshot().failedCodes()).isZero();
            storage.start();
            storage.journal().keepSnapshot(rig.kept.snapshot);
            storage.journal().stepDone();
        }
        try (DurableStorage again = DurableStorage.open(folder, Bounds.DEFAULT, event -> {})) {
            assertThat(again.found().before().snapshot().failedCodes()).isEqualTo(5);
        }
    }

    @Test
    void whoAsksOnThisMachineIsAnswered() {
        connected();
        rig.queue.offer(new LoopInput.Core(new Input.PanelCommanded(new PanelCommand.Disarm("control socket"), 7)));
        rig.turn();
        assertThat(rig.answers)
                .singleElement()
                .satisfies(answer -> assertThat(answer.requestId()).isEqualTo(7));
        assertThat(rig.sentNow()).noneMatch(sent -> sent.startsWith("panel/reply"));
    }

    @Test
    void latestOfEachRetainedTopicCanBeLookedAt() {
        connected();
        rig.settle(1, Position.OPEN);
        List<String> seen = new java.util.ArrayList<>();
        rig.queue.offer(new LoopInput.Look(
                glance -> glance.latest().forEach(message -> seen.add(message.topic() + " " + message.payload()))));
        rig.turn();
        assertThat(seen).contains("reedgate/home/s0/state closed", "reedgate/home/s1/state open");
    }
}
