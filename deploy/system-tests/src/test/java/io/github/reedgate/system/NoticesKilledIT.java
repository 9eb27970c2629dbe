package io.github.reedgate.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reedgate.system.Webhook.Call;
import io.github.reedgate.system.Webhook.Mood;
import io.github.reedgate.testbroker.BrokerOptions;
import io.github.reedgate.testbroker.TestBroker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The gateway dies of SIGKILL while it tells people beside the broker: what waits is told by a later start, late if it is, and
 * once, but for an answer that was on its way to the disk.
 */
@Tag("fault")
@Tag("repeated")
final class NoticesKilledIT {

    private static final Duration LATE = Duration.ofSeconds(10);
    private static final int LONGEST_PAUSE_MILLIS = 600;
    private static final int LONGEST_WAY_TO_DISK_MILLIS = 30;
    private static final int MOST_DOORS = 20;
    private static final String PANEL = """
            alarm:
              siren_time: 1h
              repeat: 0s
              away:
                exit_delay: 0s
                entry_delay: 0s
            notify:
              phone: {type: webhook, url: '%s', events: alarms, repeat: 0s, late: 10s}
              neighbour: {type: webhook, url: '%s', events: alarms, repeat: 0s, late: 10s}
            """;

    /** When it is killed, as seen from the phone's server. */
    private enum Moment {
        BEFORE_A_TRY(Mood.HANGS_UP),
        TAKEN_AND_NOT_ANSWERED(Mood.NEVER_ANSWERS),
        BETWEEN_TWO_TRIES(Mood.FAILS),
        AFTER_THE_ANSWER(Mood.TAKES);

        private final Mood mood;

        Moment(Mood mood) {
            this.mood = mood;
        }
    }

    @TempDir
    private Path folder = Path.of("");

    private final TestBroker broker = TestBroker.started(BrokerOptions.plain());
    private final Webhook phone = new Webhook(Mood.TAKES);
    private final Webhook neighbour = new Webhook(Mood.HANGS_UP);
    private final Random random = Faults.chance();

    @AfterEach
    void end() {
        phone.close();
        neighbour.close();
        broker.close();
    }

    @Test
    void noticesThatWaitAreToldAfterKillsAtAnyMoment() {
        List<Moment> moments = moments();
        String yaml = PANEL.formatted(phone.url(), neighbour.url()) + Yaml.doors(broker.port(), moments.size());
        try (Subscriber witness = Subscriber.connected(broker.port(), "witness");
                RunningGateway gateway = RunningGateway.configured(folder, yaml)
                        .with("PATH", synchronisedClock())
                        .start()) {
            for (int door = 0; door < moments.size(); door++) {
                witness.awaitLast("door_" + door + "/state", "closed");
            }
            Waiting.until(
                    "the clock is trusted",
                    () -> witness.events().stream().anyMatch(event -> Boolean.TRUE.equals(event.get("clock_synced"))));
            gateway.succeeds("arm", "away");
            witness.awaitLast("panel/state", "armed_away");
            StoredEvents store = new StoredEvents(gateway.stateFolder());
            for (int door = 0; door < moments.size(); door++) {
                alarmAndKill(gateway, door, moments.get(door));
                phone.becomes(Mood.TAKES);
                if (door == moments.size() - 1) {
                    Waiting.until("the first is late", () -> ageOfFirst(store).compareTo(LATE) > 0);
                    neighbour.becomes(Mood.TAKES);
                }
                startAgain(witness, gateway, moments.size());
                long left = door == moments.size() - 1 ? 0 : door + 1;
                Waiting.until("the others are told", () -> store.waitingNotices() == left);
            }
            Waiting.until(
                    "all is published",
                    () -> store.waiting() == 0 && ids(witness.events()).containsAll(store.ids()));

            assertNothingElseHappened(witness, moments.size());
            assertToldOnce(witness.events("triggered"), moments);
            assertProven(witness, store);
            assertLate();
        }
    }

