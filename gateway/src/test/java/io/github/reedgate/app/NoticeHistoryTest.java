package io.github.reedgate.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reedgate.alarm.AlarmMode;
import io.github.reedgate.alarm.PanelCommand;
import io.github.reedgate.contact.Position;
import io.github.reedgate.core.GatewaySettings.Before;
import io.github.reedgate.core.GatewaySettings.LastStop;
import io.github.reedgate.core.GatewaySettings.StartFacts;
import io.github.reedgate.core.Input;
import io.github.reedgate.core.Snapshots;
import io.github.reedgate.event.Event;
import io.github.reedgate.event.EventType;
import io.github.reedgate.notice.Notice;
import io.github.reedgate.notice.NoticeGroup;
import io.github.reedgate.notice.NoticePlan;
import io.github.reedgate.notice.NoticeTarget;
import io.github.reedgate.notify.Answer;
import io.github.reedgate.notify.Dispatch;
import io.github.reedgate.notify.NotifyTarget;
import io.github.reedgate.notify.Trouble;
import io.github.reedgate.time.Timestamp;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * Random histories of doors, commands, servers that fail and kills, after which the disk knows what it knew a few moments before:
 * every alarm that is in the log at the end was taken by the phone's server, and nothing rings for what is over.
 */
class NoticeHistoryTest {

    private static final int HISTORIES = 300;
    private static final int ACTIONS = 60;
    private static final Duration LONG = Duration.ofHours(3);

    private static NotifyTarget target(String id, Duration after) {
        return new NotifyTarget(
                new NoticeTarget(id, Set.of(NoticeGroup.ALARMS), Duration.ofMinutes(1), after),
                NotifyTarget.Kind.WEBHOOK,
                new NotifyTarget.Access(
                        URI.create("http://127.0.0.1:1"),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()),
                Duration.ofSeconds(20),
                Duration.ofMinutes(5),
                NotifyTarget.Taps.NONE);
    }

    private static final List<NotifyTarget> TARGETS =
            List.of(target("phone", Duration.ZERO), target("neighbour", Duration.ofSeconds(90)));

    /** One history. What its rig holds in memory dies with it; doors, servers and the disk go on. */
    private static final class History {

        private final SplittableRandom random;
        private final Deque<LoopRig.Kept> disk = new ArrayDeque<>();
        private final List<Notice> accepted = new ArrayList<>();
        private final Position[] doors = {Position.CLOSED, Position.CLOSED};
        private LoopRig rig;
        private long boot = 1;
        private int seen;
        private int kills;

        History(long seed) {
            this.random = new SplittableRandom(seed);
            this.rig = LoopRig.of(
                    TARGETS, LoopRig.nothingKept(), new StartFacts(1, 1, LastStop.NONE, 0, seed), LoopRig.START);
            begin();
        }

        private void begin() {
            for (int door = 0; door < doors.length; door++) {
                rig.lines.level(door, LoopRig.WIRING.level(doors[door]));
            }
            seen = 0;
            rig.loop.start();
            pass(Duration.ofSeconds(2));
        }

        /** Lets time pass from one deadline to the next. */
        private void pass(Duration duration) {
            long end = rig.time.now().plus(duration).monotonicNanos();
            while (rig.time.now().monotonicNanos() < end) {
                rig.turn();
                check();
                long wait = Math.max(1_000_000, rig.loop.waitNanos());
                rig.time.pass(
                        Duration.ofNanos(Math.min(wait, end - rig.time.now().monotonicNanos())));
            }
            rig.turn();
            check();
        }

        /** Nobody is rung up again for what is over. */
        private void check() {
            for (; seen < rig.dispatches.size(); seen++) {
                Notice notice = rig.dispatches.get(seen).notice();
                if (notice.repeat() > 0) {
                    NoticePlan plan = rig.loop.state().notices().plan();
                    assertThat(plan == null ? null : plan.incident()).isEqualTo(notice.incident());
                }
            }
        }

        void act() {
            switch (random.nextInt(12)) {
                case 0, 1 -> pass(Duration.ofMillis(random.nextLong(40_000)));
                case 2 -> command(new PanelCommand.Arm(AlarmMode.AWAY, Set.of(), "anna"));
                case 3 ->
                    command(
                            random.nextInt(3) == 0
                                    ? new PanelCommand.Disarm("anna")
                                    : new PanelCommand.Acknowledge("anna"));
                case 4, 5, 6 -> move();
                case 7, 8 -> answer(true);
                case 9, 10 -> answer(false);
                default -> kill();
            }
            disk.addFirst(LoopRig.copy(rig.kept));
            while (disk.size() > 3) {
                disk.removeLast();
            }
        }

