package io.github.reedgate.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reedgate.alarm.AlarmMode;
import io.github.reedgate.alarm.PanelCommand;
import io.github.reedgate.contact.Position;
import io.github.reedgate.core.Input;
import io.github.reedgate.event.Event;
import io.github.reedgate.event.EventType;
import io.github.reedgate.notice.Button;
import io.github.reedgate.notice.Notice;
import io.github.reedgate.notice.NoticeGroup;
import io.github.reedgate.notice.NoticeTarget;
import io.github.reedgate.notify.Answer;
import io.github.reedgate.notify.Dispatch;
import io.github.reedgate.notify.Inquiry;
import io.github.reedgate.notify.NotifyTarget;
import io.github.reedgate.notify.Trouble;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** From a door to an answer of the phone's server, and from its button back to the panel, in virtual time. */
class TellingTest {

    private static final Duration REPEAT = Duration.ofSeconds(30);
    private static final NotifyTarget PHONE = new NotifyTarget(
            new NoticeTarget("phone", Set.of(NoticeGroup.ALARMS), REPEAT, Duration.ZERO),
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

    private void burgle() {
        rig.loop.handle(new LoopInput.Core(
                new Input.PanelCommanded(new PanelCommand.Arm(AlarmMode.AWAY, Set.of(), "anna"), 1)));
        rig.settle(0, Position.OPEN);
    }

    private void answer(Answer.Outcome outcome) {
        Dispatch last = rig.dispatches.get(rig.dispatches.size() - 1);
        rig.loop.handle(new LoopInput.Told(new Answer("phone", last.attempt(), outcome)));
        rig.turn();
    }

    private void hear(String word) {
        Inquiry last = rig.inquiries.get(rig.inquiries.size() - 1);
        rig.loop.handle(new LoopInput.Told(new Answer("phone", last.attempt(), new Answer.Heard(List.of(word), "x1"))));
        rig.turn();
    }

    private String word(Button button) {
        return Objects.requireNonNull(rig.dispatches.get(0).words().get(button));
    }

    private List<Event> events(EventType type) {
        return rig.kept.events.stream().filter(event -> event.type() == type).toList();
    }

    @Test
    void alarmIsOnItsWayAtOnceWithoutABrokerAndKeptUntilItIsTaken() {
        burgle();

        assertThat(rig.dispatches).singleElement().satisfies(dispatch -> {
            assertThat(dispatch.notice().text()).startsWith("Door 0 opened while armed away");
            assertThat(dispatch.delay().age()).isLessThan(Duration.ofSeconds(1));
        });
        assertThat(rig.kept.notices.values())
                .singleElement()
                .satisfies(kept -> assertThat(Notice.read(kept))
                        .hasValue(rig.dispatches.get(0).notice()));
        assertThat(rig.kept.snapshot).contains("\"target\":\"phone\"");

        answer(new Answer.Accepted("ntfy answered 200 with message id a", "a"));
        assertThat(rig.kept.notices).isEmpty();
        assertThat(events(EventType.NOTIFIED)).hasSize(1);
    }

    @Test
    void failureIsToldAndTheNextAttemptComesByItself() {
        burgle();
        answer(new Answer.Failed(Trouble.DENIED, "answered 401"));
        assertThat(events(EventType.NOTIFY_FAILED)).hasSize(1);
        assertThat(rig.kept.notices).hasSize(1);

        rig.pass(Duration.ofSeconds(2));
        assertThat(rig.dispatches).hasSize(2);
        answer(new Answer.Accepted("answered 200", ""));
        assertThat(events(EventType.NOTIFY_RESTORED)).hasSize(1);
    }

    @Test
    void buttonAcknowledgesAndNothingIsRepeatedAnyMore() {
        burgle();
        String word = word(Button.ACKNOWLEDGE);
        answer(new Answer.Accepted("answered 200", ""));
        rig.pass(Duration.ofSeconds(11));
        assertThat(rig.inquiries).hasSize(1);
        hear("DISARM");
        assertThat(events(EventType.ACKNOWLEDGED)).isEmpty();
        rig.pass(Duration.ofSeconds(11));
        hear(word);

        assertThat(events(EventType.ACKNOWLEDGED))
                .singleElement()
                .satisfies(event -> assertThat(event.more()).containsAllEntriesOf(Map.of("by", "phone")));
        assertThat(events(EventType.DISARMED)).as("the alarm goes on").isEmpty();
        assertThat(rig.dispatches)
                .last()
                .extracting(last -> last.notice().text())
                .isEqualTo("Alarm acknowledged by phone");
        answer(new Answer.Accepted("answered 200", ""));
        int told = rig.dispatches.size();
        rig.pass(REPEAT.multipliedBy(2));
        assertThat(rig.dispatches).hasSize(told);
        assertThat(rig.inquiries).as("nobody looks any more").hasSize(2);
        assertThat(rig.kept.snapshot).doesNotContain("escalation");
    }

    @Test
    void buttonDisarmsOnceAndForThisIncidentOnly() {
        burgle();
        String word = word(Button.DISARM);
        answer(new Answer.Accepted("answered 200", ""));
        rig.pass(Duration.ofSeconds(11));
        hear(word);

        assertThat(events(EventType.DISARMED))
                .singleElement()
                .satisfies(event -> assertThat(event.more()).containsAllEntriesOf(Map.of("by", "phone")));
        answer(new Answer.Accepted("answered 200", ""));

        rig.settle(0, Position.CLOSED);
        burgle();
        answer(new Answer.Accepted("answered 200", ""));
        rig.pass(Duration.ofSeconds(11));
        hear(word);
        assertThat(events(EventType.TRIGGERED)).hasSize(2);
        assertThat(events(EventType.DISARMED))
                .as("the word of an incident that is over")
                .hasSize(1);
    }

    @Test
    void brokerAndPhoneDoNotWaitForEachOther() {
        rig.connect();
        burgle();
        assertThat(rig.sentNow()).contains("event triggered");
        assertThat(rig.dispatches).hasSize(1);
        rig.disconnect();
        answer(new Answer.Accepted("answered 200", ""));
        assertThat(rig.kept.notices).isEmpty();
        rig.pass(REPEAT);
        assertThat(rig.dispatches).as("repeated without a broker").hasSize(2);
    }
}
