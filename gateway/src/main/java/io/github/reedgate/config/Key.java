package io.github.reedgate.config;

import java.util.Optional;

/**
 * One key of the configuration file: what reading, messages and documentation know of it. Immutable.
 *
 * @param path its path with dots; {@code <id>} stands for a sensor's or output's id
 * @param type how its value is read
 * @param defaultText its default in the file's notation or in words; empty if it is required
 * @param defaultValue its default, if it is the same for everybody
 * @param meaning what it is, in one sentence
 * @param <T> what its value becomes
 */
public record Key<T>(String path, ValueType<T> type, String defaultText, Optional<T> defaultValue, String meaning) {

    /** A key that has to be there. */
    public static <T> Key<T> required(String path, ValueType<T> type, String meaning) {
        return new Key<>(path, type, "", Optional.empty(), meaning);
    }

    /** A key with a default in the file's notation. */
    public static <T> Key<T> withDefault(String path, ValueType<T> type, String text, String meaning) {
        try {
            return new Key<>(path, type, text, Optional.of(type.parse(text)), meaning);
        } catch (BadValueException e) {
            throw new IllegalArgumentException("the default of " + path + " is not allowed", e);
        }
    }

    /** A key without which something else holds, said in words. */
    public static <T> Key<T> optional(String path, ValueType<T> type, String otherwise, String meaning) {
        return new Key<>(path, type, otherwise, Optional.empty(), meaning);
    }

    boolean isRequired() {
        return defaultText.isEmpty();
    }

    /** The path's last part, as it stands in the file. */
    String name() {
        return path.substring(path.lastIndexOf('.') + 1);
    }

    /** The path without its last part; empty for a key at the top. */
    String section() {
        return path.contains(".") ? path.substring(0, path.lastIndexOf('.')) : "";
    }
}
