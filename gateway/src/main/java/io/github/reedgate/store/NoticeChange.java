package io.github.reedgate.store;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What has changed of what waits to be told beside the broker. Immutable.
 *
 * @param added notices that wait from now on, by number
 * @param removed numbers of notices that wait no longer; unknown ones are ignored
 * @param plan who is told next, or null if that has not changed; empty if nobody
 */
public record NoticeChange(
        Map<Long, String> added,
        Set<Long> removed,
        @Nullable String plan) {

    /** Under this name is the note of who is told next. */
    public static final String PLAN = "notice_plan";

    /** Nothing has. */
    public static final NoticeChange NONE = new NoticeChange(Map.of(), Set.of(), null);

    /** Copies the collections. */
    public NoticeChange {
        added = Map.copyOf(added);
        removed = Set.copyOf(removed);
    }

    /** One more that waits. */
    static NoticeChange adding(long id, String document) {
        return new NoticeChange(Map.of(id, document), Set.of(), null);
    }

    /** One less. */
    static NoticeChange removing(long id) {
        return new NoticeChange(Map.of(), Set.of(id), null);
    }

    /** Another plan. */
    static NoticeChange planning(String plan) {
        return new NoticeChange(Map.of(), Set.of(), plan);
    }

    boolean isEmpty() {
        return added.isEmpty() && removed.isEmpty() && plan == null;
    }

    /** Both, the other one behind this. */
    NoticeChange and(NoticeChange later) {
        Map<Long, String> all = new TreeMap<>(added);
        all.keySet().removeAll(later.removed());
        all.putAll(later.added());
        Set<Long> gone = new TreeSet<>(removed);
        gone.removeAll(later.added().keySet());
        gone.addAll(later.removed());
        return new NoticeChange(all, gone, later.plan() == null ? plan : later.plan());
    }
}
