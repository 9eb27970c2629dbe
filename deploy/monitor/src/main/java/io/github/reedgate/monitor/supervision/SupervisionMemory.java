package io.github.reedgate.monitor.supervision;

import io.github.reedgate.json.Json;
import io.github.reedgate.monitor.supervision.GatewayWatch.Life;
import io.github.reedgate.monitor.supervision.GatewayWatch.Panel;
import io.github.reedgate.monitor.supervision.GatewayWatch.Stop;
import io.github.reedgate.time.Timestamp;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Writes what survives a restart as one JSON document, and reads it. Stateless. */
public final class SupervisionMemory {

    private static final long VERSION = 1;
    private static final Duration LONGEST = Duration.ofDays(1);
    private static final Duration LONGEST_OFFSET = Duration.ofDays(365_000);

    private SupervisionMemory() {}

    /** The state of a monitor that has no document. */
    public static SupervisionState empty(Timestamp now) {
        return SupervisionState.empty(now.monotonicNanos());
    }

    /** Writes the document. Monotonic times are left out, because they mean nothing to another process. */
    public static String write(SupervisionState state) {
        Map<String, Object> gateways = new TreeMap<>();
        state.watches().forEach((id, watch) -> gateways.put(id, fields(watch)));
        Map<String, Object> outbox = new LinkedHashMap<>();
        state.outboxBySeq().forEach((seq, event) -> outbox.put(Long.toString(seq), fields(event)));
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("version", VERSION);
        all.put("next_seq", state.nextSeq());
        all.put("gateways", gateways);
        all.put("outbox", outbox);
        return Json.write(all);
    }

    private static Map<String, Object> fields(GatewayWatch watch) {
        Map<String, Object> all = new LinkedHashMap<>();
        Panel panel = watch.panel();
        all.put("panel", panel.mood().name());
        put(all, "incident", panel.incident());
        put(all, "sensor", panel.sensor());
        put(all, "sensor_of", panel.sensorOf());
        all.put("open", panel.open());
        put(all, "deadline", panel.deadline());
        all.put("ever_heard", watch.life().everHeard());
        if (watch.life().online() != null) {
            all.put("online", watch.life().online());
        }
        if (watch.life().offsetMillis() != null) {
            all.put("offset_ms", watch.life().offsetMillis());
        }
        put(all, "heard", watch.life().heard());
        Stop stop = watch.stop();
        all.put("last_boot", stop.boot());
        all.put("last_seq", stop.lastSeq());
        all.put("stop", stop.stage().name());
        put(all, "stop_since", stop.since());
        all.put("stop_overdue", stop.overdue());
        all.put("condition", watch.condition().name());
        put(all, "rung", watch.rung());
        SilenceAlarm alarm = watch.alarm();
        if (alarm != null) {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("incident", alarm.incident());
            one.put("raised", alarm.raised().toString());
            put(one, "sensor", alarm.sensor());
            one.put("text", alarm.text());
            one.put("repeats", alarm.repeats());
            one.put("acknowledged", alarm.acknowledged());
            one.put("heard_since", alarm.heardSince());
            all.put("alarm", one);
        }
        return all;
    }

    private static Map<String, Object> fields(MonitorEvent event) {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("id", event.id());
        all.put("type", event.type().name());
        all.put("time", event.time().toString());
        put(all, "gateway", event.gateway());
        all.put("message", event.message());
        all.put("more", event.more());
        return all;
    }

    private static void put(Map<String, Object> all, String name, @Nullable Object value) {
        if (value != null) {
            all.put(name, value.toString());
        }
    }

    /**
     * Reads the document.
     *
     * @param document what {@link #write} wrote
     * @param settings when alarms are repeated
     * @param now the time
     * @throws DamagedFileException if it is damaged, or of a later version
     */
    public static SupervisionState read(String document, SupervisionSettings settings, Timestamp now)
            throws DamagedFileException {
        try {
            return parsed(document, settings, now);
        } catch (IOException e) {
            throw new DamagedFileException(String.valueOf(e.getMessage()), e);
        }
    }

    private static SupervisionState parsed(String document, SupervisionSettings settings, Timestamp now)
            throws IOException {
        try {
            Map<String, Object> all = Json.read(document);
            if (number(all, "version") != VERSION) {
                throw new IOException("version is " + all.get("version") + ", expected " + VERSION);
            }
            Map<String, GatewayWatch> watches = new HashMap<>();
            for (Map.Entry<?, ?> each : map(all, "gateways").entrySet()) {
                watches.put(String.valueOf(each.getKey()), watch(asMap(each.getValue()), settings, now));
            }
            SortedMap<Long, MonitorEvent> outbox = new TreeMap<>();
            for (Map.Entry<?, ?> each : map(all, "outbox").entrySet()) {
                long seq = Long.parseLong(String.valueOf(each.getKey()));
                MonitorEvent event = event(seq, asMap(each.getValue()));
                if (event.type().rings()) {
                    outbox.put(seq, event);
                }
            }
            LinkPhase link = SupervisionState.empty(now.monotonicNanos()).link();
            return new SupervisionState(watches, link, outbox, number(all, "next_seq"), LeftOut.NONE);
        } catch (IllegalArgumentException | DateTimeException | ArithmeticException e) {
            throw new IOException(String.valueOf(e.getMessage()), e);
        }
    }

