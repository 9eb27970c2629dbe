package io.github.reedgate.command;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads the payload of a command: one of the words of {@link Action}, or a JSON object, with what {@link #bare} takes away around it.
 * Whatever else it is, it is refused; nothing from it goes into a message or a log. Stateless.
 *
 * <pre>
 * {"action":    "ARM_AWAY",                    one of the words
 *  "code":      "2580",                        text; left out, null, "", "None" and "null" mean that there is none
 *  "bypass":    ["back_door"],                 ids of sensors to be left out, only for arming; may be left out
 *  "issued_at": "2026-11-22T21:14:03Z"}        ISO 8601 with an offset; may be left out
 * </pre>
 *
 * <p>A signed one has no code and no time, but these four, each of them text:
 *
 * <pre>
 * {"user":      "anna",                        who signed it
 *  "nonce":     "9f86d081884c7d65",            16 to 32 of A-Z, a-z, 0-9, _ and -
 *  "expires":   "2026-11-22T21:14:33Z",        whole seconds, in this form alone
 *  "signature": "..."}                         64 hexadecimal digits, small letters
 * </pre>
 */
public final class CommandText {

    /** The longest payload in bytes; longer ones are not looked at. */
    public static final int LIMIT_BYTES = 1_024;

    private static final int DEEPEST = 4;
    private static final int MOST_SENSORS = 32;
    private static final Pattern ID = Pattern.compile("[a-z0-9_-]{1,32}(?:\\.tamper)?");
    private static final Pattern USER = Pattern.compile("[a-z0-9_-]{1,32}");
    private static final Pattern NONCE = Pattern.compile("[A-Za-z0-9_-]{16,32}");
    private static final Pattern SECOND = Pattern.compile("[0-9]{4}(-[0-9]{2}){2}T([0-9]{2}:){2}[0-9]{2}Z");
    private static final Pattern MAC = Pattern.compile("[0-9a-f]{64}");
    private static final Pattern WORD = Pattern.compile("[A-Z_]{1,32}");

    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(DEEPEST)
                    .maxDocumentLength(LIMIT_BYTES)
                    .maxNumberLength(20)
                    .maxNameLength(64)
                    .build())
            .build();

    private CommandText() {}

    /**
     * What was read: a command, or else why it is none. Immutable.
     *
     * @param command the command, or null
     * @param refusal why there is none; means nothing if there is one
     */
    public record Reading(@Nullable Command command, Refusal refusal) {

        private static Reading of(Command command) {
            return new Reading(command, Refusal.MALFORMED);
        }

        /** None. */
        public static Reading refused(Refusal why) {
            return new Reading(null, why);
        }
    }

    /** A payload that is no command. */
    private static final class Unreadable extends IOException {

        private static final long serialVersionUID = 1;

        private final Refusal why;

        Unreadable(Refusal why) {
            super(why.sentence());
            this.why = why;
        }
    }

    /** Reads a payload, of whatever length; throws nothing, whatever it holds. */
    public static Reading read(String text) {
        if (text.length() > LIMIT_BYTES || utf8Bytes(text) > LIMIT_BYTES) {
            return Reading.refused(Refusal.TOO_LARGE);
        }
        String bare = bare(text);
        if (WORD.matcher(bare).matches()) {
            return Action.of(bare)
                    .map(action -> Reading.of(new Command(action, null, List.of(), null)))
                    .orElse(Reading.refused(Refusal.UNKNOWN_ACTION));
        }
        return json(bare);
    }

    /**
     * A payload without what shells and editors put around it: one byte order mark at its very beginning, and the white space of JSON,
     * which is space, tab, line feed and carriage return, at both ends. Nothing else is taken away.
     */
    public static String bare(String text) {
        int from = text.startsWith("\uFEFF") ? 1 : 0;
        int to = text.length();
        while (from < to && isSpace(text.charAt(from))) {
            from++;
        }
        while (from < to && isSpace(text.charAt(to - 1))) {
            to--;
        }
        return text.substring(from, to);
    }

    private static boolean isSpace(char each) {
        return each == ' ' || each == '\t' || each == '\n' || each == '\r';
    }

    private static long utf8Bytes(String text) {
        return text.codePoints()
                .map(each -> each < 0x80 ? 1 : each < 0x800 ? 2 : each < 0x1_0000 ? 3 : 4)
                .sum();
    }

    private static Reading json(String text) {
        try (JsonParser json = JSON.createParser(text)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                return Reading.refused(Refusal.MALFORMED);
            }
            Fields fields = new Fields();
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                fields.take(json);
            }
            if (json.nextToken() != null) {
                return Reading.refused(Refusal.MALFORMED);
            }
            return Reading.of(fields.command());
        } catch (Unreadable e) {
            return Reading.refused(e.why);
        } catch (IOException e) {
            return Reading.refused(Refusal.MALFORMED);
        }
    }

    /** The fields of one object while it is read. */
    private static final class Fields {

        private @Nullable Action action;
        private @Nullable Code code;
        private List<String> bypass = List.of();
        private @Nullable Instant issuedAt;
        private @Nullable String user;
        private @Nullable String nonce;
        private @Nullable Instant expires;
        private @Nullable String mac;

        void take(JsonParser json) throws IOException {
            String name = json.currentName();
            json.nextToken();
            switch (name) {
                case "action" ->
                    action = Action.of(text(json)).orElseThrow(() -> new Unreadable(Refusal.UNKNOWN_ACTION));
                case "code" -> code = code(json);
                case "bypass" -> bypass = ids(json);
                case "issued_at" -> issuedAt = json.currentToken() == JsonToken.VALUE_NULL ? null : instant(text(json));
                case "user" -> user = text(json, USER);
                case "nonce" -> nonce = text(json, NONCE);
                case "expires" -> expires = instant(text(json, SECOND));
                case "signature" -> mac = text(json, MAC);
                default -> throw new Unreadable(Refusal.UNKNOWN_FIELD);
            }
        }

        Command command() throws Unreadable {
            boolean isArming = action != null && action.right() == Right.ARM;
            if (action == null || !(isArming || bypass.isEmpty())) {
                throw new Unreadable(Refusal.MALFORMED);
            }
            return new Command(action, code, bypass, issuedAt, signed());
        }

        /** All four or none; what is not signed may not stand beside them. */
        private @Nullable Signed signed() throws Unreadable {
            if (user == null && nonce == null && expires == null && mac == null) {
                return null;
            }
            if (user == null || nonce == null || expires == null || mac == null || code != null || issuedAt != null) {
                throw new Unreadable(Refusal.MALFORMED);
            }
            return new Signed(user, nonce, expires, mac);
        }

        private static String text(JsonParser json, Pattern form) throws IOException {
            String text = text(json);
            if (!form.matcher(text).matches()) {
                throw new Unreadable(Refusal.MALFORMED);
            }
            return text;
        }

        private static String text(JsonParser json) throws IOException {
            if (json.currentToken() != JsonToken.VALUE_STRING) {
                throw new Unreadable(Refusal.MALFORMED);
            }
            return json.getText();
        }

        /** Characters that can't be anybody's code are a wrong code, not none. */
        private static @Nullable Code code(JsonParser json) throws IOException {
            if (json.currentToken() == JsonToken.VALUE_NULL) {
                return null;
            }
            String characters = text(json);
            if (Code.meansNone(characters)) {
                return null;
            }
            Optional<Code> code = Code.of(characters);
            return code.orElseThrow(() -> new Unreadable(Refusal.WRONG_CODE));
        }

        private static List<String> ids(JsonParser json) throws IOException {
            if (json.currentToken() == JsonToken.VALUE_NULL) {
                return List.of();
            }
            if (json.currentToken() != JsonToken.START_ARRAY) {
                throw new Unreadable(Refusal.MALFORMED);
            }
            List<String> ids = new ArrayList<>();
            while (json.nextToken() != JsonToken.END_ARRAY) {
                String id = text(json);
                if (!ID.matcher(id).matches() || ids.contains(id) || ids.size() == MOST_SENSORS) {
                    throw new Unreadable(Refusal.MALFORMED);
                }
                ids.add(id);
            }
            return ids;
        }

        private static Instant instant(String text) throws Unreadable {
            try {
                return OffsetDateTime.parse(text).toInstant();
            } catch (DateTimeException e) {
                throw new Unreadable(Refusal.MALFORMED);
            }
        }
    }
}
