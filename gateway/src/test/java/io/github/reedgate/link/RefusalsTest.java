package io.github.reedgate.link;

import static org.assertj.core.api.Assertions.assertThat;

import com.hivemq.client.mqtt.mqtt5.message.publish.puback.Mqtt5PubAckReasonCode;
import com.hivemq.client.mqtt.mqtt5.message.publish.pubrec.Mqtt5PubRecReasonCode;
import com.hivemq.client.mqtt.mqtt5.message.subscribe.suback.Mqtt5SubAckReasonCode;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The sentence for each reason code with which a broker can refuse a message or a subscription. */
class RefusalsTest {

    private static final String PUBLISH = "80 83 87 90 91 97 99";
    private static final String SUBSCRIBE = "80 83 87 8F 91 97 9E A1 A2";

    private static String codes(IntStream all) {
        return String.join(
                " ",
                all.filter(code -> code >= 0x80)
                        .mapToObj(code -> String.format("%02X", code))
                        .sorted()
                        .toList());
    }

    @Test
    void tablesHaveEachCodeThereIs() {
        assertThat(codes(Arrays.stream(Mqtt5PubAckReasonCode.values()).mapToInt(Mqtt5PubAckReasonCode::getCode)))
                .isEqualTo(PUBLISH);
        assertThat(codes(Arrays.stream(Mqtt5PubRecReasonCode.values()).mapToInt(Mqtt5PubRecReasonCode::getCode)))
                .isEqualTo(PUBLISH);
        assertThat(codes(Arrays.stream(Mqtt5SubAckReasonCode.values()).mapToInt(Mqtt5SubAckReasonCode::getCode)))
                .isEqualTo(SUBSCRIBE);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        80 | see the broker's log; if it names its access rules, allow user 'home' to write to that topic
        83 | see the broker's log; if it names its access rules, allow user 'home' to write to that topic
        87 | have the broker's access rules allow user 'home' to write to that topic
        90 | the broker does not take such a topic: choose another topic_prefix
        91 | the broker has not finished with an earlier packet of the same number: see the broker's log, and update it
        97 | a limit of the broker is reached: raise it, or free some of it
        99 | the broker expects another form of text there: see the broker's log
        FF | see the broker's log
        """)
    void refusedMessageIsSaidWhatToDoAbout(String code, String sentence) {
        assertThat(Refusals.publish(Integer.parseInt(code, 16), "user 'home'", "topic_prefix"))
                .isEqualTo(sentence);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        80 | see the broker's log; if it names its access rules, allow user 'home' to read that topic
        83 | see the broker's log; if it names its access rules, allow user 'home' to read that topic
        87 | allow user 'home' to read that topic in the broker's access rules
        8F | the broker does not take such a topic: choose another topic_prefix
        91 | the broker has not finished with an earlier packet of the same number: see the broker's log, and update it
        97 | a limit of the broker is reached: raise it
        9E | it takes no shared subscriptions: name the topics themselves
        A1 | this client sends none of these: see the broker's log, and update it
        A2 | it takes no + and #: name single topics
        FF | see the broker's log
        """)
    void refusedSubscriptionIsSaidWhatToDoAbout(String code, String sentence) {
        assertThat(Refusals.subscription(Integer.parseInt(code, 16), "user 'home'", "topic_prefix"))
                .isEqualTo(sentence);
    }
}
