package io.github.reedgate.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reedgate.event.SeqRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is read of a request for the log, and where an answer may go. */
class LogRequestTest {

    private static final Topics TOPICS = Topics.of("reedgate", "home");

    @Test
    void bothNumbersAreReadInEitherOrder() {
        assertThat(LogRequest.range("{\"from\":1,\"to\":1000}")).contains(new SeqRange(1, 1000));
        assertThat(LogRequest.range(" {\r\n\t\"to\" : 7 , \"from\" : 7 }\n")).contains(new SeqRange(7, 7));
        assertThat(LogRequest.range("{\"from\":1,\"to\":9999999999999999}"))
                .contains(new SeqRange(1, 9_999_999_999_999_999L));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "null",
                "[1,2]",
                "{\"from\":1}",
                "{\"from\":2,\"to\":1}",
                "{\"from\":0,\"to\":1}",
                "{\"from\":-1,\"to\":1}",
                "{\"from\":1,\"to\":-1}",
                "{\"from\":1,\"to\":1.0}",
                "{\"from\":1,\"to\":1e3}",
                "{\"from\":01,\"to\":3}",
                "{\"from\":1,\"to\":99999999999999999999999999}",
                "{\"from\":\"1\",\"to\":2}",
                "{\"from\":null,\"to\":2}",
                "{\"from\":1,\"to\":2,\"to\":3}",
                "{\"from\":1,\"from\":2}",
                "{\"from\":1,\"to\":2,\"more\":3}",
                "{\"from\":1,\"to\":2}{",
                "{\"from\":1,\"to\":2",
                "{\"from\":1 \"to\":2}",
                "{\"from\":1,\"to\":2}\u0000",
                "{\"from\":NaN,\"to\":2}",
                "{\"from\":\u0661,\"to\":2}",
            })
    void anythingElseIsRefused(String payload) {
        assertThat(LogRequest.range(payload)).isEmpty();
    }

    @Test
    void longestPayloadIsLookedAtInNoTime() {
        assertThat(LogRequest.range("{" + " ".repeat(Incoming.MOST_BYTES))).isEmpty();
        assertThat(LogRequest.range("{\"from\":" + "1".repeat(Incoming.MOST_BYTES)))
                .isEmpty();
    }

    @Test
    void answersGoToMonitorsOnly() {
        assertThat(TOPICS.isMonitors("reedgate-monitor/office/log/home")).isTrue();
        assertThat(new Topics("my/house/home", "a/b").isMonitors("a/b/c/log/home"))
                .isTrue();
        for (String topic : new String[] {
            "",
            "reedgate-monitor",
            "reedgate-monitor/",
            "reedgate-monitor/office/alarm",
            "reedgate-monitor/office/availability",
            "reedgate-monitor/office/home/state",
            "reedgate-monitor/office/log/shed",
            "reedgate-monitor/office/x/log/home",
            "reedgate-monitor//log/home",
            "reedgate-monitor/log/home",
            "reedgate-monitor/\uFFFE/log/home",
            "reedgate-monitors/x/log/home",
            "reedgate/home/panel/set",
            "homeassistant/device/x/config",
            "$SYS/x",
            "/reedgate-monitor/x/log/home",
            "reedgate-monitor/+/log/home",
            "reedgate-monitor/#",
            "reedgate-monitor/a\u0000/log/home",
            "reedgate-monitor/a\nb/log/home",
            "reedgate-monitor/\uD83D\uDD11/log/home",
            "reedgate-monitor/" + "x".repeat(Topics.MOST_RESPONSE_TOPIC) + "/log/home"
        }) {
            assertThat(TOPICS.isMonitors(topic)).as(topic).isFalse();
        }
    }

    @Test
    void addressIsTakenOnlyIfItIsShort() {
        byte[] data = {0, 1, (byte) 0xff};

        assertThat(ReplyTo.of("t", data)).contains(new ReplyTo("t", "AAH/"));
        assertThat(ReplyTo.of("t", new byte[ReplyTo.MOST_CORRELATION_BYTES])).isPresent();
        assertThat(ReplyTo.of("t", new byte[ReplyTo.MOST_CORRELATION_BYTES + 1]))
                .isEmpty();
        assertThat(ReplyTo.of("t".repeat(Topics.MOST_RESPONSE_TOPIC + 1), data)).isEmpty();
    }
}
