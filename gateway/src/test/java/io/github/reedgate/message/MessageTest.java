package io.github.reedgate.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a message takes and what it refuses. */
class MessageTest {

    @ParameterizedTest
    @ValueSource(strings = {"", "#", "gate/#", "gate/+/state", "+", "a\0b"})
    void topicThatCannotBePublishedToIsRefused(String topic) {
        assertThatThrownBy(() -> Message.retainedText(topic, "open"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("topic '" + topic + "' is empty or has a wildcard or NUL in it");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "/", "reedgate/home/front_door/state", "Tür/état", "$odd but allowed"})
    void otherTopicsAreTaken(String topic) {
        assertThat(Message.retainedText(topic, "").topic()).isEqualTo(topic);
    }

    @Test
    void retainedMessagesSayWhatTheyAre() {
        assertThat(Message.retainedText("t", "open"))
                .isEqualTo(new Message("t", "open", QoS.AT_LEAST_ONCE, true, "text/plain; charset=utf-8", Map.of()));
        assertThat(Message.retainedJson("t", "{}"))
                .isEqualTo(new Message("t", "{}", QoS.AT_LEAST_ONCE, true, "application/json", Map.of()));
    }

    @Test
    void propertiesAreCopiedAndCannotBeChanged() {
        Map<String, String> properties = new HashMap<>(Map.of("id", "1"));
        Message message = new Message("t", "", QoS.AT_LEAST_ONCE, false, Message.TEXT, properties);
        properties.put("id", "2");

        assertThat(message.userProperties()).isEqualTo(Map.of("id", "1"));
        assertThatThrownBy(() -> message.userProperties().put("id", "3"))
                .isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void topicsAreThoseOfTheContract() {
        Topics topics = Topics.of("reedgate", "home");

        assertThat(topics.availability()).isEqualTo("reedgate/home/availability");
        assertThat(topics.event()).isEqualTo("reedgate/home/event");
        assertThat(topics.alarm()).isEqualTo("reedgate/home/alarm");
        assertThat(topics.diagnostics()).isEqualTo("reedgate/home/diagnostics");
        assertThat(topics.state("front_door")).isEqualTo("reedgate/home/front_door/state");
        assertThat(topics.detail("front_door")).isEqualTo("reedgate/home/front_door/detail");
    }
}
