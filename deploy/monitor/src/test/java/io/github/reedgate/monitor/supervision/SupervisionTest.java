package io.github.reedgate.monitor.supervision;

import static io.github.reedgate.monitor.supervision.MonitorEventType.ACKNOWLEDGED;
import static io.github.reedgate.monitor.supervision.MonitorEventType.GATEWAY_BACK;
import static io.github.reedgate.monitor.supervision.MonitorEventType.GATEWAY_SILENT;
import static io.github.reedgate.monitor.supervision.MonitorEventType.GATEWAY_STOPPED;
import static io.github.reedgate.monitor.supervision.MonitorEventType.LINK_LOST;
import static io.github.reedgate.monitor.supervision.MonitorEventType.LINK_RESTORED;
import static io.github.reedgate.monitor.supervision.MonitorEventType.OVERFLOW;
import static io.github.reedgate.monitor.supervision.MonitorEventType.SILENCE_ALARM;
import static io.github.reedgate.monitor.supervision.MonitorEventType.SILENCE_REPEATED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The rules of supervision, one sentence each. */
class SupervisionTest {

    private static final Duration DELAY = Duration.ofSeconds(30);

    @Test
    void aGatewayThatDiesDuringTheEntryDelayRaisesTheAlarmAtItsDeadline() {
        SupervisionRig rig = SupervisionRig.watching("home");
        rig.panel("home", "armed_away");
        rig.pending("home", DELAY);
        Instant deadline = rig.wall().plus(DELAY);
        rig.pass(Duration.ofSeconds(5));
        rig.says("home", "availability", "offline");
        rig.pass(Duration.ofSeconds(60));

        MonitorEvent alarm = rig.only(SILENCE_ALARM);
        assertThat(alarm.time()).isBetween(deadline, deadline.plusSeconds(5));
        assertThat(alarm.message())
                .isEqualTo("Gateway home fell silent during the entry delay that began with Front door");
        assertThat(alarm.more()).containsEntry("incident_id", "incident-1").containsEntry("sensor", "Front door");
        assertThat(rig.condition("home")).isEqualTo(GatewayCondition.SILENT);
    }

    @Test
    void aGatewayWhoseNetworkIsCutDuringTheEntryDelayRaisesTheAlarmBeforeItsLastWillComes() {
        SupervisionRig rig = SupervisionRig.watching("home");
        rig.pending("home", DELAY);
        Instant deadline = rig.wall().plus(DELAY);
        rig.pass(Duration.ofSeconds(40));

        assertThat(rig.only(SILENCE_ALARM).time()).isBetween(deadline, deadline.plusSeconds(5));
    }

    @Test
    void theGatewaysClockMayBeWrong() {
        SupervisionRig rig = SupervisionRig.watching("home");
        Instant wrong = rig.wall().minusSeconds(7_000);
        rig.says("home", "diagnostics", "{\"time\":\"" + wrong + "\"}");
        rig.panel("home", "pending");
        rig.says(
                "home",
                "panel/detail",
                "{\"since\":\"" + wrong + "\",\"incident_id\":\"i\",\"open\":[],\"deadline\":\"" + wrong.plus(DELAY)
                        + "\"}");
        Instant deadline = rig.wall().plus(DELAY);
        rig.pass(Duration.ofSeconds(60));

        assertThat(rig.only(SILENCE_ALARM).time()).isBetween(deadline, deadline.plusSeconds(5));
    }

    @Test
    void aGatewayThatIsDisarmedOrTriggeredByItsDeadlineRaisesNone() {
        SupervisionRig rig = SupervisionRig.watching("home", "barn");
        rig.pending("home", DELAY);
        rig.pending("barn", DELAY);
        rig.pass(Duration.ofSeconds(29), "home", "barn");
        rig.panel("home", "disarmed");
        rig.pass(Duration.ofSeconds(1), "home", "barn");
        rig.panel("barn", "triggered");
        rig.pass(Duration.ofMinutes(5), "home", "barn");

        assertThat(rig.count(SILENCE_ALARM)).isZero();
    }

