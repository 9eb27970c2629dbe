package io.github.reedgate.core;

import io.github.reedgate.alarm.Incident;
import io.github.reedgate.event.Event;
import io.github.reedgate.event.EventType;
import io.github.reedgate.notice.Notice;
import io.github.reedgate.notice.NoticeDesk;
import io.github.reedgate.notice.NoticeDocument;
import io.github.reedgate.notice.NoticeNews;
import io.github.reedgate.notice.NoticePlan;
import io.github.reedgate.time.Timestamp;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Two stages of a step, for notification targets. The first records whether a notification was delivered. The second, before
 * the snapshot is made, decides which target gets a notification of the events that the step recorded. Lives for one step.
 */
final class NotificationStage {

    private final StepContext step;
    private final Reporter reporter;

    private NotificationStage(StepContext step) {
        this.step = step;
        this.reporter = step.reporter();
    }

    /** The plan at the start: it goes on. */
    static Notices starting(GatewaySettings settings, Timestamp now) {
        NoticeDocument before = settings.start().before().snapshot().escalation();
        return before == null
                ? new Notices(null, null)
                : new Notices(before.resumed(now.monotonicNanos()), before.clockSynced() ? before : null);
    }

    /** Tells what became of a notice. */
    static void report(StepContext step) {
        if (step.input() instanceof Input.Notified notified) {
            new NotificationStage(step).tell(notified.news());
        }
    }

    private void tell(NoticeNews news) {
        if (news instanceof NoticeNews.Accepted accepted) {
            accepted(accepted);
        } else if (news instanceof NoticeNews.GivenUp given) {
            Map<String, Object> more = fields(given.target(), given.notice());
            more.put("tries", (long) given.tries());
            more.put("reason", given.reason());
            more.put("given_up", true);
            event(EventType.NOTIFY_FAILED, given.target() + " was not told and never will be: " + given.reason(), more);
            reporter.forgetNotice(given.id());
        } else if (news instanceof NoticeNews.Failing failing) {
            Map<String, Object> more = fields(failing.target(), null);
            more.put("reason", failing.reason());
            more.put("waiting", (long) failing.waiting());
            event(EventType.NOTIFY_FAILED, failing.target() + " can't be told: " + failing.reason(), more);
        } else if (news instanceof NoticeNews.Restored restored) {
            Map<String, Object> more = fields(restored.target(), null);
            more.put("outage_ms", restored.outage().toMillis());
            event(
                    EventType.NOTIFY_RESTORED,
                    restored.target() + " can be told again after " + Words.length(restored.outage()),
                    more);
        } else if (news instanceof NoticeNews.Dropped dropped) {
            Map<String, Object> more = fields(dropped.target(), null);
            more.put("dropped_notices", (long) dropped.routine());
            more.put("dropped_alarms", (long) dropped.alarms());
            event(
                    EventType.OVERFLOW,
                    "No room: " + dropped.routine() + " notices and " + dropped.alarms() + " alarms for "
                            + dropped.target() + " were dropped",
                    more);
        }
    }

    private void accepted(NoticeNews.Accepted accepted) {
        Notice notice = accepted.notice();
        Map<String, Object> more = fields(notice.target(), notice);
        more.put("proof", accepted.proof());
        if (!accepted.messageId().isEmpty()) {
            more.put("message_id", accepted.messageId());
        }
        more.put("tries", (long) accepted.tries());
        if (notice.repeat() > 0) {
            more.put("repeat", (long) notice.repeat());
        }
        if (notice.escalated()) {
            more.put("escalated", true);
        }
        reporter.gatewayEvent(EventType.NOTIFIED, notice.target() + " took \"" + notice.text() + "\"", more);
        reporter.forgetNotice(accepted.id());
    }

    private static Map<String, Object> fields(String target, @Nullable Notice notice) {
        Map<String, Object> more = new LinkedHashMap<>();
        if (notice != null && notice.incident() != null) {
            more.put(Event.INCIDENT, notice.incident());
        }
        more.put(Event.TARGET, target);
        if (notice != null) {
            Event.Stamp about = notice.event().stamp();
            more.put("about_id", about.id());
            more.put("about_seq", about.seq());
        }
        return more;
    }

    private void event(EventType type, String message, Map<String, Object> more) {
        reporter.gatewayEvent(type, message, more);
        reporter.log(type != EventType.NOTIFY_RESTORED, message);
    }

    /** Decides who is notified of the step's events. */
    static void decide(StepContext step) {
        if (!step.settings().targets().isEmpty() || step.notices().plan() != null) {
            new NotificationStage(step).decide();
        }
    }

    private void decide() {
        Notices before = step.notices();
        NoticeDesk.Outcome outcome = new NoticeDesk(step.settings().targets())
                .step(plan(before), reporter.told(), openIncident(), step.nowNanos());
        outcome.notices().forEach(reporter::tell);
        boolean goesOn = Objects.equals(incident(outcome.plan()), incident(before.plan()));
        step.notices(new Notices(outcome.plan(), step.clock().synced() || !goesOn ? null : before.resumed()));
    }

    private static @Nullable String incident(@Nullable NoticePlan plan) {
        return plan == null ? null : plan.incident();
    }

    /** The plan; it lay still while the gateway was down, which is made good once the clock tells how long that was. */
    private @Nullable NoticePlan plan(Notices before) {
        NoticePlan plan = before.plan();
        NoticeDocument resumed = before.resumed();
        boolean isKnownNow = resumed != null && step.clock().synced();
        return plan == null || resumed == null || !isKnownNow
                ? plan
                : plan.earlierBy(resumed.age(step.clock().startWall()).toNanos());
    }

    private @Nullable String openIncident() {
        Panel panel = step.panel();
        Incident incident = panel == null ? null : panel.state().incident();
        return incident == null || !incident.raised() || incident.acknowledged() ? null : incident.id();
    }
}
