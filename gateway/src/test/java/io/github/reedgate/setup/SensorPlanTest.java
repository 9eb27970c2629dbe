package io.github.reedgate.setup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How a sensor and its place are said on the command line. */
final class SensorPlanTest {

    @ParameterizedTest
    @CsvSource({
        "pin11, 17",
        "PIN 11, 17",
        "line17, 17",
        "gpio17, 17",
        "BCM-17, 17",
        "header pin 13, 27",
        "pin3, 2",
        "line27, 27"
    })
    void placeIsAPinOrALine(String where, int line) throws SetupException {
        assertThat(SensorPlan.line(where)).isEqualTo(line);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            17      | say pin17 for the header's pin or line17
            pin1    | pin 1 is 3V3, not a GPIO line
            pin2    | pin 2 is 5V, not a GPIO line
            pin9    | pin 9 is GND, not a GPIO line
            pin0    | the header has no pin 0; expected pin1 to pin40
            pin41   | the header has no pin 41
            line28  | line 28 is not on the header
            pin27   | line 0 (pin 27) reads the memory of an add-on board
            line1   | line 1 (pin 28) reads the memory of an add-on board
            door    | 'door' is no place on the header; expected pin1 to pin40 or line2 to line27
            pin-11x | is no place on the header
            """)
    void placeWhereNoSwitchShouldBeIsRefusedWithTheReason(String where, String reason) {
        assertThatThrownBy(() -> SensorPlan.line(where))
                .isInstanceOf(SetupException.class)
                .hasMessageContaining(reason);
    }

    @Test
    void sensorIsItsIdItsPlaceAndItsSettings() throws SetupException {
        assertThat(SensorPlan.parse("shed=line27,type=window,contact=normally_closed,pull=down"))
                .isEqualTo(new SensorPlan(
                        "shed", 27, Map.of("type", "window", "contact", "normally_closed", "pull", "down")));
        assertThat(SensorPlan.parse("front_door=pin11")).isEqualTo(new SensorPlan("front_door", 17, Map.of()));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            front_door            | has no place; expected ID=pinN or ID=lineN
            =pin11                | has no place
            d=pin11,typ=door      | 'typ=door' is no setting; allowed: name=, type=, contact=, pull=
            d=pin11,type          | 'type' is no setting
            d=11                  | say pin11 for the header's pin or line11
            """)
    void sensorThatIsNotUnderstoodIsRefusedWithTheReason(String text, String reason) {
        assertThatThrownBy(() -> SensorPlan.parse(text))
                .isInstanceOf(SetupException.class)
                .hasMessageContaining(reason);
    }

    @Test
    void everyPinHasALabelAndEveryLineGoesToItsPinAndBack() {
        assertThat(IntStream.rangeClosed(1, 40).mapToObj(HeaderPin::label))
                .hasSize(40)
                .contains("3V3", "5V", "GND", "GPIO0", "GPIO27");
        assertThat(IntStream.range(0, HeaderPin.LINES))
                .allSatisfy(line -> assertThat(HeaderPin.line(HeaderPin.of(line).orElseThrow()))
                        .hasValue(line));
        assertThat(IntStream.rangeClosed(1, 40).filter(pin -> "GND".equals(HeaderPin.label(pin))))
                .containsExactly(6, 9, 14, 20, 25, 30, 34, 39);
    }

    @Test
    void headerShowsTheSensorBesideItsPinAndTheNearestGround() {
        Plan plan = new Plan(
                "home",
                java.util.Optional.empty(),
                new Plan.Broker("mqtts://localhost", java.util.Optional.empty(), false, false, false),
                java.util.List.of(
                        new SensorPlan("front_door", 17, Map.of()),
                        new SensorPlan("shed", 18, Map.of("pull", "down"))));
        assertThat(plan.header())
                .hasSize(20)
                .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(79))
                .extracting(String::strip)
                .contains(
                        "front_door GPIO17 11 ● ● 12 GPIO18 shed",
                        "front_door's other wire    GND  9 ● ○ 10 GPIO15",
                        "shed's other wire    3V3 17 ● ○ 18 GPIO24");
    }
}
