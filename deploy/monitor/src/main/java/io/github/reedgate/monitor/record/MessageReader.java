package io.github.reedgate.monitor.record;

import io.github.reedgate.cli.LogJson;
import io.github.reedgate.delivery.Watermark;
import io.github.reedgate.event.Event;
import io.github.reedgate.text.JsonObject;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads messages: an event, the present value of a topic, or something that is rejected with a reason. It trusts no text and
 * throws nothing. Immutable; reads no clock.
 */
public final class MessageReader {

    /** The highest number that an event may have: JSON readers of other languages hold no larger one exactly. */
    public static final long HIGHEST = 9_007_199_254_740_991L;

    private static final int MOST_PAYLOAD = 65_536;
    private static final int MOST_VALUE = 16_384;
    private static final int MOST_MESSAGE = 4_096;
    private static final int MOST_WORD = 64;
    private static final int MOST_NAME = 256;
    private static final Pattern ID = Pattern.compile("[a-z0-9_-]{1,32}");
    private static final Pattern WORD = Pattern.compile("[a-z0-9_]{1,64}");
    private static final Pattern EVENT_ID = Pattern.compile("[0-9A-Za-z-]{1,64}");
    private static final Pattern NUMBER = Pattern.compile("0|[1-9][0-9]{0,15}");
    private static final Pattern VALUE =
            Pattern.compile("availability|diagnostics|diagnostics/watermark|[a-z0-9_-]{1,32}/(state|detail)");
    private static final Instant FIRST = Instant.EPOCH;
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59Z");

    private final String root;

    /** A reader of the topics below a prefix. */
    public MessageReader(String topicPrefix) {
        this.root = topicPrefix + "/";
    }

    /** What a message is. */
    public Item read(RawMessage message) {
        try {
            return readOrThrow(message);
        } catch (IOException e) {
            return RejectedMessage.of(message, String.valueOf(e.getMessage()));
        }
    }

    private Item readOrThrow(RawMessage message) throws IOException {
        String topic = message.topic();
        int end = topic.indexOf('/', root.length());
        if (!topic.startsWith(root) || end < 0) {
            throw new IOException("the topic is none of a gateway");
        }
        String gateway = topic.substring(root.length(), end);
        String name = topic.substring(end + 1);
        if (!ID.matcher(gateway).matches()) {
            throw new IOException("the gateway's id in the topic has other characters than a-z, 0-9, _ and -");
        }
        if (message.payload().length > MOST_PAYLOAD) {
            throw new IOException("the payload is longer than " + MOST_PAYLOAD + " bytes");
        }
        String text = text(message.payload());
        if (name.equals("event")) {
            return event(gateway, text, message.receivedMillis());
        }
        if (!VALUE.matcher(name).matches()) {
            throw new IOException("the topic is none of a gateway");
        }
        if (message.payload().length > MOST_VALUE) {
            throw new IOException("the value of a topic is longer than " + MOST_VALUE + " bytes");
        }
        if (name.equals(PresentValue.WATERMARK) && !text.isEmpty() && !isBelieved(text)) {
            throw new IOException("the watermark is no number from 0 to " + Watermark.MOST_BELIEVED);
        }
        return new PresentValue(topic, gateway, name, text, message.receivedMillis());
    }

    private static boolean isBelieved(String text) {
        return NUMBER.matcher(text).matches() && Long.parseLong(text) <= Watermark.MOST_BELIEVED;
    }

    private static String text(byte[] payload) throws IOException {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(payload))
                    .toString();
            if (text.indexOf('\0') >= 0) {
                throw new IOException("the payload has a NUL character");
            }
            return text;
        } catch (CharacterCodingException e) {
            throw new IOException("the payload is not UTF-8", e);
        }
    }

    private static RecordedEvent event(String gateway, String text, long receivedMillis) throws IOException {
        Fields fields = new Fields(new LinkedHashMap<>(object(text)));
        String type = fields.matching("event_type", WORD);
        String id = fields.matching("id", EVENT_ID);
        long seq = fields.number("seq", 1);
        long boot = fields.number("boot", 0);
        if (!fields.matching("gateway", ID).equals(gateway)) {
            throw new IOException("field gateway names another gateway than the topic");
        }
        Instant time = fields.time();
        boolean synced = fields.flag("clock_synced");
        long uptime = fields.number("uptime_ms", 0);
        String sensor = fields.textOrNull("sensor", MOST_WORD);
        String name = fields.textOrNull("name", MOST_NAME);
        String state = fields.textOrNull("state", MOST_WORD);
        String incident = fields.textOrNull(Event.INCIDENT, MOST_WORD);
        String message = fields.text("message", MOST_MESSAGE);
        boolean replayed = fields.flag("replayed");
        NumberRange skipped = Skips.declaredBy(type, fields.all, seq);
        return new RecordedEvent(
                gateway,
                seq,
                id,
                boot,
                time.toEpochMilli(),
                synced,
                uptime,
                type,
                sensor,
                name,
                state,
                incident,
                message,
                replayed,
                fields.all.isEmpty() ? null : LogJson.value(fields.all),
                skipped,
                receivedMillis);
    }

    private static Map<String, @Nullable Object> object(String text) throws IOException {
        try {
            return JsonObject.read(text);
        } catch (IOException e) {
            throw new IOException("the payload is no JSON object", e);
        }
    }

    /** The fields of an event; those that were asked for are taken out. */
    private record Fields(Map<String, @Nullable Object> all) {

        String matching(String name, Pattern pattern) throws IOException {
            String text = text(name, MOST_WORD);
            if (!pattern.matcher(text).matches()) {
                throw new IOException("field " + name + " does not match " + pattern);
            }
            return text;
        }

        String text(String name, int most) throws IOException {
            String text = textOrNull(name, most);
            if (text == null) {
                throw new IOException("field " + name + " is missing");
            }
            return text;
        }

        @Nullable
        String textOrNull(String name, int most) throws IOException {
            Object value = all.remove(name);
            if (value == null) {
                return null;
            }
            if (!(value instanceof String text)) {
                throw new IOException("field " + name + " is no text");
            }
            if (text.length() > most) {
                throw new IOException("field " + name + " is longer than " + most + " characters");
            }
            if (text.codePoints().anyMatch(each -> each == 0 || (each >= 0xD800 && each <= 0xDFFF))) {
                throw new IOException("field " + name + " has a NUL character or half of a character");
            }
            return text;
        }

        long number(String name, long least) throws IOException {
            Object value = all.remove(name);
            if (value instanceof Integer || value instanceof Long) {
                long number = ((Number) value).longValue();
                if (number >= least && number <= HIGHEST) {
                    return number;
                }
                throw new IOException(
                        "field " + name + " is " + number + "; " + least + " to " + HIGHEST + " is allowed");
            }
            throw new IOException("field " + name + " is no whole number");
        }

        boolean flag(String name) throws IOException {
            if (all.remove(name) instanceof Boolean flag) {
                return flag;
            }
            throw new IOException("field " + name + " is neither true nor false");
        }

        Instant time() throws IOException {
            try {
                Instant time = Instant.parse(text("time", MOST_WORD));
                if (!time.isBefore(FIRST) && !time.isAfter(LAST)) {
                    return time;
                }
            } catch (DateTimeException e) {
                throw new IOException("field time is no time", e);
            }
            throw new IOException("field time is not between the years 1970 and 9999");
        }
    }
}
