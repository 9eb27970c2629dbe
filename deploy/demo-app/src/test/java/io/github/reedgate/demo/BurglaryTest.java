package io.github.reedgate.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The verdict on a burglary has to find each broken promise; and the phone's picture has to fit. */
final class BurglaryTest {

    private static final String ALARM = "Kitchen window opened while armed away, 22:14:03";

    private final Received received = new Received();
    private int seq;

    private void on(String topic, String payload, Map<String, String> properties) {
        received.add(new Arrival("reedgate/home/" + topic, payload, false, properties, 0));
    }

    private void states(String... states) {
        for (String state : states) {
            on("panel/state", state, Map.of());
        }
    }

    private void reply(String action, String reason) {
        on(
                "panel/reply",
                "{\"action\":\"" + action + "\",\"accepted\":" + reason.isEmpty() + ",\"reason\":"
                        + (reason.isEmpty() ? "null" : "\"" + reason + "\"") + ",\"sensors\":[]}",
                Map.of());
    }

    private void event(String type, String more) {
        seq++;
        on(
                "event",
                "{\"event_type\":\"" + type + "\",\"id\":\"i" + seq + "\",\"seq\":" + seq + ",\"replayed\":false" + more
                        + "}",
                Map.of());
    }

    private void burglary(String tries) {
        event("arming", "");
        event("armed", "");
        event("triggered", ",\"incident_id\":\"a\"");
        on("alarm", ALARM, Map.of("id", "i" + seq));
        event("command_refused", tries);
        event("disarmed", ",\"incident_id\":\"a\"");
    }

    private void replies(String secondReason) {
        reply("ARM_AWAY", "");
        reply("DISARM", secondReason);
        reply("DISARM", "");
    }

    private void wholeStory() {
        states("disarmed", "disarmed", "arming", "armed_away", "triggered", "disarmed", "disarmed");
        burglary(",\"tries\":1");
        replies("wrong_code");
    }

    private List<String> broken() {
        return Burglary.checks(received).stream()
                .filter(check -> !check.holds())
                .map(Check::claim)
                .toList();
    }

    @Test
    void keptPromisesHold() {
        wholeStory();

        Verdict verdict = new Verdict(Burglary.checks(received));

        assertThat(verdict.holds()).as(verdict.toString()).isTrue();
        assertThat(verdict.table(new Paint(false))).hasSize(4).allMatch(line -> line.length() <= 80);
    }

    @Test
    void armingMayBeLeftOutOnABusyMachine() {
        states("disarmed", "armed_away", "triggered", "disarmed");
        burglary(",\"tries\":1");
        replies("wrong_code");

        assertThat(broken()).isEmpty();
    }

    @Test
    void silenceBreaksThemAll() {
        assertThat(broken()).hasSize(4);
    }

    @Test
    void panelThatAWrongCodeDisarmsIsFound() {
        states("disarmed", "arming", "armed_away", "triggered", "disarmed");
        burglary(",\"tries\":1");
        replies("");

        assertThat(broken()).singleElement().asString().contains("wrong code");
    }

    @Test
    void panelThatIsNeverTriggeredIsFound() {
        states("disarmed", "arming", "armed_away", "disarmed");
        burglary(",\"tries\":1");
        replies("wrong_code");

        assertThat(broken()).singleElement().asString().contains("the panel does");
    }

    @Test
    void wrongCodeThatIsNotCountedIsFound() {
        states("disarmed", "arming", "armed_away", "triggered", "disarmed");
        burglary("");
        replies("wrong_code");

        assertThat(broken()).singleElement().asString().contains("wrong code");
    }

    @Test
    void secondAlarmOfAnotherIncidentIsFound() {
        wholeStory();
        event("triggered", ",\"incident_id\":\"b\"");
        on("alarm", ALARM, Map.of("id", "i" + seq));

        assertThat(broken()).hasSize(2).anyMatch(claim -> claim.contains("one alarm"));
    }

    @Test
    void pictureShowsTheAlarmAndTheAnswersAndFits() {
        on("alarm", "Front door opened, 22:14:00", Map.of("id", "other"));
        wholeStory();

        List<String> picture = Screen.picture(received);

        assertThat(picture).allMatch(line -> line.length() <= 80);
        assertThat(picture)
                .extracting(String::length)
                .containsOnly(picture.get(0).length());
        assertThat(String.join("\n", picture))
                .contains(
                        "ALARM  " + ALARM,
                        "arm away: done",
                        "disarm: refused, wrong code, 4 tries left",
                        "disarm: done")
                .doesNotContain("Front door");
    }

    @Test
    void linesOfThePanelSayWhatItIs() {
        wholeStory();

        assertThat(received.all().stream()
                        .flatMap(arrival -> Screen.line(arrival).stream())
                        .map(Screen.Line::text))
                .contains(
                        "panel armed_away",
                        "reply DISARM refused: wrong_code",
                        "event command_refused (try 1 of 5)",
                        "ALARM " + ALARM);
    }
}
