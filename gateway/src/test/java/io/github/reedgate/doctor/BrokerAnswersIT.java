package io.github.reedgate.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Each way in which a broker may refuse or lack something, one at a time. */
@Timeout(600)
@Tag("brokerless")
class BrokerAnswersIT {

    @TempDir
    private Path folder = Path.of("");

    private FakeMachine machine;

    @BeforeEach
    void build() throws IOException {
        machine = new FakeMachine(folder);
    }

    private Finding only(ScriptedBroker.Ways ways, CheckName check, Status status) {
        try (ScriptedBroker broker = new ScriptedBroker(ways)) {
            machine.broker("connect_timeout: 5s\nurl: mqtt://localhost:" + broker.port() + "\n");
            return Verdicts.only(machine.examine(EnumSet.allOf(CheckName.class)), check, status);
        }
    }

    @Test
    void usualBrokerIsWell() {
        try (ScriptedBroker broker = new ScriptedBroker(ScriptedBroker.Ways.USUAL)) {
            machine.broker("connect_timeout: 5s\nurl: mqtt://localhost:" + broker.port() + "\n");
            assertThat(machine.examine(EnumSet.range(CheckName.DNS, CheckName.RETAIN)))
                    .allSatisfy(finding ->
                            assertThat(finding.status()).as("%s", finding).isEqualTo(Status.OK));
        }
    }

    @Test
    void subscriptionThatIsRefused() {
        ScriptedBroker.Ways ways = new ScriptedBroker.Ways("20 03 00 00 00", 0x87, true, true);
        try (ScriptedBroker broker = new ScriptedBroker(ways)) {
            machine.broker("connect_timeout: 5s\nurl: mqtt://localhost:" + broker.port() + "\n");
            var findings = machine.examine(EnumSet.range(CheckName.DNS, CheckName.RETAIN));
            assertThat(findings)
                    .filteredOn(finding -> finding.check() == CheckName.SUBSCRIBE)
                    .allSatisfy(finding -> {
                        assertThat(finding.status()).isEqualTo(Status.WARN);
                        assertThat(finding.seen()).contains("refused the subscription", "0x87");
                        assertThat(finding.fix()).contains("topic read reedgate/home/diagnostics/#");
                    });
            assertThat(findings)
                    .filteredOn(finding -> finding.check() == CheckName.RETAIN)
                    .allSatisfy(finding -> assertThat(finding.status()).isEqualTo(Status.SKIPPED));
            assertThat(findings)
                    .filteredOn(finding -> finding.status() == Status.OK)
                    .hasSize(5);
        }
    }

    @Test
    void subscriptionThatIsGrantedAndStaysSilent() {
        ScriptedBroker.Ways ways = new ScriptedBroker.Ways("20 03 00 00 00", 1, false, true);
        try (ScriptedBroker broker = new ScriptedBroker(ways)) {
            machine.broker("connect_timeout: 5s\nurl: mqtt://localhost:" + broker.port() + "\n");
            assertThat(machine.examine(EnumSet.range(CheckName.DNS, CheckName.RETAIN)))
                    .filteredOn(finding -> finding.check() == CheckName.SUBSCRIBE)
                    .allSatisfy(finding -> {
                        assertThat(finding.status()).isEqualTo(Status.WARN);
                        assertThat(finding.seen()).contains("did not come back");
                    });
        }
    }

    @Test
    void brokerThatSaysItKeepsNothing() {
        Finding finding =
                only(ScriptedBroker.Ways.USUAL.withConnAck("20 05 00 00 02 25 00"), CheckName.RETAIN, Status.FAIL);
        assertThat(finding.seen()).contains("says so itself");
        assertThat(finding.fix()).contains("retain_available true");
    }

    @Test
    void brokerThatKeepsNothingAndDoesNotSaySo() {
        Finding finding =
                only(new ScriptedBroker.Ways("20 03 00 00 00", 1, true, false), CheckName.RETAIN, Status.FAIL);
        assertThat(finding.seen()).contains("was not kept");
    }

    @Test
    void brokerWithQosZeroOnly() {
        Finding finding =
                only(ScriptedBroker.Ways.USUAL.withConnAck("20 05 00 00 02 24 00"), CheckName.LOGIN, Status.FAIL);
        assertThat(finding.seen()).contains("QoS 0");
        assertThat(finding.fix()).contains("max_qos");
    }

    @Test
    void brokerThatTakesSmallPacketsOnly() {
        machine.more("homeassistant: {discovery: {enabled: true}}\n");
        Finding finding = only(
                ScriptedBroker.Ways.USUAL.withConnAck("20 08 00 00 05 27 00 00 02 BC"), CheckName.LOGIN, Status.WARN);
        assertThat(finding.seen()).contains("700 bytes at most", "description for Home Assistant", "longer events");
        assertThat(finding.fix()).contains("max_packet_size", "homeassistant.discovery.format: component");
    }

    @Test
    void brokerThatTakesAllPacketsOfTheGateway() {
        ScriptedBroker.Ways ways = ScriptedBroker.Ways.USUAL.withConnAck("20 08 00 00 05 27 00 01 00 00");
        try (ScriptedBroker broker = new ScriptedBroker(ways)) {
            machine.broker("connect_timeout: 5s\nurl: mqtt://localhost:" + broker.port() + "\n");
            assertThat(machine.examine(EnumSet.range(CheckName.DNS, CheckName.LOGIN)))
                    .allSatisfy(finding ->
                            assertThat(finding.status()).as("%s", finding).isEqualTo(Status.OK));
        }
    }

    @Test
    void eachRefusalHasItsFix() {
        Map.of(
                        "84", "update the broker",
                        "85", "home-doctor",
                        "86", "mosquitto_passwd",
                        "87", "broker.user",
                        "8A", "broker.user",
                        "9F", "see the broker's log")
                .forEach((code, fix) -> {
                    Finding finding = only(
                            ScriptedBroker.Ways.USUAL.withConnAck("20 03 00 " + code + " 00"),
                            CheckName.LOGIN,
                            Status.FAIL);
                    assertThat(finding.seen()).contains("(0x" + code + ")");
                    assertThat(finding.fix()).as(code).contains(fix);
                });
    }
}
