package io.github.reedgate.command;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which nonces of signed commands were used. Each is kept until its command has expired, which ends its use anyhow. Only
 * commands whose signature is right get in. Immutable.
 *
 * @param used until when each is kept, by user and nonce with a colon between
 * @param floor commands that expire at this instant or before are refused: nonces that were kept until then are forgotten, and
 *     a clock that is set back must not make their commands valid again
 * @param unknownUntilNanos until when, on the monotonic clock, every signed command is refused, as it can't be told whether it
 *     was used before the start; null if that is known
 */
public record Nonces(
        Map<String, Instant> used, Instant floor, @Nullable Long unknownUntilNanos) {

    /** A command may expire this far ahead at most. */
    public static final Duration LONGEST_LIFE = Duration.ofMinutes(5);

    /** So many of each user are kept: nobody can use up the room of others. */
    public static final int MOST = 64;

    /** None yet. */
    public static final Nonces NONE = new Nonces(Map.of(), Instant.EPOCH, null);

    private static final String SECOND = "-?[0-9]{1,12}";
    private static final Pattern FORM =
            Pattern.compile(SECOND + "( [a-z0-9_-]{1,32}:[A-Za-z0-9_-]{16,32}:" + SECOND + ")*");

    /** Copies the map. */
    public Nonces {
        used = Map.copyOf(used);
    }

    /**
     * Those that were kept before a restart.
     *
     * @param text as {@link #text} wrote it; empty if there were none, null if that is not known
     */
    public static Nonces restored(@Nullable String text, long nowNanos) {
        if (text != null && text.isEmpty()) {
            return NONE;
        }
        if (text == null || !FORM.matcher(text).matches()) {
            return new Nonces(Map.of(), Instant.EPOCH, nowNanos + LONGEST_LIFE.toNanos());
        }
        String[] words = text.split(" ", -1);
        Map<String, Instant> used = new HashMap<>();
        for (int i = 1; i < words.length; i++) {
            int end = words[i].lastIndexOf(':');
            used.put(words[i].substring(0, end), second(words[i].substring(end + 1)));
        }
        return new Nonces(used, second(words[0]), null);
    }

    private static Instant second(String text) {
        return Instant.ofEpochSecond(Long.parseLong(text));
    }

    /** All of it for {@link #restored}; a line of ASCII. */
    public String text() {
        StringBuilder text = new StringBuilder().append(floor.getEpochSecond());
        new TreeMap<>(used)
                .forEach((nonce, expires) ->
                        text.append(' ').append(nonce).append(':').append(expires.getEpochSecond()));
        return text.toString();
    }

    /** Whether it is not known yet which were used before the start; the time is on the monotonic clock. */
    public boolean isUnknown(long nowNanos) {
        return unknownUntilNanos != null && nowNanos - unknownUntilNanos < 0;
    }

    /** Whether it was unknown until now: what may have been used before the start has expired by the given monotonic time. */
    public boolean isKnownAgain(long nowNanos) {
        return unknownUntilNanos != null && !isUnknown(nowNanos);
    }

    /** The same; what has expired by now stays so, also if the clock is set back. */
    Nonces known(Instant now) {
        return new Nonces(used, floor.isAfter(now) ? floor : now, null);
    }

    boolean isUsed(Signed signed) {
        return used.containsKey(key(signed));
    }

    /** True if it has expired; with room for those that were forgotten. */
    boolean isOver(Signed signed, Instant now) {
        return !now.isBefore(signed.expires()) || !floor.isBefore(signed.expires());
    }

    /** True if there is no room for another of the user who is said to have signed. */
    boolean isFull(Signed signed, Instant now) {
        String prefix = signed.user() + ":";
        return used.entrySet().stream()
                        .filter(each -> each.getKey().startsWith(prefix) && now.isBefore(each.getValue()))
                        .count()
                >= MOST;
    }

    /** The same with that of a command, and without those that have expired. */
    Nonces and(Signed signed, Instant now) {
        Map<String, Instant> next = new HashMap<>();
        Instant highest = floor;
        for (Map.Entry<String, Instant> each : used.entrySet()) {
            Instant expires = each.getValue();
            if (now.isBefore(expires)) {
                next.put(each.getKey(), expires);
            } else if (expires.isAfter(highest)) {
                highest = expires;
            }
        }
        next.put(key(signed), signed.expires());
        return new Nonces(next, highest, unknownUntilNanos);
    }

    private static String key(Signed signed) {
        return signed.user() + ":" + signed.nonce();
    }
}
