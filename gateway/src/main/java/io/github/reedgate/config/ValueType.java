package io.github.reedgate.config;

/**
 * How the text of a value becomes what it means. Implementations are immutable.
 *
 * @param <T> what it becomes
 */
public interface ValueType<T> {

    /**
     * Reads the text.
     *
     * @throws BadValueException if it is not allowed
     */
    T parse(String text) throws BadValueException;

    /** What is allowed, in words; the same in messages and in the documentation. */
    String allowed();
}
