package io.github.reedgate.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PacketLimitTest {

    private static final int NO_LIMIT = 268_435_460;

    @Test
    void brokerThatTakesEverythingIsWell() {
        PacketLimit limit = new PacketLimit(30_000, true);
        assertThat(limit.judge(NO_LIMIT)).isEmpty();
        assertThat(limit.judge(30_000)).isEmpty();
        assertThat(new PacketLimit(0, true).judge(16_384)).isEmpty();
    }

    @Test
    void descriptionInOneMessageHasTwoWaysOut() {
        assertThat(new PacketLimit(30_000, true).judge(29_999)).hasValueSatisfying(finding -> {
            assertThat(finding.check()).isEqualTo(CheckName.LOGIN);
            assertThat(finding.status()).isEqualTo(Status.WARN);
            assertThat(finding.seen())
                    .contains("packets of 29,999 bytes at most", "Home Assistant (30,000 bytes)")
                    .doesNotContain("events");
            assertThat(finding.fix())
                    .contains("30,000 bytes (mosquitto: max_packet_size)", "discovery.format: component");
        });
    }

    @Test
    void shortDescriptionsDoNotHelpAnEvent() {
        assertThat(new PacketLimit(900, false).judge(16_383)).hasValueSatisfying(finding -> {
            assertThat(finding.seen()).contains("events", "16,384 bytes").doesNotContain("description");
            assertThat(finding.fix()).contains("16,384").doesNotContain("format");
        });
        assertThat(new PacketLimit(900, false).judge(700)).hasValueSatisfying(finding -> {
            assertThat(finding.seen()).contains("description", "events");
            assertThat(finding.fix()).doesNotContain("format");
        });
    }
}