    @Test
    void aGatewayThatComesBackBeforeItsDeadlineAndIsDisarmedRaisesNone() {
        SupervisionRig rig = SupervisionRig.watching("home");
        rig.pending("home", DELAY);
        rig.says("home", "availability", "offline");
        rig.pass(Duration.ofSeconds(20));
        rig.says("home", "availability", "online");
        rig.pending("home", Duration.ofSeconds(10));
        rig.pass(Duration.ofSeconds(8));
        rig.panel("home", "disarmed");
        rig.pass(Duration.ofMinutes(2), "home");

        assertThat(rig.count(SILENCE_ALARM)).isZero();
        assertThat(rig.only(GATEWAY_BACK).gateway()).isEqualTo("home");
    }

    @Test
    void silenceWhileTriggeredRaisesTheAlarmAfter15Seconds() {
        SupervisionRig rig = SupervisionRig.watching("home");
        rig.panel("home", "triggered");
        Instant before = rig.wall();
        rig.says("home", "availability", "offline");
        rig.pass(Duration.ofSeconds(40));

        assertThat(rig.only(SILENCE_ALARM).time()).isCloseTo(before.plusSeconds(15), within(1, ChronoUnit.SECONDS));
    }

    @Test
    void silenceWhileArmedRaisesTheAlarmAfter60Seconds() {
        SupervisionRig rig = SupervisionRig.watching("home");
        rig.panel("home", "armed_night");
        Instant before = rig.wall();
        rig.says("home", "availability", "offline");
        rig.pass(Duration.ofMinutes(3));

        assertThat(rig.only(SILENCE_ALARM).time()).isCloseTo(before.plusSeconds(60), within(1, ChronoUnit.SECONDS));
        assertThat(rig.only(GATEWAY_SILENT).more())
                .containsEntry("panel", "armed")
                .containsEntry("will", true);
    }

    @Test
    void silenceWhileDisarmedIsReportedAfter5MinutesAndRaisesNone() {
        SupervisionRig rig = SupervisionRig.watching("home");
        rig.panel("home", "disarmed");
        rig.says("home", "availability", "offline");
        rig.pass(Duration.ofSeconds(299));
        assertThat(rig.count(GATEWAY_SILENT)).isZero();
        rig.pass(Duration.ofHours(1));

        assertThat(rig.count(GATEWAY_SILENT)).isEqualTo(1);
        assertThat(rig.count(SILENCE_ALARM)).isZero();
    }

    @Test
    void withoutALastWillTwoHeartbeatsHaveToBeMissing() {
        SupervisionRig rig = SupervisionRig.watching("home");
        rig.panel("home", "armed_away");
        rig.beats("home");
        rig.pass(Duration.ofSeconds(124));
        assertThat(rig.count(GATEWAY_SILENT)).isZero();
        rig.pass(Duration.ofSeconds(3));

        assertThat(rig.only(GATEWAY_SILENT).more()).containsEntry("will", false);
        assertThat(rig.count(SILENCE_ALARM)).isEqualTo(1);
    }

    @Test
    void aCleanStopAndAnUpgradeWhileArmedRaiseNone() {
        SupervisionRig rig = SupervisionRig.watching("home");
        rig.panel("home", "armed_away");
        rig.event("home", "stopping", 20);
        rig.says("home", "availability", "offline");
        rig.pass(Duration.ofMinutes(4));
        assertThat(rig.condition("home")).isEqualTo(GatewayCondition.STOPPED);
        rig.says("home", "availability", "online");
        rig.event("home", "started", 21);
        rig.pass(Duration.ofMinutes(4), "home");

        assertThat(rig.count(SILENCE_ALARM)).isZero();
        assertThat(rig.condition("home")).isEqualTo(GatewayCondition.OK);
        assertThat(rig.only(GATEWAY_STOPPED).gateway()).isEqualTo("home");
        assertThat(rig.count(GATEWAY_BACK)).isEqualTo(1);
    }

    @Test
    void aGatewayThatStaysAwayAfterItStoppedWhileArmedIsReportedOnce() {
        SupervisionRig rig = SupervisionRig.watching("home");
        rig.panel("home", "armed_away");
        rig.event("home", "stopping", 20);
        rig.says("home", "availability", "offline");
        rig.pass(Duration.ofMinutes(30));

        assertThat(rig.count(GATEWAY_STOPPED)).isEqualTo(2);
        assertThat(rig.count(SILENCE_ALARM)).isZero();
    }

