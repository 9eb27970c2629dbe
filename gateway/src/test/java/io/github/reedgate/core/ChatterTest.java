package io.github.reedgate.core;

import static io.github.reedgate.contact.Position.CLOSED;
import static io.github.reedgate.contact.Position.OPEN;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.reedgate.contact.Position;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Sensors that move too much: found, told, and kept from flooding anybody. */
class ChatterTest {

    @Test
    void sensorThatChangesTooOftenIsToldOnceAndHeldBack() {
        CoreRig rig = CoreRig.of(CoreRig.door(17)).started();
        for (int second = 0; second < 600; second++) {
            rig.move(0, second % 2 == 0 ? OPEN : CLOSED);
            rig.pass(Duration.ofSeconds(1));
        }
        assertThat(rig.eventTypes()).containsOnlyOnce("sensor_fault");
        assertThat(CoreRig.json(rig.last("s17/detail"))).containsEntry("health", "chattering");
        // 31 changes until it is found out, then an opening and a closing every 10 s at most
        assertThat(rig.events()).hasSizeLessThanOrEqualTo(31 + 1 + 2 * 57);
    }

    @Test
    void everyOpeningIsToldWithinTheReportTimeEvenWhileChattering() {
        CoreRig rig = CoreRig.of(CoreRig.door(17)).started();
        for (int i = 0; i < 120; i++) {
            rig.move(0, i % 2 == 0 ? OPEN : CLOSED);
            rig.pass(Duration.ofSeconds(1));
        }
        rig.pass(Duration.ofSeconds(10));
        rig.forget();

        rig.move(0, OPEN);
        rig.pass(Duration.ofMillis(200));
        rig.move(0, CLOSED);
        rig.pass(Duration.ofSeconds(11));
        assertThat(rig.told()).anyMatch(told -> told.startsWith("alarm="));
        assertThat(rig.eventTypes()).containsExactly("opened", "closed");
        assertThat(rig.last("s17/state")).isEqualTo("closed");
    }

    @Test
    void recoveryTellsHowManyChangesWereNotToldSingly() {
        CoreRig rig = CoreRig.of(CoreRig.door(17)).started();
        for (int i = 0; i < 61; i++) {
            rig.move(0, i % 2 == 0 ? OPEN : CLOSED);
            rig.pass(Duration.ofSeconds(1));
        }
        rig.pass(Duration.ofMinutes(4));
        assertThat(rig.eventTypes()).endsWith("sensor_ok");
        assertThat((String) rig.events().get(rig.events().size() - 1).get("message"))
                .matches("Sensor 17 can be trusted again; [0-9]+ changes were not told singly");
        assertThat(rig.last("s17/state")).isEqualTo("open");
    }

    @Test
    void contactThatNeverRestsIsStuckAfterTenSeconds() {
        CoreRig rig = CoreRig.of(CoreRig.door(17)).started();
        Position position = OPEN;
        for (int i = 0; i < 1_200; i++) {
            rig.move(0, position);
            position = position.other();
            rig.pass(Duration.ofMillis(10));
        }
        assertThat(rig.events())
                .filteredOn(event -> "sensor_fault".equals(event.get("event_type")))
                .extracting(event -> event.get("health"))
                .contains("stuck");
        assertThat(rig.events()).hasSizeLessThan(20);
    }

    @Test
    void stormOfEdgesNeverFloodsAndEndsWithTheTruth() {
        Random random = new Random(7);
        CoreRig rig = CoreRig.of(CoreRig.door(17)).started();
        Position position = CLOSED;
        for (int i = 0; i < 60_000; i++) {
            position = position.other();
            rig.move(0, position);
            rig.pass(Duration.ofNanos(1 + random.nextInt(2_000_000)));
        }
        Position end = position;
        rig.pass(Duration.ofMinutes(5));

        assertThat(rig.messages()).hasSizeLessThan(120);
        assertThat(rig.last("s17/state")).isEqualTo(end == OPEN ? "open" : "closed");
        assertThat(rig.eventTypes()).endsWith("sensor_ok");
    }
}
