package io.github.reedgate.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reedgate.testbroker.BrokerOptions;
import io.github.reedgate.testbroker.TestBroker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands sent to a real gateway through a real broker: the right ones are done, the others do nothing but be told. */
final class PanelCommandsIT {

    private static final String PANEL = "diagnostics:\n  interval: 10s\nalarm:\n  away:\n    exit_delay: 0s\n";

    @TempDir
    private Path folder = Path.of("");

    private final TestBroker broker = TestBroker.create(BrokerOptions.plain());

    /** The reasons that the replies have to give, in their order; empty text for a command that is done. */
    private final List<String> reasons = new ArrayList<>();

    @BeforeEach
    void startBroker() {
        broker.start();
    }

    @AfterEach
    void endBroker() {
        broker.close();
    }

    @Test
    void rightCodeArmsAndWhateverElseIsSentDoesNothingNorDoesARestartEndTheLock() throws IOException {
        Path code = Files.writeString(folder.resolve("code"), "2580\n");
        try (Subscriber phone = Subscriber.connected(broker.port(), "phone");
                RunningGateway gateway = RunningGateway.configured(folder, PANEL + Yaml.frontDoor(broker.port()))) {
            Files.createDirectories(gateway.stateFolder());
            gateway.succeeds("user", "add", "anna", "--code-from", code.toString());
            gateway.start();
            phone.awaitLast("front_door/state", "closed");
            phone.awaitLast("panel/state", "disarmed");

            order(phone, "ARM_AWAY", "2580", "");
            phone.awaitLast("panel/state", "armed_away");
            Waiting.until("the event", () -> phone.events("armed").size() == 1);
            assertThat(phone.events("armed").get(0)).containsEntry("by", "anna");

            refuseWhatIsNoCommand(phone);
            tryFiveCodes(phone);
            awaitCounted(phone);
            StoredEvents store = new StoredEvents(gateway.stateFolder());
            Waiting.until("the tries are kept", () -> store.snapshot().contains("\"failed_codes\":5,"));

            gateway.kill();
            phone.awaitLast("availability", "offline");
            gateway.start(); // which does not let the broker send it what is retained
            phone.awaitLast("availability", "online");
            phone.send("panel/set", "{\"action\":\"DISARM\",\"code\":\"1240\"}", false);
            Waiting.until("the lock is there again", () -> lockedOut(phone) >= 2);

            // what was answered but not acknowledged when the power went comes again, and is locked out like any other
            assertThat(replies(phone).stream().map(PanelCommandsIT::reason).limit(reasons.size()))
                    .isEqualTo(reasons);
            assertThat(replies(phone).stream().map(PanelCommandsIT::reason).skip(reasons.size()))
                    .allMatch("locked_out"::equals);
            assertThat(phone.last("panel/state")).contains("armed_away");
            assertThat(phone.events("disarmed", "triggered", "arm_refused")).isEmpty();
            phone.send("panel/set", "{\"action\":\"DISARM\",\"code\":\"2580\"}", false);
            phone.awaitLast("panel/state", "disarmed"); // who tried the wrong ones locks nobody else out
        }
    }

    @Test
    void signedCommandIsDoneOnceAlsoAfterAPowerCutAndNotIfItWasChanged() throws IOException {
        Path code = Files.writeString(folder.resolve("code"), "2580\n");
        Path key = folder.resolve("anna.key");
        String signedOnly = PANEL.replace("alarm:\n", "alarm:\n  commands: signed\n");
        try (Subscriber phone = Subscriber.connected(broker.port(), "phone");
                RunningGateway gateway =
                        RunningGateway.configured(folder, signedOnly + Yaml.frontDoor(broker.port()))) {
            Files.createDirectories(gateway.stateFolder());
            gateway.succeeds("user", "add", "anna", "--code-from", code.toString());
            gateway.succeeds("user", "key", "anna", "--out", key.toString());
            gateway.start();
            phone.awaitLast("front_door/state", "closed");
            phone.awaitLast("panel/state", "disarmed");

            order(phone, "ARM_AWAY", "2580", "not_signed");
            boolean synced =
                    Boolean.TRUE.equals(phone.events("command_refused").get(0).get("clock_synced"));
            String arm = signed(key, "arm_away");
            send(phone, arm.replace("ARM_AWAY", "ARM_HOME"), false, synced ? "wrong_signature" : "clock_not_set");
            send(phone, arm, false, synced ? "" : "clock_not_set");
            send(phone, arm, false, synced ? "repeated" : "clock_not_set");
            phone.awaitLast("panel/state", synced ? "armed_away" : "disarmed");
            String snapshot = new StoredEvents(gateway.stateFolder()).snapshot();
            assertThat(snapshot.matches(".*\"used_nonces\":\"[0-9]+ [^\"]+\".*"))
                    .isEqualTo(synced);

            gateway.kill();
            phone.awaitLast("availability", "offline");
            gateway.start();
            phone.awaitLast("availability", "online");
            awaitWhatCameAgain(phone, synced ? "repeated" : "clock_not_set");
            send(phone, arm, false, synced ? "repeated" : "clock_not_set");
            send(phone, signed(key, "disarm"), false, synced ? "" : "clock_not_set");
            phone.awaitLast("panel/state", "disarmed");
        }
    }