    private static GatewayWatch watch(Map<?, ?> all, SupervisionSettings settings, Timestamp now) throws IOException {
        Instant deadline = instant(all, "deadline");
        Long offset = all.get("offset_ms") instanceof Long known ? known : null;
        if (offset != null && (offset > LONGEST_OFFSET.toMillis() || offset < -LONGEST_OFFSET.toMillis())) {
            throw new IOException("field offset_ms is " + offset + ", expected at most " + LONGEST_OFFSET.toMillis());
        }
        Long deadlineNanos =
                deadline == null ? null : Long.valueOf(nanos(deadline.plusMillis(offset == null ? 0 : offset), now));
        Panel panel = new Panel(
                PanelMood.valueOf(text(all, "panel")),
                textOrNull(all, "incident"),
                textOrNull(all, "sensor"),
                textOrNull(all, "sensor_of"),
                texts(all, "open"),
                deadline,
                deadlineNanos);
        Instant since = instant(all, "stop_since");
        Stop stop = new Stop(
                all.get("last_boot") instanceof Long boot ? boot : 0,
                number(all, "last_seq"),
                Stop.Stage.valueOf(text(all, "stop")),
                since == null ? null : Long.valueOf(nanos(since, now)),
                since,
                flag(all, "stop_overdue"));
        Boolean online = all.get("online") instanceof Boolean known ? known : null;
        Life life = new Life(flag(all, "ever_heard"), online, null, null, null, offset, instant(all, "heard"));
        GatewayCondition condition = GatewayCondition.valueOf(text(all, "condition"));
        SilenceAlarm alarm = all.containsKey("alarm") ? alarm(map(all, "alarm"), settings, now) : null;
        return new GatewayWatch(
                panel, life, stop, condition, GatewayWatch.NEW.history(), alarm, textOrNull(all, "rung"));
    }

    /** A time of the wall clock on the monotonic one; one that can't be right counts as a day away. */
    private static long nanos(Instant time, Timestamp now) {
        Duration from = Duration.between(now.wall(), time);
        Duration bounded = from.abs().compareTo(LONGEST) <= 0 ? from : from.isNegative() ? LONGEST.negated() : LONGEST;
        return now.monotonicNanos() + bounded.toNanos();
    }

    private static SilenceAlarm alarm(Map<?, ?> all, SupervisionSettings settings, Timestamp now) throws IOException {
        Instant raised = instant(all, "raised");
        return new SilenceAlarm(
                text(all, "incident"),
                raised == null ? now.wall() : raised,
                textOrNull(all, "sensor"),
                text(all, "text"),
                Math.toIntExact(number(all, "repeats")),
                now.monotonicNanos() + settings.repeat().toNanos(),
                flag(all, "acknowledged"),
                flag(all, "heard_since"));
    }

    private static MonitorEvent event(long seq, Map<?, ?> all) throws IOException {
        Map<String, Object> more = new LinkedHashMap<>();
        map(all, "more").forEach((name, value) -> more.put(String.valueOf(name), value));
        Instant time = instant(all, "time");
        if (time == null) {
            throw new IOException("event " + seq + " has no time");
        }
        return new MonitorEvent(
                seq,
                text(all, "id"),
                MonitorEventType.valueOf(text(all, "type")),
                time,
                textOrNull(all, "gateway"),
                text(all, "message"),
                more);
    }

    private static Map<?, ?> map(Map<?, ?> all, String name) throws IOException {
        return asMap(all.get(name));
    }

    private static Map<?, ?> asMap(@Nullable Object value) throws IOException {
        if (value instanceof Map<?, ?> map) {
            return map;
        }
        throw new IOException("an object is missing");
    }

    private static List<String> texts(Map<?, ?> all, String name) throws IOException {
        if (all.get(name) instanceof List<?> list) {
            return list.stream().map(String::valueOf).toList();
        }
        throw new IOException("field " + name + " is no list");
    }

    private static @Nullable Instant instant(Map<?, ?> all, String name) {
        String text = textOrNull(all, name);
        return text == null ? null : Instant.parse(text);
    }

    private static @Nullable String textOrNull(Map<?, ?> all, String name) {
        return all.get(name) instanceof String text ? text : null;
    }

    private static String text(Map<?, ?> all, String name) throws IOException {
        String text = textOrNull(all, name);
        if (text == null) {
            throw new IOException("field " + name + " is missing");
        }
        return text;
    }

    private static long number(Map<?, ?> all, String name) throws IOException {
        if (all.get(name) instanceof Long number) {
            return number;
        }
        throw new IOException("field " + name + " is no whole number");
    }

    private static boolean flag(Map<?, ?> all, String name) {
        return Boolean.TRUE.equals(all.get(name));
    }
}
