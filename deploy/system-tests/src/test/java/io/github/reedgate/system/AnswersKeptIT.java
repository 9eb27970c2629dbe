package io.github.reedgate.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reedgate.testbroker.BrokerOptions;
import io.github.reedgate.testbroker.TestBroker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The power is cut at the moment of an answer: what was answered is done, and a signed command is not taken twice. */
final class AnswersKeptIT {

    private static final int ROUNDS = 3;
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final String EARLY = "clock_not_set";
    private static final String PANEL = "alarm:\n  away:\n    exit_delay: 0s\n";

    @TempDir
    private Path folder = Path.of("");

    private final TestBroker broker = TestBroker.create(BrokerOptions.plain());
    private Path key = Path.of("");
    private boolean synced;
    private int kept;

    @BeforeEach
    void startBroker() {
        broker.start();
    }

    @AfterEach
    void endBroker() {
        broker.close();
    }

    @Test
    void gatewayKilledAtTheMomentOfItsAnswerHasDoneWhatItAnswered() throws IOException {
        Path code = Files.writeString(folder.resolve("code"), "2580\n");
        key = folder.resolve("anna.key");
        try (Subscriber phone = Subscriber.connected(broker.port(), "phone");
                RunningGateway gateway = RunningGateway.configured(folder, PANEL + Yaml.frontDoor(broker.port()))) {
            Files.createDirectories(gateway.stateFolder());
            gateway.succeeds("user", "add", "anna", "--code-from", code.toString());
            gateway.succeeds("user", "key", "anna", "--out", key.toString());
            gateway.start();
            phone.awaitLast("front_door/state", "closed");
            phone.awaitLast("panel/state", "disarmed");
            Waiting.until("the start", () -> !phone.events("started").isEmpty());
            synced = Boolean.TRUE.equals(phone.events("started").get(0).get("clock_synced"));

            for (int round = 0; round < ROUNDS; round++) {
                killAtTheReply(phone, gateway, "arm_away", "armed_away");
                killAtTheReply(phone, gateway, "disarm", "disarmed");
                killAfterTheLocalAnswer(phone, gateway, List.of("arm", "away"), "armed_away");
                killAfterTheLocalAnswer(phone, gateway, List.of("disarm"), "disarmed");
            }
            assertThat(phone.events("triggered")).isEmpty();
            assertThat(kept).as("replies that something is on disk").isGreaterThanOrEqualTo(ROUNDS);
        }
    }

    private void killAtTheReply(Subscriber phone, RunningGateway gateway, String action, String state) {
        String command =
                synced ? signed(action) : "{\"action\":\"" + action.toUpperCase(Locale.ROOT) + "\",\"code\":\"2580\"}";
        String word = action.toUpperCase(Locale.ROOT);
        int before = replies(phone, word, null).size();
        phone.send("panel/set", command, false);
        Map<String, Object> reply = awaitReply(phone, word, null, before);
        if (Boolean.FALSE.equals(reply.get("stored"))) {
            // on a busy machine the disk takes longer than the reply waits: that says so, and promises nothing
            phone.awaitLast("panel/state", state);
            return;
        }
        gateway.kill();
        assertThat(reply).containsEntry("stored", true);
        kept++;

        startAnew(phone, gateway, state);
        if (synced) {
            int refused = replies(phone, word, "repeated").size();
            int early = replies(phone, word, EARLY).size();
            phone.send("panel/set", command, false);
            int tries = 0;
            while (isEarly(phone, word, refused, early)) {
                early++;
                assertThat(++tries).as("answers before the clock is trusted").isLessThan(100);
                Waiting.during(Duration.ofMillis(100));
                phone.send("panel/set", command, false);
            }
        }
    }

    /** Waits for the answer; true if the gateway has not found out yet that its clock can be trusted. */
    private static boolean isEarly(Subscriber phone, String word, int refused, int early) {
        Waiting.until(
                "an answer to what was sent again",
                () -> replies(phone, word, "repeated").size() > refused
                        || replies(phone, word, EARLY).size() > early);
        return replies(phone, word, "repeated").size() <= refused;
    }

    private static void killAfterTheLocalAnswer(
            Subscriber phone, RunningGateway gateway, List<String> words, String state) {
        gateway.succeeds(words.toArray(String[]::new));
        gateway.kill();
        startAnew(phone, gateway, state);
    }

    /** As it was kept, not as the broker remembers it. */
    private static void startAnew(Subscriber phone, RunningGateway gateway, String state) {
        phone.awaitLast("availability", "offline");
        int before = phone.on("panel/state").size();
        gateway.start();
        phone.awaitLast("availability", "online");
        Waiting.until("the state anew", () -> phone.on("panel/state").size() > before);
        assertThat(phone.last("panel/state")).isEqualTo(Optional.of(state));
    }

    /** What the power cut kept from being acknowledged comes again, so replies are told apart by what they say. */
    private static List<Map<String, Object>> replies(Subscriber phone, String action, @Nullable String reason) {
        return phone.on("panel/reply").stream()
                .map(Arrival::json)
                .filter(reply -> action.equals(reply.get("action")) && Objects.equals(reason, reply.get("reason")))
                .toList();
    }

    /** Looks without a pause, so that the kill comes at the moment of the reply. */
    private static Map<String, Object> awaitReply(
            Subscriber phone, String action, @Nullable String reason, int before) {
        long end = System.nanoTime() + LIMIT.toNanos();
        List<Map<String, Object>> replies = replies(phone, action, reason);
        while (replies.size() <= before) {
            assertThat(System.nanoTime() - end)
                    .as("a reply to " + action + " in " + phone.on("panel/reply"))
                    .isNegative();
            LockSupport.parkNanos(100_000);
            replies = replies(phone, action, reason);
        }
        return replies.get(replies.size() - 1);
    }

    private String signed(String action) {
        Installation.Ended signed = Installation.reedgate(
                "sign", action, "--user", "anna", "--key-from", key.toString(), "--gateway", "home", "--expires", "5m");
        assertThat(signed.code()).as(signed.err()).isZero();
        return signed.out().strip();
    }
}
