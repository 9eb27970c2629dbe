package io.github.reedgate.users;

import io.github.reedgate.command.Right;
import io.github.reedgate.command.SigningKey;
import io.github.reedgate.command.User;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;

/**
 * Writes and reads the text of the users file. It is written by {@code reedgate user}; whoever changes it by hand is told
 * what is wrong with it. Stateless.
 *
 * <pre>
 * hash: pbkdf2-sha512
 * iterations: 210000
 * salt: 7Fo2aVb0o8dT9yZ0rQ1x4g==
 * users:
 *   anna:
 *     code: (base 64)
 *     duress: (base 64)                       may be left out
 *     key: (64 hexadecimal digits)            may be left out
 *     rights: [arm, disarm, acknowledge]
 *     from: '2026-12-24T00:00:00Z'            may be left out
 *     until: '2027-01-06T00:00:00Z'           may be left out
 * </pre>
 */
final class UsersYaml {

    private static final String HEAD =
            "# Who may command this gateway. Written by 'reedgate user'; codes can't be read from it, signing keys"
                    + " can.\n";
    private static final int DEEPEST = 4;
    private static final String NAME = "[a-z0-9_-]{1,32}";

    private UsersYaml() {}

    static String write(Users users) {
        Map<String, Object> top = new LinkedHashMap<>();
        top.put("hash", Hashing.METHOD);
        top.put("iterations", users.hashing().iterations());
        top.put("salt", users.hashing().salt());
        Map<String, Object> all = new LinkedHashMap<>();
        for (Entry entry : users.entries()) {
            all.put(entry.user().name(), fields(entry));
        }
        top.put("users", all);
        DumpSettings settings = DumpSettings.builder()
                .setDefaultFlowStyle(FlowStyle.BLOCK)
                .setWidth(200)
                .build();
        return HEAD + new Dump(settings).dumpToString(top);
    }

