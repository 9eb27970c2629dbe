package io.github.reedgate.setup;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** Reads what a YAML text means, whatever its form is, and writes small values in one line. Stateless. */
final class YamlValues {

    private static final LoadSettings SETTINGS = LoadSettings.builder().build();

    private YamlValues() {}

    /**
     * Reads a text.
     *
     * @return maps, lists, texts, numbers and truth values; null for nothing
     * @throws SetupException if it is no YAML
     */
    static @Nullable Object read(String text) throws SetupException {
        try {
            return new Load(SETTINGS).loadFromString(text);
        } catch (YamlEngineException e) {
            throw new SetupException("the configuration is not valid YAML; sudo reedgate check says where", e);
        }
    }

    /** A copy with its order; empty for what is no mapping. */
    static Map<String, @Nullable Object> map(@Nullable Object value) {
        Map<String, @Nullable Object> copy = new LinkedHashMap<>();
        if (value instanceof Map<?, ?> present) {
            present.forEach((key, each) -> copy.put(String.valueOf(key), each));
        }
        return copy;
    }

    /** Writes entries in braces, as a person can add them to a section of either form. */
    static String oneLine(Map<String, @Nullable Object> entries) {
        return entries.entrySet().stream()
                .map(each -> PlanText.quoted(each.getKey()) + ": " + oneLine(each.getValue()))
                .collect(Collectors.joining(", "));
    }

    private static String oneLine(@Nullable Object value) {
        if (value instanceof Map<?, ?>) {
            return "{" + oneLine(map(value)) + "}";
        }
        return value instanceof String word ? PlanText.quoted(word) : String.valueOf(value);
    }
}
