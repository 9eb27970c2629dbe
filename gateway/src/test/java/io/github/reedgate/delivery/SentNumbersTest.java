package io.github.reedgate.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reedgate.link.FakeLink;
import io.github.reedgate.message.Message;
import io.github.reedgate.message.QoS;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Which numbers were ever sent, and what leaves without one. */
class SentNumbersTest {

    private final FakeLink link = new FakeLink();
    private final SentNumbers events = new SentNumbers(link, "gate/event", 12);
    private long token;

    private FakeLink.Sent send(String topic, long seq) {
        events.publish(
                ++token,
                new Message(topic, "{}", QoS.AT_LEAST_ONCE, false, Message.JSON, Map.of("seq", Long.toString(seq))));
        return link.sent().get(link.count() - 1);
    }

    @Test
    void alarmLineLeavesWithoutANumberWhileItMayHaveBeenUsed() {
        link.up(FakeLink.NO_LIMIT);
        events.doubt(true);
        assertThat(send("gate/alarm", 13).message().userProperties()).isEmpty();
        assertThat(send("gate/event", 13).message().userProperties()).containsEntry("seq", "13");
        events.doubt(false);
        assertThat(send("gate/alarm", 13).message().userProperties()).containsEntry("seq", "13");
    }

    @Test
    void highestThatWasEverSentOutlivesConnections() {
        assertThat(events.everSent()).isEqualTo(12);
        link.up(FakeLink.NO_LIMIT);
        send("gate/event", 13);
        link.down();
        assertThat(events.everSent()).isEqualTo(13);
    }
}