    private static Map<String, Object> fields(Entry entry) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("code", entry.code());
        if (entry.duress() != null) {
            fields.put("duress", entry.duress());
        }
        if (entry.key() != null) {
            fields.put("key", entry.key().reveal());
        }
        fields.put(
                "rights",
                Arrays.stream(Right.values())
                        .filter(entry.user().rights()::contains)
                        .map(Right::word)
                        .toList());
        if (entry.user().from() != null) {
            fields.put("from", entry.user().from().toString());
        }
        if (entry.user().until() != null) {
            fields.put("until", entry.user().until().toString());
        }
        return fields;
    }

    /**
     * Reads the text.
     *
     * @throws IllegalArgumentException with what is wrong and what is allowed
     */
    static Users read(String text) {
        Map<String, Object> top = map("the file", load(text));
        known("", top, Set.of("hash", "iterations", "salt", "users"));
        String method = text("hash", top.get("hash"));
        if (!method.equals(Hashing.METHOD)) {
            throw new IllegalArgumentException(
                    "hash: is another method than '" + Hashing.METHOD + "', the only one known");
        }
        if (!(top.get("iterations") instanceof Integer iterations)) {
            throw new IllegalArgumentException("iterations: is missing or no number");
        }
        Hashing hashing = new Hashing(iterations, text("salt", top.get("salt")));
        List<Entry> entries = new ArrayList<>();
        for (Map.Entry<String, Object> user : map("users", top.get("users")).entrySet()) {
            entries.add(entry(user.getKey(), user.getValue()));
        }
        if (entries.size() > Users.MOST) {
            throw new IllegalArgumentException(
                    "users: are " + entries.size() + "; " + Users.MOST + " at most are allowed");
        }
        return new Users(hashing, entries);
    }

    private static @Nullable Object load(String text) {
        LoadSettings settings = LoadSettings.builder()
                .setLabel("users")
                .setAllowDuplicateKeys(false)
                .setMaxAliasesForCollections(0)
                .build();
        boolean isFlat;
        Object top = null;
        try {
            isFlat = isFlat(text, settings);
            if (isFlat) {
                top = new Load(settings).loadFromString(text);
            }
        } catch (RuntimeException e) {
            // the gate, for the parser also throws what it does not declare; not its message: it shows a part of the
            // file
            throw new IllegalArgumentException("is not valid YAML, or has a key twice", e);
        }
        if (!isFlat) {
            throw new IllegalArgumentException("has more than " + DEEPEST + " levels of keys and lists");
        }
        return top;
    }

    /** Looked at before anything is built: deep nesting would exhaust the stack. */
    private static boolean isFlat(String text, LoadSettings settings) {
        int depth = 0;
        for (Event event : new Parse(settings).parseString(text)) {
            if (event instanceof CollectionStartEvent) {
                depth++;
            } else if (event instanceof CollectionEndEvent) {
                depth--;
            }
            if (depth > DEEPEST) {
                return false;
            }
        }
        return true;
    }

    private static Entry entry(String name, @Nullable Object value) {
        if (!name.matches(NAME)) {
            throw new IllegalArgumentException(
                    "users: has a name that is not allowed; 1 to 32 of a-z, 0-9, _ and - are");
        }
        String path = "users." + name;
        Map<String, Object> fields = map(path, value);
        known(path + ".", fields, Set.of("code", "duress", "key", "rights", "from", "until"));
        String code = hash(path + ".code", fields.get("code"));
        String duress = fields.containsKey("duress") ? hash(path + ".duress", fields.get("duress")) : null;
        User user = new User(
                name,
                rights(path + ".rights", fields.get("rights")),
                instant(path + ".from", fields.get("from")),
                instant(path + ".until", fields.get("until")));
        return new Entry(user, code, duress, key(path + ".key", fields.get("key")));
    }

    private static @Nullable SigningKey key(String path, @Nullable Object value) {
        return value == null
                ? null
                : SigningKey.of(text(path, value))
                        .orElseThrow(() -> new IllegalArgumentException(
                                path + ": is no signing key; draw another with: reedgate user key"));
    }

    private static Set<Right> rights(String path, @Nullable Object value) {
        if (!(value instanceof List<?> words)) {
            throw new IllegalArgumentException(path + ": is missing or no list; allowed: " + words());
        }
        Set<Right> rights = EnumSet.noneOf(Right.class);
        for (Object word : words) {
            rights.add(Arrays.stream(Right.values())
                    .filter(right -> right.word().equals(word))
                    .findFirst()
                    .orElseThrow(() ->
                            new IllegalArgumentException(path + ": has a word that is no right; allowed: " + words())));
        }
        return rights;
    }

    private static String words() {
        return Arrays.stream(Right.values()).map(Right::word).collect(Collectors.joining(", "));
    }

    private static @Nullable Instant instant(String path, @Nullable Object value) {
        if (value == null) {
            return null;
        }
        try {
            return OffsetDateTime.parse(text(path, value)).toInstant();
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(path + ": is no time such as 2026-12-24T08:00:00+01:00", e);
        }
    }

    private static String hash(String path, @Nullable Object value) {
        String text = text(path, value);
        Hashing.decodeHash(path, text);
        return text;
    }

    private static String text(String path, @Nullable Object value) {
        if (value instanceof String text) {
            return text;
        }
        throw new IllegalArgumentException(path + ": is missing or no text");
    }

    private static Map<String, Object> map(String path, @Nullable Object value) {
        if (!(value instanceof Map<?, ?> found)) {
            throw new IllegalArgumentException(path + ": is missing or has no keys below it");
        }
        Map<String, Object> map = new LinkedHashMap<>();
        found.forEach((key, field) -> map.put(String.valueOf(key), field));
        return map;
    }

    private static void known(String prefix, Map<String, Object> fields, Set<String> allowed) {
        for (String name : fields.keySet()) {
            if (!allowed.contains(name)) {
                throw new IllegalArgumentException(
                        prefix.isEmpty()
                                ? "has a key that is not known; allowed: " + sorted(allowed)
                                : prefix.substring(0, prefix.length() - 1) + ": has a key that is not known; allowed: "
                                        + sorted(allowed));
            }
        }
    }

    private static String sorted(Set<String> words) {
        return words.stream().sorted().collect(Collectors.joining(", "));
    }
}
