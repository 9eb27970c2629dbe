package io.github.reedgate.notice;

import io.github.reedgate.event.Event;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One thing to be told to one target. Immutable.
 *
 * @param target the target's id
 * @param grade how much it matters
 * @param text one line for people; cut to {@value #MOST_CHARS} characters
 * @param repeat which repetition it is; 0 for the first time
 * @param escalated whether it is told because nobody acknowledged it
 * @param afterMillis how long after the event it is to be told; 0 but for repetitions and escalations
 * @param event the event it tells of
 */
public record Notice(
        String target, Grade grade, String text, int repeat, boolean escalated, long afterMillis, Event event) {

    /** How long its text is at most. */
    public static final int MOST_CHARS = 700;

    /** Cuts the text. */
    public Notice {
        if (text.codePointCount(0, text.length()) > MOST_CHARS) {
            text = text.substring(0, text.offsetByCodePoints(0, MOST_CHARS - 1)) + "…";
        }
    }

    /** The incident it belongs to, or null. */
    public @Nullable String incident() {
        return event.more().get(Event.INCIDENT) instanceof String id ? id : null;
    }

    /** Whether it is out of date once this other one is to be told: a repetition, and newer news of its incident. */
    public boolean isOvertakenBy(Notice newer) {
        String mine = incident();
        return repeat > 0 && mine != null && mine.equals(newer.incident());
    }

    /** All of it as one line of JSON, for {@link #read}. */
    public String document() {
        return NoticeText.write(this);
    }

    /**
     * Reads one.
     *
     * @param document what {@link #document} wrote
     * @return empty if it is no such document
     */
    public static Optional<Notice> read(String document) {
        return NoticeText.notice(document);
    }
}
