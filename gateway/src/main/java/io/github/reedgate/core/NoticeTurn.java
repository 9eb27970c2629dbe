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
 * The turn of those who are told beside the broker: takes in what became of notices, and at the very end of a step decides
 * who is told of what the step told. Never kept.
 */
final class NoticeTurn {

    private final GatewaySettings settings;
    private final Reporter reporter;
    private final Timestamp now;

    NoticeTurn(GatewaySettings settings, Reporter reporter, Timestamp now) {
        this.settings = settings;
        this.reporter = reporter;
        this.now = now;
    }

    /** The plan at the start: it goes on. */
    static Notices starting(GatewaySettings settings, Timestamp now) {
        return NoticeDocument.read(settings.start().before().notices())
                .map(document ->
                        new Notices(document.resumed(now.monotonicNanos()), document.clockSynced() ? document : null))
                .orElse(new Notices(null, null));
    }

    /** Tells what became of a notice. */
    void tell(NoticeNews news) {
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

    /** Decides who is told of what the step told; the plan is kept with it. */
    GatewayState end(GatewayState state) {
        Notices before = state.notices();
        if (settings.targets().isEmpty() && before.plan() == null) {
            return state;
        }
        boolean synced = state.clock().synced();
        NoticeDocument resumed = synced ? null : before.resumed();
        NoticeDesk.Outcome outcome = new NoticeDesk(settings.targets())
                .step(plan(before, state), reporter.told(), openIncident(state), now.monotonicNanos());
        outcome.notices().forEach(reporter::tell);
        NoticePlan plan = outcome.plan();
        if (!Objects.equals(plan, before.plan())) {
            reporter.keepNotices(new NoticeDocument(plan, now.monotonicNanos(), now.wall(), synced));
        } else if (Objects.equals(resumed, before.resumed())) {
            return state;
        }
        return state.withNotices(new Notices(plan, resumed));
    }

    /** The plan; it lay still while the gateway was down, which is made good once the clock tells how long that was. */
    private static @Nullable NoticePlan plan(Notices before, GatewayState state) {
        NoticePlan plan = before.plan();
        NoticeDocument resumed = before.resumed();
        boolean isKnownNow = resumed != null && state.clock().synced();
        return plan == null || resumed == null || !isKnownNow
                ? plan
                : plan.earlierBy(resumed.age(state.clock().startWall()).toNanos());
    }

    private static @Nullable String openIncident(GatewayState state) {
        Panel panel = state.panel();
        Incident incident = panel == null ? null : panel.state().incident();
        return incident == null || !incident.raised() || incident.acknowledged() ? null : incident.id();
    }
}