    @Test
    void thatMayRaiseTheAlarmIfTheConfigurationWantsIt() {
        SupervisionSettings usual = SupervisionSettings.DEFAULT;
        SupervisionRig rig = new SupervisionRig(new SupervisionSettings(
                usual.thresholds(), usual.heartbeat(), usual.returning(), usual.stopped(), true, usual.repeat(), 0));
        rig.take(new SupervisionInput.LinkUp(true));
        rig.says("home", "availability", "online");
        rig.panel("home", "armed_away");
        rig.pass(Duration.ofSeconds(31), "home");
        rig.event("home", "stopping", 20);
        rig.says("home", "availability", "offline");
        rig.pass(Duration.ofMinutes(9));
        assertThat(rig.count(SILENCE_ALARM)).isZero();
        rig.pass(Duration.ofMinutes(2));

        assertThat(rig.count(SILENCE_ALARM)).isEqualTo(1);
    }

    @Test
    void anEntryDelayIsNotForgottenBecauseTheGatewayWasStopped() {
        SupervisionRig rig = SupervisionRig.watching("home");
        rig.pending("home", DELAY);
        rig.event("home", "stopping", 20);
        rig.says("home", "availability", "offline");
        rig.pass(Duration.ofMinutes(9));
        assertThat(rig.count(SILENCE_ALARM)).isZero();
        rig.pass(Duration.ofMinutes(2));

        assertThat(rig.count(SILENCE_ALARM)).isEqualTo(1);
    }

    @Test
    void aStopOfLongAgoExcusesNoCrashOfToday() {
        SupervisionRig rig = SupervisionRig.watching("home");
        rig.event("home", "stopping", 20);
        rig.says("home", "availability", "offline");
        rig.pass(Duration.ofSeconds(10));
        rig.says("home", "availability", "online");
        rig.event("home", "started", 21);
        rig.panel("home", "armed_away");
        rig.event("home", "stopping", 20); // once more: at least once
        rig.says("home", "availability", "offline");
        rig.pass(Duration.ofMinutes(2));

        assertThat(rig.count(SILENCE_ALARM)).isEqualTo(1);
    }

    @Test
    void whileTheMonitorsOwnLineIsLostNothingIsCounted() {
        SupervisionRig rig = SupervisionRig.watching("home");
        rig.panel("home", "armed_away");
        rig.take(new SupervisionInput.LinkLost());
        rig.pass(Duration.ofHours(1));
        rig.take(new SupervisionInput.LinkUp(true));
        rig.kept("home", "availability", "offline");
        rig.pass(Duration.ofSeconds(20));
        rig.says("home", "availability", "online");
        rig.pass(Duration.ofMinutes(10), "home");

        assertThat(rig.count(SILENCE_ALARM) + rig.count(GATEWAY_SILENT)).isZero();
    }

    @Test
    void aLineThatIsDeadButNotKnownToBeSoRaisesNone() {
        SupervisionRig rig = SupervisionRig.watching("home");
        rig.pending("home", DELAY);
        rig.echoes = false;
        rig.pass(Duration.ofSeconds(45));
        assertThat(rig.count(SILENCE_ALARM)).isZero();
        rig.take(new SupervisionInput.LinkLost());
        rig.echoes = true;
        rig.take(new SupervisionInput.LinkUp(true));
        rig.kept("home", "availability", "online");
        rig.kept("home", "panel/state", "disarmed");
        rig.pass(Duration.ofMinutes(2), "home");

        assertThat(rig.count(SILENCE_ALARM)).isZero();
    }

    @Test
    void threeGatewaysThatVanishAtOnceAreTheBrokersFailure() {
        SupervisionRig rig = SupervisionRig.watching("home", "barn", "shop");
        for (String each : new String[] {"home", "barn", "shop"}) {
            rig.panel(each, "armed_away");
        }
        for (String each : new String[] {"home", "barn", "shop"}) {
            rig.says(each, "availability", "offline");
            rig.pass(Duration.ofSeconds(1));
        }
        rig.pass(Duration.ofMinutes(4));
        assertThat(rig.count(SILENCE_ALARM) + rig.count(GATEWAY_SILENT)).isZero();
        assertThat(rig.only(LINK_LOST).message()).startsWith("All 3 gateways vanished at once");
        for (String each : new String[] {"home", "barn", "shop"}) {
            rig.says(each, "availability", "online");
        }
        rig.pass(Duration.ofMinutes(10), "home", "barn", "shop");

        assertThat(rig.count(SILENCE_ALARM)).isZero();
        assertThat(rig.count(LINK_RESTORED)).isEqualTo(1);
    }

