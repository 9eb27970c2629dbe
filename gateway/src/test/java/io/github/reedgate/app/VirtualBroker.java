package io.github.reedgate.app;

import io.github.reedgate.message.Message;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a broker holds, and the book of its one subscriber with a kept session, who may be away for a while. Notes everything
 * that contradicts what is promised of order. Used by one thread.
 */
final class VirtualBroker {

    private static final String ROOT = "reedgate/home/";
    private static final String WATERMARK = ROOT + "diagnostics/watermark";
    private static final Pattern SEQ = Pattern.compile("\"seq\":(\\d+)");

    private final Map<String, Long> events = new LinkedHashMap<>();
    private final Map<String, Long> alarms = new LinkedHashMap<>();
    private final Set<String> forgottenAlarms = new HashSet<>();
    private final List<String> contradictions = new ArrayList<>();
    private Map<String, String> retained = new HashMap<>();
    private Map<String, String> saved = Map.of();
    private final Map<String, Long> detailSeqs = new HashMap<>();
    private final List<Message> queued = new ArrayList<>();
    private boolean subscriberAway;
    private boolean forgot;
    private long highestEvent;
    private long highestAlarm;
    private int repeated;
    private int late;
    private int overtaken;

    /** Takes a message in. */
    void take(Message message) {
        if (message.retain()) {
            retained.put(message.topic(), message.payload());
            checkDetail(message);
        } else if (subscriberAway) {
            queued.add(message);
        } else {
            enter(message);
        }
    }

    /** Of a detail its event's number tells whether it is older than what stood there. */
    private void checkDetail(Message message) {
        Matcher seq = SEQ.matcher(message.payload());
        if (message.topic().endsWith("/detail") && seq.find()) {
            long number = Long.parseLong(seq.group(1));
            Long before = detailSeqs.put(message.topic(), number);
            if (before != null && before > number) {
                contradictions.add(message.topic() + " went back from " + before + " to " + number);
            }
        }
    }

    private void enter(Message message) {
        String id = message.userProperties().getOrDefault("id", "none");
        long seq = Long.parseLong(message.userProperties().getOrDefault("seq", "-1"));
        boolean replayed = message.userProperties().containsKey("replayed");
        boolean isAlarm = message.topic().equals(ROOT + "alarm");
        if ((isAlarm ? alarms : events).putIfAbsent(id, seq) != null) {
            repeated++;
        } else if (isAlarm && seq < 0) {
            // it left before it was known which numbers are used: nothing to compare
        } else if (isAlarm) {
            if (seq < highestAlarm) {
                overtaken++;
                note(!replayed, "alarm " + seq + " came live behind " + highestAlarm);
            }
            highestAlarm = Math.max(highestAlarm, seq);
        } else {
            if (seq < highestEvent) {
                late++;
                note(!forgot, "event " + seq + " came behind " + highestEvent);
            }
            highestEvent = Math.max(highestEvent, seq);
        }
    }

    private void note(boolean wrong, String what) {
        if (wrong) {
            contradictions.add(what);
        }
    }

    /** The gateway's last will. */
    void will() {
        retained.put(ROOT + "availability", "offline");
    }

    /** The subscriber leaves, and the broker writes everything to its disk. */
    void subscriberLeaves() {
        subscriberAway = true;
        saved = new HashMap<>(retained);
    }

    /** The subscriber comes back and gets what waits for it. */
    void subscriberComes() {
        subscriberAway = false;
        queued.forEach(this::enter);
        queued.clear();
    }

    /** How many messages wait for the subscriber. */
    int waiting() {
        return queued.size();
    }

    /** Crashes and comes back as it was when it last wrote to its disk, or with nothing; the subscriber comes at once. */
    void crash(boolean empty) {
        retained = empty ? new HashMap<>() : new HashMap<>(saved);
        forgot = true;
        queued.stream()
                .filter(message -> message.topic().equals(ROOT + "alarm"))
                .forEach(message -> forgottenAlarms.add(message.userProperties().getOrDefault("id", "none")));
        queued.clear();
        detailSeqs.clear();
        subscriberAway = false;
    }

    /** Whether it ever forgot what it had acknowledged. */
    boolean forgot() {
        return forgot;
    }

    /** The retained watermark, if it has one. */
    OptionalLong watermark() {
        String number = retained.get(WATERMARK);
        return number == null ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(number));
    }

    static boolean isWatermark(Message message) {
        return message.topic().equals(WATERMARK);
    }

    /** The retained value of a topic below the gateway's root. */
    String retained(String topic) {
        return retained.getOrDefault(ROOT + topic, "none");
    }

    /** The ids of all events that came. */
    Set<String> eventIds() {
        return events.keySet();
    }

    /** The ids of all alarms that came, or that the broker had acknowledged and then forgot. */
    Set<String> alarmIds() {
        Set<String> ids = new HashSet<>(alarms.keySet());
        ids.addAll(forgottenAlarms);
        return ids;
    }

    /** What should not have happened. */
    List<String> contradictions() {
        return contradictions;
    }

    int repeated() {
        return repeated;
    }

    int late() {
        return late;
    }

    int overtaken() {
        return overtaken;
    }
}