    /**
     * What was answered but not acknowledged when the power went comes again, ahead of all that is sent after it, and does
     * nothing but be answered.
     */
    private void awaitWhatCameAgain(Subscriber phone, String reason) {
        int before = reasons.size();
        phone.send("panel/set", "{\"action\":\"ARM_AWAY\",\"code\":\"2580\"}", false);
        Waiting.until(
                "an answer to what is not signed",
                () -> replies(phone).stream().skip(before).anyMatch(reply -> "not_signed".equals(reply.get("reason"))));
        if (replies(phone).size() > before + 1) {
            reasons.add(reason);
        }
        reasons.add("not_signed");
        awaitReplies(phone);
    }

    private static String signed(Path key, String action) {
        Installation.Ended signed = Installation.reedgate(
                "sign", action, "--user", "anna", "--key-from", key.toString(), "--gateway", "home", "--expires", "5m");
        assertThat(signed.code()).as(signed.err()).isZero();
        return signed.out().strip();
    }

    /** Four of them, five codes and one more make ten: of more in a minute not each is told. */
    private void refuseWhatIsNoCommand(Subscriber phone) {
        send(phone, "{\"action\":\"DISARM\",\"code\":\"2580\"}", true, "retained");
        send(phone, "{\"action\":\"DISARM\",\"code\":", false, "malformed");
        send(phone, "x".repeat(5_000), false, "too_large");
        send(
                phone,
                "{\"action\":\"DISARM\",\"code\":\"2580\",\"issued_at\":\"2020-01-01T00:00:00Z\"}",
                false,
                tooLate(phone));
        assertThat(phone.last("panel/state")).contains("armed_away");
    }

    /** By a clock that is not set nothing can be judged. */
    private static String tooLate(Subscriber phone) {
        return Boolean.TRUE.equals(phone.events("armed").get(0).get("clock_synced")) ? "stale" : "clock_not_set";
    }

    private void tryFiveCodes(Subscriber phone) {
        for (int i = 1; i <= 5; i++) {
            int tries = i;
            order(phone, "DISARM", "123" + i, "wrong_code");
            Waiting.until(
                    "try " + i + " is told",
                    () -> phone.events("command_refused").stream()
                            .anyMatch(event -> Integer.valueOf(tries).equals(event.get("tries"))));
        }
        List<Map<String, Object>> told = phone.events("command_refused");
        assertThat(told.get(told.size() - 1))
                .containsEntry("reason", "wrong_code")
                .containsEntry("locked_s", 60);
        order(phone, "DISARM", "1239", "locked_out");
        assertThat(phone.last("panel/state")).contains("armed_away");
    }

    private static long lockedOut(Subscriber phone) {
        return phone.events("command_refused").stream()
                .filter(event -> "locked_out".equals(event.get("reason")))
                .map(event -> event.get("id"))
                .distinct()
                .count();
    }

    /** Each refusal is told in an event and counted in the heartbeat. */
    private void awaitCounted(Subscriber phone) {
        List<String> refused =
                reasons.stream().filter(reason -> !reason.isEmpty()).toList();
        Waiting.until(
                "the events of all refusals",
                () -> phone.events("command_refused").size() == refused.size());
        assertThat(phone.events("command_refused"))
                .extracting(event -> event.get("reason"))
                .isEqualTo(refused);
        Waiting.until(
                "the counts",
                () -> phone.last("diagnostics")
                        .filter(text -> refused.stream().allMatch(reason -> text.contains("\"" + reason + "\":")))
                        .isPresent());
        List<Arrival> heartbeats = phone.on("diagnostics");
        assertThat(heartbeats.get(heartbeats.size() - 1).json().get("commands_refused"))
                .asInstanceOf(InstanceOfAssertFactories.MAP)
                .containsEntry("wrong_code", 5)
                .containsEntry("too_large", 1)
                .containsEntry("locked_out", 1);
    }

    private void order(Subscriber phone, String action, String code, String reason) {
        send(phone, "{\"action\":\"" + action + "\",\"code\":\"" + code + "\"}", false, reason);
    }

    private void send(Subscriber phone, String payload, boolean retain, String reason) {
        phone.send("panel/set", payload, retain);
        reasons.add(reason);
        awaitReplies(phone);
    }

    private void awaitReplies(Subscriber phone) {
        Waiting.until("a reply to " + reasons, () -> phone.on("panel/reply").size() >= reasons.size());
        assertThat(replies(phone)).extracting(PanelCommandsIT::reason).isEqualTo(reasons);
    }

    private static Object reason(Map<String, Object> reply) {
        return Objects.requireNonNullElse(reply.get("reason"), "");
    }

    private static List<Map<String, Object>> replies(Subscriber phone) {
        return phone.on("panel/reply").stream().map(Arrival::json).toList();
    }
}