    @Test
    void theBrokersFailureExplainsNothingForEver() {
        SupervisionRig rig = SupervisionRig.watching("home", "barn", "shop");
        for (String each : new String[] {"home", "barn", "shop"}) {
            rig.panel(each, "armed_away");
            rig.says(each, "availability", "offline");
        }
        rig.pass(Duration.ofSeconds(301));

        assertThat(rig.count(SILENCE_ALARM)).isEqualTo(3);
    }

    @Test
    void theOneOfThreeThatDoesNotComeBackRaisesTheAlarm() {
        SupervisionRig rig = SupervisionRig.watching("home", "barn", "shop");
        for (String each : new String[] {"home", "barn", "shop"}) {
            rig.panel(each, "armed_away");
            rig.says(each, "availability", "offline");
        }
        rig.pass(Duration.ofSeconds(20));
        rig.says("barn", "availability", "online");
        rig.says("shop", "availability", "online");
        rig.pass(Duration.ofSeconds(70), "barn", "shop");

        assertThat(rig.only(SILENCE_ALARM).gateway()).isEqualTo("home");
    }

    @Test
    void twoGatewaysThatVanishAtOnceAreJudgedByThemselves() {
        SupervisionRig rig = SupervisionRig.watching("home", "barn");
        for (String each : new String[] {"home", "barn"}) {
            rig.panel(each, "armed_away");
            rig.says(each, "availability", "offline");
        }
        rig.pass(Duration.ofSeconds(70));

        assertThat(rig.count(SILENCE_ALARM)).isEqualTo(2);
    }

    @Test
    void whenTheHeartbeatsOfAllAreMissingTheBrokerDeliversNothing() {
        SupervisionRig rig = SupervisionRig.watching("home", "barn", "shop");
        for (String each : new String[] {"home", "barn", "shop"}) {
            rig.panel(each, "armed_away");
            rig.pass(Duration.ofSeconds(10));
        }
        rig.pass(Duration.ofSeconds(200));

        assertThat(rig.count(SILENCE_ALARM)).isZero();
        assertThat(rig.count(LINK_LOST)).isEqualTo(1);
    }

    @Test
    void messagesThatTheBrokerHadKeptAreNeitherLifeNorAlarm() {
        SupervisionRig rig = SupervisionRig.watching("home");
        rig.panel("home", "armed_away");
        rig.take(new SupervisionInput.LinkLost());
        rig.echoes = false;
        rig.pass(Duration.ofHours(1));
        rig.take(new SupervisionInput.LinkUp(true));
        rig.says("home", "availability", "offline"); // from the queue, an hour old
        rig.says("home", "availability", "online");
        rig.event("home", "opened", 30);
        rig.kept("home", "availability", "offline");
        rig.echoes = true;
        rig.pass(Duration.ofSeconds(6));
        Instant live = rig.wall();
        rig.pass(Duration.ofMinutes(3));

        assertThat(rig.only(SILENCE_ALARM).time()).isBetween(live.plusSeconds(50), live.plusSeconds(61));
    }

    @Test
    void aCleanStopWhileTheMonitorWasAwayIsInTheKeptSession() {
        SupervisionRig rig = SupervisionRig.watching("home");
        rig.panel("home", "armed_away");
        rig.restart();
        rig.take(new SupervisionInput.LinkUp(true));
        rig.event("home", "stopping", 40);
        rig.says("home", "availability", "offline");
        rig.kept("home", "availability", "offline");
        rig.kept("home", "panel/state", "armed_away");
        rig.pass(Duration.ofMinutes(5));

        assertThat(rig.count(SILENCE_ALARM)).isZero();
        assertThat(rig.condition("home")).isEqualTo(GatewayCondition.STOPPED);
    }

