package io.github.reedgate.store;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What has changed of the notifications that wait. Immutable.
 *
 * @param added notifications that wait from now on, by number
 * @param removed numbers of those that wait no longer; unknown ones are ignored
 */
public record NoticeChange(Map<Long, String> added, Set<Long> removed) {

    /** Nothing has. */
    public static final NoticeChange NONE = new NoticeChange(Map.of(), Set.of());

    /** Copies the collections. */
    public NoticeChange {
        added = Map.copyOf(added);
        removed = Set.copyOf(removed);
    }

    /** One more that waits. */
    static NoticeChange adding(long id, String document) {
        return new NoticeChange(Map.of(id, document), Set.of());
    }

    /** One less. */
    static NoticeChange removing(long id) {
        return new NoticeChange(Map.of(), Set.of(id));
    }

    boolean isEmpty() {
        return added.isEmpty() && removed.isEmpty();
    }

    /** Both, the other one behind this. */
    NoticeChange and(NoticeChange later) {
        Map<Long, String> all = new TreeMap<>(added);
        all.keySet().removeAll(later.removed());
        all.putAll(later.added());
        Set<Long> gone = new TreeSet<>(removed);
        gone.removeAll(later.added().keySet());
        gone.addAll(later.removed());
        return new NoticeChange(all, gone);
    }
}
