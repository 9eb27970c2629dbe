package io.github.reedgate.monitor.app;

import io.github.reedgate.event.ClockText;
import io.github.reedgate.event.Event;
import io.github.reedgate.event.EventType;
import io.github.reedgate.monitor.supervision.MonitorEvent;
import io.github.reedgate.notice.Notice;
import io.github.reedgate.notice.NoticeDesk;
import io.github.reedgate.notice.NoticeNews;
import io.github.reedgate.notice.NoticePlan;
import io.github.reedgate.notice.Told;
import io.github.reedgate.notify.Answer;
import io.github.reedgate.notify.Delay;
import io.github.reedgate.notify.Notifier;
import io.github.reedgate.notify.NotifyTarget;
import io.github.reedgate.notify.Post;
import io.github.reedgate.notify.ReplyWords;
import io.github.reedgate.time.Timestamp;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notifies targets beside the broker of what the supervision reports, with the gateway's own notifier. What waits survives a
 * restart. Owned by the supervision's thread; blocks on the disk only.
 */
final class Alerts {

    private static final Logger LOG = LoggerFactory.getLogger(Alerts.class);

    private final Notifier notifier;
    private final NoticeDesk desk;
    private final String monitor;
    private final ZoneId zone;
    private final Timestamp started;
    // the start's number: only used to tell events of this start from others
    private final long boot;
    private final Map<String, NoticePlan> plans = new HashMap<>();

    /**
     * Takes over what an earlier start kept.
     *
     * @param targets who is notified; may be empty
     * @param post sends
     * @param files what waits
     * @param monitor the monitor's id
     * @param started when the monitor started
     * @throws IOException if what was kept can't be read
     */
    Alerts(List<NotifyTarget> targets, Post post, NoticeFiles files, String monitor, Timestamp started)
            throws IOException {
        byte[] key = new byte[ReplyWords.KEY_BYTES];
        new SecureRandom().nextBytes(key);
        SplittableRandom random = new SplittableRandom();
        this.notifier = new Notifier(targets, post, files, random::nextDouble, new ReplyWords(key));
        this.desk = new NoticeDesk(targets.stream().map(NotifyTarget::rules).toList());
        this.monitor = monitor;
        this.zone = ZoneId.systemDefault();
        this.started = started;
        this.boot = started.wall().toEpochMilli();
        notifier.restore(files.all(), started.monotonicNanos());
    }

    /**
     * Takes an event of the supervision.
     *
     * @param incident the incident of the gateway's alarm that nobody has acknowledged, or empty
     */
    void take(MonitorEvent event, String incident, Timestamp now) {
        Event told = event(event, now);
        String line = event.type().rings() ? event.message() + ", " + ClockText.clock(event.time(), zone) : null;
        step(String.valueOf(event.gateway()), List.of(new Told(told, line)), incident, now);
    }

    /** Notifies who is due, and sends what waits. */
    void advance(Map<String, String> ringing, Timestamp now) {
        for (String gateway : List.copyOf(plans.keySet())) {
            step(gateway, List.of(), ringing.getOrDefault(gateway, ""), now);
        }
        Delay.Clocks clocks = new Delay.Clocks(boot, uptimeMillis(now), now.wall(), true);
        notifier.advance(clocks, now.monotonicNanos()).forEach(Alerts::log);
    }

    /** Takes the answer of a server. */
    void take(Answer answer, Timestamp now) {
        notifier.take(answer, now.monotonicNanos()).forEach(Alerts::log);
    }

    private void step(String gateway, List<Told> told, String incident, Timestamp now) {
        NoticeDesk.Outcome outcome =
                desk.step(plans.get(gateway), told, incident.isEmpty() ? null : incident, now.monotonicNanos());
        NoticePlan plan = outcome.plan();
        if (plan == null) {
            plans.remove(gateway);
        } else {
            plans.put(gateway, plan);
        }
        for (Notice notice : outcome.notices()) {
            notifier.add(notice, now.monotonicNanos());
        }
    }

    private long uptimeMillis(Timestamp now) {
        return Math.max(0, (now.monotonicNanos() - started.monotonicNanos()) / 1_000_000);
    }

    /** The event in the gateway's form, which is what targets read. {@code monitor_event} has the monitor's own word. */
    private Event event(MonitorEvent event, Timestamp now) {
        Map<String, Object> more = new LinkedHashMap<>();
        more.put("monitor", monitor);
        more.put("monitor_event", event.type().word());
        more.putAll(event.more());
        // the gateway's form has a field of that name already
        Object sensor = more.remove("sensor");
        String gateway = event.gateway();
        return new Event(
                type(event),
                new Event.Stamp(event.id(), event.seq(), boot, event.time(), true, uptimeMillis(now)),
                gateway == null ? monitor : gateway,
                null,
                sensor == null ? null : sensor.toString(),
                null,
                event.message(),
                more);
    }

    private static EventType type(MonitorEvent event) {
        return switch (event.type()) {
            case SILENCE_ALARM -> EventType.TRIGGERED;
            case SILENCE_REPEATED -> EventType.ALARM_REPEATED;
            case ACKNOWLEDGED -> EventType.ACKNOWLEDGED;
            case GATEWAY_SILENT, LINK_LOST -> EventType.LINK_LOST;
            case GATEWAY_BACK, LINK_RESTORED -> EventType.LINK_RESTORED;
            case GATEWAY_STOPPED -> EventType.STOPPING;
            case OVERFLOW -> EventType.OVERFLOW;
        };
    }

    private static void log(NoticeNews news) {
        if (news instanceof NoticeNews.Failing failing) {
            LOG.warn("target {} can't be notified, {} wait: {}", failing.target(), failing.waiting(), failing.reason());
        } else if (news instanceof NoticeNews.GivenUp given) {
            LOG.warn(
                    "target {} refuses a notification after {} tries: {}",
                    given.target(),
                    given.tries(),
                    given.reason());
        } else if (news instanceof NoticeNews.Dropped dropped) {
            LOG.warn(
                    "target {}: {} notifications and {} alarms dropped",
                    dropped.target(),
                    dropped.routine(),
                    dropped.alarms());
        } else {
            LOG.info("{}", news);
        }
    }
}