    @Test
    void withoutTheSessionNobodyKnowsWhetherItStoppedAndTheLongerBoundCounts() {
        SupervisionRig rig = SupervisionRig.watching("home");
        rig.panel("home", "armed_away");
        rig.restart();
        rig.take(new SupervisionInput.LinkUp(false));
        rig.kept("home", "availability", "offline");
        rig.kept("home", "panel/state", "armed_away");
        rig.pass(Duration.ofMinutes(9));
        assertThat(rig.count(SILENCE_ALARM)).isZero();
        assertThat(rig.condition("home")).isEqualTo(GatewayCondition.SILENT);
        rig.pass(Duration.ofMinutes(2));

        assertThat(rig.count(SILENCE_ALARM)).isEqualTo(1);
    }

    @Test
    void aCrashWhileTheMonitorWasDownRaisesTheAlarmAfterItsStart() {
        SupervisionRig rig = SupervisionRig.watching("home");
        rig.pending("home", DELAY);
        rig.restart();
        rig.silence(Duration.ofMinutes(10));
        rig.take(new SupervisionInput.LinkUp(true));
        rig.kept("home", "availability", "offline");
        rig.kept("home", "panel/state", "pending");
        Instant live = rig.wall();
        rig.pass(Duration.ofMinutes(2));

        assertThat(rig.only(SILENCE_ALARM).time()).isBetween(live.plusSeconds(30), live.plusSeconds(32));
    }

    @Test
    void anAlarmIsRepeatedAtMost12TimesUntilSomebodyAcknowledges() {
        SupervisionRig rig = SupervisionRig.watching("home");
        rig.panel("home", "triggered");
        rig.says("home", "availability", "offline");
        rig.pass(Duration.ofMinutes(11));
        assertThat(rig.count(SILENCE_REPEATED)).isEqualTo(2);
        rig.pass(Duration.ofHours(3));
        assertThat(rig.count(SILENCE_REPEATED)).isEqualTo(12);
        rig.take(new SupervisionInput.Acknowledged("anna", null));

        assertThat(rig.only(ACKNOWLEDGED).more()).containsEntry("by", "anna");
        assertThat(rig.state().ringing()).isEmpty();
    }

    @Test
    void anAcknowledgedAlarmIsNotRepeated() {
        SupervisionRig rig = SupervisionRig.watching("home");
        rig.panel("home", "triggered");
        rig.says("home", "availability", "offline");
        rig.pass(Duration.ofMinutes(1));
        rig.take(new SupervisionInput.Acknowledged("anna", "home"));
        rig.pass(Duration.ofHours(1));

        assertThat(rig.count(SILENCE_REPEATED)).isZero();
        assertThat(rig.count(SILENCE_ALARM)).isEqualTo(1);
    }

    @Test
    void theReturnOfADisarmedGatewayEndsItsAlarmAndIsReported() {
        SupervisionRig rig = SupervisionRig.watching("home");
        rig.panel("home", "triggered");
        rig.says("home", "availability", "offline");
        rig.pass(Duration.ofMinutes(1));
        rig.says("home", "availability", "online");
        assertThat(rig.state().ringing()).containsExactly("home");
        rig.panel("home", "disarmed");

        assertThat(rig.count(GATEWAY_BACK)).isEqualTo(1);
        assertThat(rig.only(ACKNOWLEDGED).message()).contains("back and disarmed");
        assertThat(rig.state().ringing()).isEmpty();
    }

    @Test
    void aRestartOfTheMonitorGoesOnWithTheAlarmAndRaisesNoSecondOne() {
        SupervisionRig rig = SupervisionRig.watching("home");
        rig.panel("home", "triggered");
        rig.says("home", "availability", "offline");
        rig.pass(Duration.ofMinutes(1));
        String id = rig.only(SILENCE_ALARM).id();
        rig.restart();
        assertThat(rig.state().outbox()).extracting(MonitorEvent::id).contains(id);
        rig.take(new SupervisionInput.LinkUp(true));
        rig.kept("home", "availability", "offline");
        rig.kept("home", "panel/state", "triggered");
        rig.pass(Duration.ofMinutes(6));

        assertThat(rig.count(SILENCE_ALARM)).isEqualTo(1);
        assertThat(rig.count(SILENCE_REPEATED)).isEqualTo(1);
    }

