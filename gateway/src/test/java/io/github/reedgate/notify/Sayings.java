package io.github.reedgate.notify;

import io.github.reedgate.event.Event;
import io.github.reedgate.event.EventType;
import io.github.reedgate.notice.Grade;
import io.github.reedgate.notice.Notice;
import io.github.reedgate.notice.NoticeGroup;
import io.github.reedgate.notice.NoticeTarget;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Targets and notices for tests. */
final class Sayings {

    static final String TOPIC = "door-7f3a";
    static final Instant TIME = Instant.parse("2026-11-22T21:14:03.120Z");
    static final Delay PROMPT = new Delay(Duration.ofMillis(20), TIME, Duration.ZERO);

    private Sayings() {}

    static NotifyTarget ntfy(String url) {
        return target("phone", NotifyTarget.Kind.NTFY, url, Duration.ofMinutes(1));
    }

    static NotifyTarget webhook(String url) {
        return target("hook", NotifyTarget.Kind.WEBHOOK, url, Duration.ofMinutes(1));
    }

    static NotifyTarget target(String id, NotifyTarget.Kind kind, String url, Duration timeout) {
        boolean isNtfy = kind == NotifyTarget.Kind.NTFY;
        NotifyTarget.Access access = new NotifyTarget.Access(
                URI.create(url),
                isNtfy ? Optional.of(TOPIC) : Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        NoticeTarget rules = new NoticeTarget(id, Set.of(NoticeGroup.ALARMS), Duration.ofMinutes(2), Duration.ZERO);
        return new NotifyTarget(rules, kind, access, timeout, Duration.ofMinutes(5), NotifyTarget.Taps.NONE);
    }

    static NotifyTarget with(NotifyTarget target, NotifyTarget.Access access) {
        return new NotifyTarget(target.rules(), target.kind(), access, target.timeout(), target.late(), target.taps());
    }

    static NotifyTarget offering(NotifyTarget target, NotifyTarget.Taps taps) {
        return new NotifyTarget(target.rules(), target.kind(), target.access(), target.timeout(), target.late(), taps);
    }

    static NotifyTarget impatient(NotifyTarget target) {
        return new NotifyTarget(
                target.rules(), target.kind(), target.access(), Duration.ofSeconds(1), target.late(), target.taps());
    }

    static Event event(long seq, String incident) {
        return new Event(
                EventType.TRIGGERED,
                new Event.Stamp("0193-" + seq, seq, 3, TIME, true, 86_400_000),
                "home",
                "front_door",
                "Front door",
                "open",
                "Front door opened while armed away",
                Map.of("incident_id", incident));
    }

    static Notice alarm(String target, long seq) {
        return new Notice(
                target,
                Grade.ALARM,
                "Front door opened while armed away, 22:14:03",
                0,
                false,
                0,
                event(seq, "i" + seq));
    }

    static Notice routine(String target, long seq) {
        return new Notice(target, Grade.ROUTINE, "Armed away", 0, false, 0, event(seq, "i" + seq));
    }

    static Notice repeat(String target, long seq, int number) {
        return new Notice(
                target, Grade.ALARM, "Not acknowledged", number, false, number * 120_000L, event(seq, "i" + seq));
    }
}
