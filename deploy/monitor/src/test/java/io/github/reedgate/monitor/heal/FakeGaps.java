package io.github.reedgate.monitor.heal;

import io.github.reedgate.monitor.record.Gaps;
import io.github.reedgate.monitor.record.NumberRange;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Gaps that a test sets. */
final class FakeGaps implements Gaps {

    private final Map<String, List<NumberRange>> all = new TreeMap<>();

    /** Numbers of a gateway are missing; an empty list for none. */
    void set(String gateway, NumberRange... missing) {
        if (missing.length == 0) {
            all.remove(gateway);
        } else {
            all.put(gateway, List.of(missing));
        }
    }

    @Override
    public Set<String> incomplete() {
        return all.keySet();
    }

    @Override
    public List<NumberRange> missing(String gateway, long nowNanos) {
        return all.getOrDefault(gateway, List.of());
    }
}