    @Test
    void oneIncidentRingsOnceHoweverOftenItsGatewayComesAndGoes() {
        SupervisionRig rig = SupervisionRig.watching("home");
        rig.pending("home", DELAY);
        rig.panel("home", "triggered");
        rig.says("home", "availability", "offline");
        rig.pass(Duration.ofMinutes(1));
        rig.take(new SupervisionInput.Acknowledged("anna", null));
        for (int round = 0; round < 5; round++) {
            rig.says("home", "availability", "online");
            rig.panel("home", "triggered");
            rig.says("home", "availability", "offline");
            rig.pass(Duration.ofMinutes(1));
        }

        assertThat(rig.count(SILENCE_ALARM)).isEqualTo(1);
    }

    @Test
    void aLateEventOfAnOldIncidentHidesNoSilence() {
        SupervisionRig rig = SupervisionRig.watching("home");
        rig.pending("home", DELAY);
        rig.says("home", "availability", "offline");
        rig.pass(Duration.ofMinutes(1));
        rig.take(new SupervisionInput.Acknowledged("anna", null));
        rig.says("home", "availability", "online");
        rig.panel("home", "armed_away");
        rig.says("home", "panel/detail", "{\"since\":null,\"incident_id\":null,\"open\":[],\"deadline\":null}");
        rig.says(
                "home",
                "event",
                SupervisionRig.eventOf("home", "triggered", 1, 11) + ",\"incident_id\":\"incident-1\"}");
        rig.says("home", "availability", "offline");
        rig.pass(Duration.ofMinutes(2));

        assertThat(rig.count(SILENCE_ALARM)).isEqualTo(2);
    }

    @Test
    void nothingIsExpectedOfAGatewayThatWasNeverHeard() {
        SupervisionRig rig = new SupervisionRig();
        rig.take(new SupervisionInput.LinkUp(false));
        rig.kept("old", "availability", "offline");
        rig.kept("old", "panel/state", "armed_away");
        rig.pass(Duration.ofHours(1));

        assertThat(rig.count(SILENCE_ALARM) + rig.count(GATEWAY_SILENT)).isZero();
        assertThat(rig.condition("old")).isEqualTo(GatewayCondition.UNKNOWN);
    }

    @Test
    void emptyingItsTopicsHidesNoArmedGateway() {
        SupervisionRig rig = SupervisionRig.watching("home");
        rig.panel("home", "armed_away");
        rig.says("home", "availability", "");
        rig.panel("home", "");
        rig.pass(Duration.ofMinutes(2));

        assertThat(rig.count(SILENCE_ALARM)).isEqualTo(1);
    }

    @Test
    void aPurgedGatewayThatWasDisarmedIsForgotten() {
        SupervisionRig rig = SupervisionRig.watching("home");
        rig.panel("home", "disarmed");
        rig.says("home", "availability", "offline");
        rig.says("home", "availability", "");
        rig.pass(Duration.ofHours(1));

        assertThat(rig.count(GATEWAY_SILENT)).isZero();
        assertThat(rig.state().conditions()).isEmpty();
    }

    @Test
    void theHistoryShowsInTheConditionOfAGatewayThatIsHeard() {
        SupervisionRig rig = SupervisionRig.watching("home");
        rig.take(new SupervisionInput.Recorded("home", true, false));
        assertThat(rig.condition("home")).isEqualTo(GatewayCondition.INCOMPLETE);
        rig.take(new SupervisionInput.Recorded("home", true, true));
        assertThat(rig.condition("home")).isEqualTo(GatewayCondition.CONFLICT);
        rig.says("home", "availability", "offline");
        rig.pass(Duration.ofMinutes(6));

        assertThat(rig.condition("home")).isEqualTo(GatewayCondition.SILENT);
    }