        private void command(PanelCommand command) {
            rig.loop.handle(new LoopInput.Core(new Input.PanelCommanded(command, 1)));
            rig.turn();
            check();
        }

        private void move() {
            int door = random.nextInt(doors.length);
            doors[door] = doors[door] == Position.OPEN ? Position.CLOSED : Position.OPEN;
            rig.lines.edge(
                    door, LoopRig.WIRING.level(doors[door]), rig.time.now().monotonicNanos());
            pass(Duration.ofMillis(random.nextLong(400)));
        }

        /** Each server answers what it was sent last; an answer to what is answered already changes nothing. */
        private void answer(boolean yes) {
            for (NotifyTarget target : TARGETS) {
                rig.dispatches.stream()
                        .filter(dispatch -> dispatch.target().equals(target))
                        .reduce((before, after) -> after)
                        .ifPresent(dispatch -> answer(dispatch, yes));
            }
        }

        private void answer(Dispatch dispatch, boolean yes) {
            if (yes) {
                accepted.add(dispatch.notice());
            }
            Answer.Outcome outcome = yes
                    ? new Answer.Accepted("answered 200", "")
                    : new Answer.Failed(
                            random.nextBoolean() ? Trouble.NETWORK : Trouble.DENIED,
                            "no",
                            random.nextInt(4) == 0 ? Optional.of(Duration.ofSeconds(90)) : Optional.empty());
            rig.loop.handle(new LoopInput.Told(new Answer(dispatch.target().id(), dispatch.attempt(), outcome)));
            rig.turn();
            check();
        }

        /** The next start knows what was on disk now or a few actions ago. */
        private void kill() {
            if (disk.isEmpty()) {
                return;
            }
            kills++;
            LoopRig.Kept kept = List.copyOf(disk).get(random.nextInt(disk.size()));
            long last = kept.events.stream()
                    .mapToLong(event -> event.stamp().seq())
                    .max()
                    .orElse(0);
            Before before = new Before(Map.of(), null, false, Snapshots.of(kept.snapshot));
            StartFacts facts = new StartFacts(++boot, last + 1_000, LastStop.UNCLEAN, 0, random.nextLong(), before);
            Timestamp at = rig.time.now().plus(Duration.ofMillis(random.nextLong(120_000)));
            rig = LoopRig.of(TARGETS, LoopRig.copy(kept), facts, at);
            begin();
            if (random.nextBoolean()) {
                rig.loop.handle(new LoopInput.Core(new Input.ClockChecked(true)));
                rig.turn();
                check();
            }
        }

        /** At last the servers work, and somebody disarms. */
        void end() {
            long end = rig.time.now().plus(LONG).monotonicNanos();
            command(new PanelCommand.Disarm("anna"));
            while (!rig.kept.notices.isEmpty() && rig.time.now().monotonicNanos() < end) {
                answer(true);
                pass(Duration.ofSeconds(10));
            }
            assertThat(rig.kept.notices).isEmpty();
            assertThat(rig.kept.snapshot).doesNotContain("escalation");
            Set<String> taken = new HashSet<>();
            accepted.forEach(notice ->
                    taken.add(notice.target() + " " + notice.event().stamp().id()));
            for (Event event : rig.kept.events) {
                if (event.type() == EventType.TRIGGERED) {
                    assertThat(taken).contains("phone " + event.stamp().id());
                } else if (event.type() == EventType.NOTIFIED) {
                    assertThat(taken)
                            .contains(event.more().get("target") + " "
                                    + event.more().get("about_id"));
                }
            }
        }

        int kills() {
            return kills;
        }

        long alarms() {
            return rig.kept.events.stream()
                    .filter(event -> event.type() == EventType.TRIGGERED)
                    .count();
        }

        long escalations() {
            return accepted.stream().filter(Notice::escalated).count();
        }
    }

    @Test
    void everyAlarmIsTakenInTheEndWhateverFailsAndWhateverIsKilled() {
        int kills = 0;
        long alarms = 0;
        long escalations = 0;
        for (long seed = 1; seed <= HISTORIES; seed++) {
            try {
                History history = new History(seed);
                for (int i = 0; i < ACTIONS; i++) {
                    history.act();
                }
                history.end();
                kills += history.kills();
                alarms += history.alarms();
                escalations += history.escalations();
            } catch (AssertionError e) {
                throw new AssertionError("history of seed " + seed, e);
            }
        }
        assertThat(kills).isGreaterThan(HISTORIES);
        assertThat(alarms).isGreaterThan(HISTORIES);
        assertThat(escalations).isPositive();
    }
}
