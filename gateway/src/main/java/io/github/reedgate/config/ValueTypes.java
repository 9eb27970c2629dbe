package io.github.reedgate.config;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** The kinds of values that keys of a configuration file can have. Stateless. */
public final class ValueTypes {

    private ValueTypes() {}

    /** An id that becomes a topic level: 1 to 32 of a-z, 0-9, _ and -. */
    public static ValueType<String> id() {
        return new IdType();
    }

    /** One to three topic levels. */
    public static ValueType<String> topicPrefix() {
        return new TopicPrefixType();
    }

    /** One line of text, of so many characters at most. */
    public static ValueType<String> text(int maxChars) {
        return new TextType(maxChars);
    }

    /** A path. */
    public static ValueType<Path> path() {
        return new PathType();
    }

    /** A whole number within a range. */
    public static ValueType<Integer> number(int min, int max) {
        return NumberType.of(min, max);
    }

    /** A duration within a range, both in the file's notation, such as {@code 5s}. */
    public static ValueType<Duration> duration(String min, String max) {
        return DurationType.of(min, max);
    }

    /** A number of days or years within a range of days. */
    public static ValueType<Duration> age(int minDays, int maxDays) {
        return new AgeType(minDays, maxDays);
    }

    /** A number of bytes within a range, both in the file's notation, such as {@code 16MiB}. */
    public static ValueType<Long> size(String min, String max) {
        return SizeType.of(min, max);
    }

    /** One of the words of an enum, in lower case. */
    public static <E extends Enum<E>> ValueType<E> words(E[] values) {
        return WordType.of(values);
    }

    /** An http or https URL. */
    public static ValueType<URI> webAddress() {
        return new TargetUrlType();
    }

    /** {@code true} or {@code false}. */
    public static ValueType<Boolean> trueOrFalse() {
        return WordType.trueOrFalse("true", "false")
                .guessing(
                        Map.of("yes", "true", "on", "true", "1", "true", "no", "false", "off", "false", "0", "false"));
    }
}