    @Test
    void aProbeThatIsNeverEchoedEndsTheJudgingAndIsReported() {
        SupervisionRig rig = SupervisionRig.watching("home");
        rig.panel("home", "armed_away");
        rig.echoes = false;
        rig.pass(Duration.ofSeconds(40), "home");
        assertThat(rig.state().isLive()).isTrue();
        rig.pass(Duration.ofSeconds(7), "home");
        assertThat(rig.state().isLive()).isFalse();
        assertThat(rig.only(LINK_LOST).more()).containsEntry("reason", "no_echo");
        rig.pass(Duration.ofMinutes(10));
        assertThat(rig.count(SILENCE_ALARM)).isZero();
        assertThat(rig.count(LINK_LOST)).isEqualTo(1);

        rig.echoes = true;
        rig.pass(Duration.ofSeconds(6));
        assertThat(rig.state().isLive()).isTrue();
        assertThat(rig.only(LINK_RESTORED).more()).containsEntry("reason", "no_echo");
        rig.pass(Duration.ofMinutes(2));
        assertThat(rig.count(SILENCE_ALARM)).isZero();
        rig.pass(Duration.ofSeconds(10));
        assertThat(rig.count(SILENCE_ALARM)).isEqualTo(1);
    }

    @Test
    void whatAGatewayDidWhileTheEchoWasMissingCountsFromTheEchoOn() {
        SupervisionRig rig = new SupervisionRig();
        rig.take(new SupervisionInput.LinkUp(false));
        rig.says("home", "availability", "online");
        rig.panel("home", "armed_away");
        rig.pass(Duration.ofSeconds(60), "home");
        rig.echoes = false;
        rig.pass(Duration.ofSeconds(60), "home");
        rig.says("home", "availability", "offline");
        rig.pass(Duration.ofMinutes(5));
        rig.echoes = true;
        rig.pass(Duration.ofSeconds(55));
        assertThat(rig.count(SILENCE_ALARM)).isZero();
        rig.pass(Duration.ofSeconds(15));

        assertThat(rig.count(SILENCE_ALARM)).isEqualTo(1);
    }

    @Test
    void aSecondSilenceOfAnArmedGatewayRaisesASecondAlarmThoughNobodyAcknowledgedTheFirst() {
        SupervisionRig rig = SupervisionRig.watching("home");
        rig.panel("home", "armed_away");
        rig.says("home", "availability", "offline");
        rig.pass(Duration.ofHours(2));
        assertThat(rig.count(SILENCE_ALARM)).isEqualTo(1);
        assertThat(rig.count(SILENCE_REPEATED)).isEqualTo(12);
        rig.says("home", "availability", "online");
        rig.panel("home", "armed_away");
        rig.pass(Duration.ofMinutes(10), "home");
        assertThat(rig.count(SILENCE_ALARM)).isEqualTo(1);
        rig.restart();
        rig.take(new SupervisionInput.LinkUp(true));
        rig.pass(Duration.ofMinutes(1), "home");
        rig.says("home", "availability", "offline");
        rig.pass(Duration.ofHours(2));

        assertThat(rig.count(SILENCE_ALARM)).isEqualTo(2);
        assertThat(rig.count(SILENCE_REPEATED)).isEqualTo(24);
    }

    @Test
    void numbersThatBeginAnewWithALaterStartHideNoCleanStop() {
        SupervisionRig rig = SupervisionRig.watching("home");
        rig.panel("home", "armed_away");
        rig.event("home", "opened", 17, 5_000);
        rig.event("home", "stopping", 16, 4_000); // of an earlier start: late
        rig.event("home", "stopping", 1_700_000_000, 12);
        rig.says("home", "availability", "offline");
        rig.pass(Duration.ofMinutes(9));

        assertThat(rig.only(GATEWAY_STOPPED).gateway()).isEqualTo("home");
        assertThat(rig.count(SILENCE_ALARM)).isZero();
    }

    @Test
    void aProbeThatIsNotEchoedSinceTheConnectionIsReportedToo() {
        SupervisionRig rig = new SupervisionRig();
        rig.echoes = false;
        rig.take(new SupervisionInput.LinkUp(false));
        rig.says("home", "availability", "online");
        rig.panel("home", "armed_away");
        rig.pass(Duration.ofSeconds(115), "home");
        assertThat(rig.count(LINK_LOST)).isZero(); // what the broker had kept may still be coming
        rig.pass(Duration.ofSeconds(6), "home");
        assertThat(rig.only(LINK_LOST).more()).containsEntry("reason", "no_echo");
        rig.pass(Duration.ofMinutes(10));
        assertThat(rig.events).hasSize(1);
        assertThat(rig.state().isLive()).isFalse();

        rig.echoes = true;
        rig.pass(Duration.ofSeconds(6), "home");
        assertThat(rig.only(LINK_RESTORED).more()).containsEntry("reason", "no_echo");
        assertThat(rig.state().isLive()).isTrue();
    }

