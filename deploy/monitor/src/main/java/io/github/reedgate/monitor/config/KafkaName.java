package io.github.reedgate.monitor.config;

import io.github.reedgate.config.BadValueException;
import io.github.reedgate.config.ValueType;
import java.util.regex.Pattern;

/** The name of a topic or group of Kafka. Stateless. */
final class KafkaName implements ValueType<String> {

    // Kafka takes 249; the topic of rejected messages has a longer name
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,200}");

    @Override
    public String parse(String text) throws BadValueException {
        if (!NAME.matcher(text).matches() || text.equals(".") || text.equals("..")) {
            throw BadValueException.of(text, "is not a name in Kafka", "");
        }
        return text;
    }

    @Override
    public String allowed() {
        return "1 to 200 of A-Z, a-z, 0-9, ., _ and -";
    }
}