    /** A path of programs with one that says of the clock that it can be trusted, as on a Pi at the Internet. */
    private String synchronisedClock() {
        try {
            Path programs = Files.createDirectory(folder.resolve("programs"));
            Path timedatectl = Files.writeString(programs.resolve("timedatectl"), "#!/bin/sh\necho yes\n");
            assertThat(timedatectl.toFile().setExecutable(true)).isTrue();
            return programs + ":" + System.getenv("PATH");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Each once, and more of them if there is time, in any order. */
    private List<Moment> moments() {
        List<Moment> moments = new ArrayList<>(List.of(Moment.values()));
        while (Faults.heavy() && moments.size() < MOST_DOORS) {
            moments.add(Moment.values()[random.nextInt(Moment.values().length)]);
        }
        Collections.shuffle(moments, random);
        System.out.println(moments);
        return moments;
    }

    /** A door opens, one more of the incident; the gateway is killed once that is on disk and the moment has come. */
    private void alarmAndKill(RunningGateway gateway, int door, Moment moment) {
        StoredEvents store = new StoredEvents(gateway.stateFolder());
        int heard = phone.calls().size();
        int answered = phone.answered();
        phone.becomes(moment.mood);
        try (SimWire wire = SimWire.open(gateway.stateFolder().resolve("sim.sock"))) {
            wire.ask("open door_" + door);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Waiting.until("the alarm is on disk", () -> alarms(store).size() == door + 1);
        if (moment != Moment.AFTER_THE_ANSWER) {
            // for the neighbour all those so far, for the phone this one: they came to the disk with the event
            assertThat(store.waitingNotices()).isEqualTo(door + 2);
        }
        switch (moment) {
            case BEFORE_A_TRY -> pause(LONGEST_PAUSE_MILLIS);
            case TAKEN_AND_NOT_ANSWERED ->
                Waiting.until("it is heard", () -> phone.calls().size() > heard);
            case BETWEEN_TWO_TRIES -> {
                Waiting.until("it has failed", () -> phone.answered() > answered);
                pause(LONGEST_PAUSE_MILLIS);
            }
            case AFTER_THE_ANSWER -> {
                Waiting.until("it is taken", () -> phone.answered() > answered);
                pause(LONGEST_WAY_TO_DISK_MILLIS);
            }
        }
        gateway.kill();
    }

    private static Duration ageOfFirst(StoredEvents store) {
        StoredEvents.Row first = alarms(store).get(0);
        return Duration.between(Instant.ofEpochMilli(first.timeMillis()), Instant.now());
    }

    private static List<StoredEvents.Row> alarms(StoredEvents store) {
        return store.rows().stream()
                .filter(row -> row.type().equals("triggered"))
                .toList();
    }

    private void pause(int mostMillis) {
        Waiting.during(Duration.ofMillis(random.nextInt(mostMillis)));
    }

    /** The doors of the simulator are closed when it starts. */
    private static void startAgain(Subscriber witness, RunningGateway gateway, int doors) {
        witness.awaitLast("availability", "offline");
        int before = witness.all().size();
        gateway.start();
        for (int door = 0; door < doors; door++) {
            String topic = "reedgate/home/door_" + door + "/state";
            Waiting.until(topic + " is closed", () -> {
                List<Arrival> all = witness.all();
                return all.subList(before, all.size()).stream()
                        .filter(arrival -> arrival.topic().equals(topic))
                        .anyMatch(arrival -> arrival.payload().equals("closed"));
            });
        }
    }

    private static Set<String> ids(List<Map<String, Object>> events) {
        Set<String> ids = new HashSet<>();
        events.forEach(event -> ids.add(String.valueOf(event.get("id"))));
        return ids;
    }

    private static void assertNothingElseHappened(Subscriber witness, int alarms) {
        assertThat(witness.events("triggered"))
                .hasSize(alarms)
                .extracting(event -> event.get("incident_id"))
                .containsOnly(witness.events("triggered").get(0).get("incident_id"));
        assertThat(witness.events(
                        "disarmed", "arm_refused", "found_open", "pending", "acknowledged", "overflow", "store_fault"))
                .isEmpty();
        List<String> panel =
                witness.on("panel/state").stream().map(Arrival::payload).toList();
        assertThat(panel.subList(panel.indexOf("triggered"), panel.size())).containsOnly("triggered");
    }

    /** At least once each; twice only where the answer may not have come to the disk. */
    private void assertToldOnce(List<Map<String, Object>> alarms, List<Moment> moments) {
        for (int i = 0; i < moments.size(); i++) {
            String id = String.valueOf(alarms.get(i).get("id"));
            long times =
                    phone.taken().stream().filter((id + ".phone.0")::equals).count();
            long most = moments.get(i) == Moment.AFTER_THE_ANSWER ? 2 : 1;
            assertThat(times).as("alarm " + i + " of " + moments).isBetween(1L, most);
        }
        assertThat(new HashSet<>(phone.taken())).hasSize(moments.size());
        assertThat(neighbour.taken())
                .containsExactlyElementsOf(alarms.stream()
                        .map(alarm -> alarm.get("id") + ".neighbour.0")
                        .toList());
    }

    /** One proof in the log for each alarm and each of those who were told. */
    private void assertProven(Subscriber witness, StoredEvents store) {
        Set<String> kept = store.ids();
        List<String> expected = new ArrayList<>(new HashSet<>(phone.taken()));
        expected.addAll(neighbour.taken());
        assertThat(witness.events("notified"))
                .filteredOn(event -> kept.contains(String.valueOf(event.get("id"))))
                .extracting(event -> event.get("about_id") + "." + event.get("target") + ".0")
                .containsExactlyInAnyOrderElementsOf(expected);
    }

    /** The first alarm has waited for the neighbour through all the kills. */
    private void assertLate() {
        Call first = neighbour.calls().get(0);
        assertThat(Duration.between(Instant.parse(String.valueOf(first.json().get("time"))), Instant.now()))
                .isGreaterThan(LATE);
        assertThat(first.notice().get("late")).isEqualTo(true);
        assertThat(String.valueOf(first.notice().get("text")))
                .startsWith("Late: happened on ")
                .contains("Door 0 opened");
        assertThat(first.json()).containsEntry("replayed", true);
        assertThat(phone.calls())
                .allSatisfy(call -> assertThat(
                                String.valueOf(call.notice().get("text")).startsWith("Late: "))
                        .isEqualTo(call.notice().get("late")));
    }
}