    @Test
    void theFirstGatewayBeyondTheLimitIsReportedAtOnceAndOnlyOnce() {
        SupervisionRig rig = SupervisionRig.watching("home");
        List<SupervisionInput> round = new ArrayList<>();
        for (int count = 1; count <= SupervisionSettings.MOST_GATEWAYS - 1; count++) {
            round.add(new SupervisionInput.Heard("g" + count, false, new Saying.Availability(true)));
        }
        rig.take(round);
        assertThat(rig.count(OVERFLOW)).isZero();
        assertThat(rig.state().unsupervised()).isZero();
        rig.says("late", "availability", "online");
        rig.says("late", "panel/state", "disarmed");
        rig.says("later", "availability", "online");

        assertThat(rig.only(OVERFLOW).more()).containsEntry("unsupervised_gateway", "late");
        assertThat(rig.state().gateways()).isEqualTo(SupervisionSettings.MOST_GATEWAYS);
        assertThat(rig.state().unsupervised()).isEqualTo(2);

        rig.says("g7", "availability", "");
        rig.says("late", "availability", "online");
        assertThat(rig.state().unsupervised()).isEqualTo(1);
        assertThat(rig.count(OVERFLOW)).isEqualTo(1);
    }

    @Test
    void alarmLinesThatAreDroppedAreReportedOnceAMinute() {
        SupervisionRig rig = SupervisionRig.watching("home");
        int rings = SupervisionStep.MOST_WAITING + 200;
        for (int count = 0; count < rings; count++) {
            rig.says("home", "availability", "online");
            rig.panel("home", "armed_away");
            rig.says("home", "availability", "offline");
            rig.pass(Duration.ofSeconds(61));
        }
        assertThat(rig.state().outbox()).hasSize(SupervisionStep.MOST_WAITING);
        long dropped = rig.events.stream()
                .filter(each -> each.type() == OVERFLOW)
                .mapToLong(each -> (Long) each.more().get("dropped_events"))
                .sum();
        assertThat(dropped).isBetween(195L, 200L);
    }

    @Test
    void thousandsOfMessagesOfOneRoundAreTakenInTogether() {
        SupervisionRig rig = SupervisionRig.watching("home");
        List<SupervisionInput> round = new ArrayList<>();
        for (int count = 0; count < 5_000; count++) {
            round.add(new SupervisionInput.Heard("g" + count, false, new Saying.Availability(true)));
        }
        rig.take(round);

        assertThat(rig.state().gateways()).isEqualTo(5_001);
        assertThat(rig.condition("g4999")).isEqualTo(GatewayCondition.OK);
    }

    @Test
    void anEventThatOnlyRaisesTheNumberNeedsNoWriteAtOnce() {
        SupervisionRig rig = SupervisionRig.watching("home");
        SupervisionInput opened =
                new SupervisionInput.Heard("home", false, new Saying.Happened("opened", 1, 40, null, null));
        SupervisionInput stopping =
                new SupervisionInput.Heard("home", false, new Saying.Happened("stopping", 1, 41, null, null));

        assertThat(rig.take(opened)).matches(it -> !it.save() && it.saveSoon());
        assertThat(rig.take(stopping)).matches(SupervisionResult::save);
    }

    @Test
    void aSessionThatTheBrokerDroppedStaysDroppedWhileTheEchoIsMissing() {
        SupervisionRig rig = SupervisionRig.watching("home");
        rig.panel("home", "armed_away");
        rig.take(new SupervisionInput.LinkLost());
        rig.silence(Duration.ofMinutes(1));
        rig.echoes = false;
        rig.take(new SupervisionInput.LinkUp(false));
        rig.says("home", "availability", "offline");
        rig.pass(Duration.ofMinutes(4));
        rig.echoes = true;
        rig.pass(Duration.ofMinutes(9));

        assertThat(rig.count(SILENCE_ALARM)).isZero(); // its event stopping may have got lost with the session
        rig.pass(Duration.ofMinutes(2));
        assertThat(rig.count(SILENCE_ALARM)).isEqualTo(1);
    }
}
