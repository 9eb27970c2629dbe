package io.github.reedgate.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The verdict has to find each broken promise. */
final class VerdictTest {

    private final Deeds deeds = new Deeds();
    private final Received received = new Received();
    private long seq = 1;

    @Test
    void keptPromisesHold() {
        wholeStory();

        Verdict verdict = Verdict.of(deeds, received, "closed");

        assertThat(verdict.holds()).as(verdict.toString()).isTrue();
        assertThat(verdict.table(new Paint(false))).hasSize(6).allMatch(line -> line.startsWith("  ok "));
        assertThat(verdict.table(new Paint(false))).allMatch(line -> line.length() <= 80);
    }

    @Test
    void repeatedDeliveryIsNoBrokenPromise() {
        wholeStory();
        received.on("event").forEach(received::add);
        received.on("alarm").forEach(received::add);

        assertThat(Verdict.of(deeds, received, "closed").holds()).isTrue();
    }

    @Test
    void missingAlarmIsFound() {
        deeds.moved(true, true);
        event("opened", false);

        assertBroken("open", "alarm");
    }

    @Test
    void alarmWithoutOpeningIsFound() {
        wholeStory();
        alarm("i99");

        assertBroken("closed", "alarm");
    }

    @Test
    void secondAlarmForOneOpeningIsFound() {
        deeds.moved(true, true);
        alarm(event("opened", false));
        alarm("another");

        assertBroken("open", "alarm");
    }

    @Test
    void swappedMovesAreFound() {
        deeds.moved(true, true);
        deeds.moved(false, true);
        event("closed", false);
        alarm(event("opened", false));

        assertBroken("closed", "order");
    }

    @Test
    void gapInTheNumbersIsFound() {
        deeds.moved(true, true);
        alarm(event("opened", false));
        seq++;
        deeds.moved(false, true);
        event("closed", false);

        assertBroken("closed", "gap");
    }

    @Test
    void untoldInterferenceIsFound() {
        deeds.moved(true, true);
        alarm(event("opened", false));
        deeds.disturbed();

        assertBroken("open", "interference");
    }

    @Test
    void moveOfTheOutageThatIsNotMarkedIsFound() {
        deeds.moved(true, false);
        alarm(event("opened", false));

        assertBroken("open", "outage");
    }

    @Test
    void wrongRetainedStateIsFound() {
        wholeStory();

        assertBroken("open", "newcomer");
    }

    @Test
    void silenceIsFound() {
        deeds.moved(true, true);

        assertThat(Verdict.of(deeds, received, "nothing").holds()).isFalse();
    }

    private void assertBroken(String retainedState, String word) {
        assertThat(Verdict.of(deeds, received, retainedState).checks())
                .filteredOn(check -> !check.holds())
                .singleElement()
                .satisfies(check -> assertThat(check.claim()).contains(word));
    }

    private void wholeStory() {
        event("started", false);
        deeds.moved(true, true);
        alarm(event("opened", false));
        deeds.moved(false, true);
        event("closed", false);
        deeds.disturbed();
        event("glitch", false);
        event("link_lost", true);
        deeds.moved(true, false);
        alarm(event("opened", true));
        deeds.moved(false, false);
        event("closed", true);
    }

    private String event(String type, boolean replayed) {
        String id = "i" + seq;
        received.add(new Arrival(
                "reedgate/home/event",
                "{\"event_type\":\"" + type + "\",\"id\":\"" + id + "\",\"seq\":" + seq + ",\"replayed\":" + replayed
                        + ",\"sensor\":\"front_door\",\"message\":\"x\"}",
                false,
                Map.of(),
                0));
        seq++;
        return id;
    }

    private void alarm(String id) {
        received.add(new Arrival("reedgate/home/alarm", "Front door opened", false, Map.of("id", id), 0));
    }

    @Test
    void eventsOfOneIdCountOnce() {
        event("opened", false);
        received.on("event").forEach(received::add);

        assertThat(received.events()).extracting(Arrival.SeenEvent::id).isEqualTo(List.of("i1"));
        assertThat(received.repeats()).isEqualTo(1);
    }
}
