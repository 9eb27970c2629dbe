package io.github.reedgate.monitor.record;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds the numbers that an event declares as not used. Stateless. */
final class Skips {

    private Skips() {}

    /**
     * The numbers that an event declares: {@code skipped} of a {@code started} or {@code numbers_skipped} event.
     *
     * @param more its further fields
     * @param seq its own number
     * @return empty if it declares none, or if what it says makes no sense: numbers are skipped below its own
     */
    static NumberRange declaredBy(String type, Map<String, @Nullable Object> more, long seq) {
        boolean declares = type.equals("started") || type.equals("numbers_skipped");
        if (!declares || !(more.get("skipped") instanceof Map<?, ?> skipped)) {
            return NumberRange.NONE;
        }
        if (skipped.get("from") instanceof Number from && skipped.get("to") instanceof Number to) {
            NumberRange range = new NumberRange(Math.max(1, from.longValue()), to.longValue());
            return range.isEmpty() || range.to() >= seq ? NumberRange.NONE : range;
        }
        return NumberRange.NONE;
    }
}
