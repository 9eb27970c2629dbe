package io.github.reedgate.notice;

import io.github.reedgate.event.Event;
import io.github.reedgate.event.EventType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Decides who is told what: {@code step(plan, what was told, now) -> (plan, notices)}. An alarm of the panel is told at once or
 * after a while, and again and again, until it is acknowledged; all else is told once, at once. Immutable.
 */
public final class NoticeDesk {

    /** After every so many repetitions the time between them grows by as much as it was at first. */
    static final int SLOWER_AFTER = 10;

    private final List<NoticeTarget> targets;

    /** A desk for these targets. */
    public NoticeDesk(List<NoticeTarget> targets) {
        this.targets = List.copyOf(targets);
    }

    /**
     * What comes of a step.
     *
     * @param plan the plan from now on; null if there is none
     * @param notices what is to be told now, in this order
     */
    public record Outcome(@Nullable NoticePlan plan, List<Notice> notices) {}

    /**
     * Takes in what happened.
     *
     * @param plan the plan so far, or null
     * @param told events of this moment, in order
     * @param open id of the incident that was raised and not acknowledged yet, or null
     * @param nowNanos the time, on the monotonic clock
     */
    public Outcome step(@Nullable NoticePlan plan, List<Told> told, @Nullable String open, long nowNanos) {
        List<Notice> notices = new ArrayList<>();
        NoticePlan next = plan;
        for (Told one : told) {
            String incident = one.incident();
            if (isAlarmOf(one, open) && (next == null || !next.incident().equals(incident))) {
                next = due(begun(one, open, nowNanos), notices, nowNanos);
            }
            for (NoticeTarget target : targets) {
                notice(next, one, open, target).ifPresent(notices::add);
            }
        }
        if (next != null && !next.incident().equals(open)) {
            next = null;
        }
        return new Outcome(next == null ? null : due(next, notices, nowNanos), notices);
    }

    /** Whether the panel raised its alarm; one that is only repeated counts if the beginning is not remembered. */
    private static boolean isAlarmOf(Told told, @Nullable String open) {
        EventType type = told.event().type();
        return open != null
                && told.line() != null
                && open.equals(told.incident())
                && (type == EventType.TRIGGERED || type == EventType.ALARM_REPEATED);
    }

    private NoticePlan begun(Told first, @Nullable String incident, long nowNanos) {
        List<NoticePlan.Due> dues = targets.stream()
                .filter(target -> target.groups().contains(NoticeGroup.ALARMS))
                .map(target -> new NoticePlan.Due(
                        target.id(), nowNanos + target.after().toNanos(), 0))
                .toList();
        return new NoticePlan(String.valueOf(incident), first, nowNanos, dues);
    }

    /** What a target is told of an event by itself, without the plan. */
    private static Optional<Notice> notice(
            @Nullable NoticePlan plan, Told told, @Nullable String open, NoticeTarget target) {
        EventType type = told.event().type();
        boolean isEnd = type == EventType.ACKNOWLEDGED || type == EventType.DISARMED;
        if (isEnd && plan != null && plan.incident().equals(told.incident()) && plan.wasTold(target.id())) {
            return Optional.of(new Notice(target.id(), Grade.ROUTINE, told.text(), 0, false, 0, told.event()));
        }
        Optional<NoticeGroup> group = NoticeGroup.of(type, told.line() != null).filter(target.groups()::contains);
        if (group.isEmpty() || type == EventType.ALARM_REPEATED || isOwn(told, target)) {
            return Optional.empty();
        }
        if (isAlarmOf(told, open)) {
            boolean isMore = plan != null && !isFirst(plan, told) && plan.wasTold(target.id());
            return isMore ? Optional.of(plain(told, group.get(), target)) : Optional.empty();
        }
        boolean isForOthers = target.isEscalation() && group.get() == NoticeGroup.ALARMS && type != EventType.TEST;
        return isForOthers ? Optional.empty() : Optional.of(plain(told, group.get(), target));
    }

    private static boolean isFirst(NoticePlan plan, Told told) {
        return plan.first().event().stamp().seq() == told.event().stamp().seq();
    }

    /** Whether it tells that the target itself can't be told anything, or can again. */
    private static boolean isOwn(Told told, NoticeTarget target) {
        EventType type = told.event().type();
        return (type == EventType.NOTIFY_FAILED || type == EventType.NOTIFY_RESTORED || type == EventType.OVERFLOW)
                && target.id().equals(told.event().more().get(Event.TARGET));
    }

    private static Notice plain(Told told, NoticeGroup group, NoticeTarget target) {
        return new Notice(target.id(), Grade.of(group, told.event().type()), told.text(), 0, false, 0, told.event());
    }

    /** Tells those whose time has come. A target that is gone is forgotten. */
    private NoticePlan due(NoticePlan plan, List<Notice> notices, long nowNanos) {
        List<NoticePlan.Due> dues = new ArrayList<>();
        for (NoticeTarget target : targets) {
            NoticePlan.Due due = plan.of(target.id()).orElse(null);
            if (due == null) {
                continue;
            }
            Long at = due.nextNanos();
            if (at == null || nowNanos - at < 0) {
                dues.add(due);
                continue;
            }
            boolean escalated = due.times() == 0 && target.isEscalation();
            String text = due.times() == 0 && !escalated
                    ? plan.first().text()
                    : "Not acknowledged for " + length(nowNanos - plan.raisedNanos()) + ": "
                            + plan.first().text();
            notices.add(new Notice(
                    target.id(),
                    Grade.ALARM,
                    text,
                    due.times(),
                    escalated,
                    due.times() == 0 && !escalated ? 0 : (nowNanos - plan.raisedNanos()) / 1_000_000,
                    plan.first().event()));
            Long next = next(target, due.times(), nowNanos);
            dues.add(new NoticePlan.Due(target.id(), next, due.times() + 1));
        }
        return new NoticePlan(plan.incident(), plan.first(), plan.raisedNanos(), dues);
    }

    /** When it is told again: later and later, or an alarm of days would use up what servers take in a day. */
    private static @Nullable Long next(NoticeTarget target, int times, long nowNanos) {
        long slower = 1L + times / SLOWER_AFTER;
        return target.repeat().isZero()
                ? null
                : Long.valueOf(nowNanos + target.repeat().multipliedBy(slower).toNanos());
    }

    private static String length(long nanos) {
        long seconds = nanos / 1_000_000_000;
        if (seconds < 120) {
            return seconds + " s";
        }
        return seconds < 7_200 ? seconds / 60 + " min" : seconds / 3_600 + " h";
    }
}
