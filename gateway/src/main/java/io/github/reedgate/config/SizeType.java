package io.github.reedgate.config;

import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A number of bytes as a whole number and its unit: {@code 512KiB}, {@code 256MiB}, {@code 4GiB}.
 *
 * @param minBytes the smallest allowed
 * @param maxBytes the largest allowed
 */
record SizeType(long minBytes, long maxBytes) implements ValueType<Long> {

    private static final long KIB = 1024;
    private static final long MIB = 1024 * KIB;
    private static final long GIB = 1024 * MIB;
    private static final Pattern EXACT = Pattern.compile("(0|[1-9][0-9]{0,8})(KiB|MiB|GiB)");
    private static final Pattern LOOSE = Pattern.compile("([0-9]{1,10}) *([a-z]*)\\.?");
    private static final Map<String, Long> UNIT_BYTES = Map.ofEntries(
            Map.entry("", 1L),
            Map.entry("b", 1L),
            Map.entry("bytes", 1L),
            Map.entry("k", KIB),
            Map.entry("kb", KIB),
            Map.entry("kib", KIB),
            Map.entry("m", MIB),
            Map.entry("mb", MIB),
            Map.entry("mib", MIB),
            Map.entry("g", GIB),
            Map.entry("gb", GIB),
            Map.entry("gib", GIB));

    /** A range given in the same notation. */
    static SizeType of(String min, String max) {
        return new SizeType(exact(min), exact(max));
    }

    private static long exact(String text) {
        Matcher matcher = EXACT.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("'" + text + "' is not a size");
        }
        return bytes(matcher);
    }

    private static long bytes(Matcher matcher) {
        String unit = matcher.group(2).toLowerCase(Locale.ROOT);
        return Math.multiplyExact(Long.parseLong(matcher.group(1)), UNIT_BYTES.getOrDefault(unit, 1L));
    }

    /** The shortest notation of a size of whole KiB. */
    static String text(long bytes) {
        if (bytes != 0 && bytes % GIB == 0) {
            return bytes / GIB + "GiB";
        }
        return bytes != 0 && bytes % MIB == 0 ? bytes / MIB + "MiB" : bytes / KIB + "KiB";
    }

    @Override
    public Long parse(String text) throws BadValueException {
        Matcher matcher = EXACT.matcher(text);
        if (!matcher.matches()) {
            throw BadValueException.of(text, "is not a whole number with its unit (KiB, MiB or GiB)", hint(text));
        }
        long bytes = bytes(matcher);
        if (!isAllowed(bytes)) {
            throw BadValueException.of(text, "is out of range", "");
        }
        return bytes;
    }

    private boolean isAllowed(long bytes) {
        return bytes >= minBytes && bytes <= maxBytes;
    }

    private String hint(String text) {
        Matcher matcher = LOOSE.matcher(text.strip().toLowerCase(Locale.ROOT));
        if (!matcher.matches() || !UNIT_BYTES.containsKey(matcher.group(2))) {
            return "";
        }
        long bytes = bytes(matcher);
        return isAllowed(bytes) && bytes % KIB == 0 ? "did you mean '" + text(bytes) + "'?" : "";
    }

    @Override
    public String allowed() {
        return text(minBytes) + " to " + text(maxBytes);
    }
}
