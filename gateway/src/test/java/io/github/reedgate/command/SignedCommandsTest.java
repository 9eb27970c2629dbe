package io.github.reedgate.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reedgate.time.Timestamp;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Signed commands at the gate: once, in time, at this gateway, as they were signed, or not at all. */
class SignedCommandsTest {

    private static final Instant WALL = Instant.parse("2026-11-22T21:14:03Z");
    private static final long NANOS = Long.MAX_VALUE - 1_000; // the monotonic clock may begin anywhere
    private static final SigningKey KEY =
            SigningKey.of("0123456789abcdef".repeat(4)).orElseThrow();
    private static final String NONCE = "9f86d081884c7d65";
    private static final User ANNA = new User("anna", EnumSet.allOf(Right.class), null, null);
    private static final long SEED = 20_261_123L;

    private Gate gate = new Gate(Policy.STRICT, "home");
    private User user = ANNA;
    private GateState state = GateState.starting(Tries.NONE, NANOS);
    private boolean synced = true;

    private static Moment at(Duration later, boolean synced) {
        return new Moment(new Timestamp(NANOS + later.toNanos(), WALL.plus(later)), synced);
    }

    private static String signed(String gateway, Action action, List<String> bypass, String nonce, Duration life) {
        Signed unsigned = new Signed("anna", nonce, WALL.plus(life), "");
        return json(action, bypass, unsigned, KEY.sign(unsigned.text(gateway, action, bypass)));
    }

    private static String json(Action action, List<String> bypass, Signed signed, String mac) {
        return "{\"action\":\"" + action + "\",\"bypass\":["
                + String.join(",", bypass.stream().map(id -> "\"" + id + "\"").toList())
                + "],\"user\":\"" + signed.user() + "\",\"nonce\":\"" + signed.nonce() + "\",\"expires\":\""
                + signed.expires() + "\",\"signature\":\"" + mac + "\"}";
    }

    private static String disarm(String nonce) {
        return signed("home", Action.DISARM, List.of(), nonce, Duration.ofSeconds(30));
    }

    /** What becomes of a payload: the reason's word, or empty text if it is carried out. */
    private String send(String payload, Duration later) {
        Moment now = at(later, synced);
        Gate.Outcome outcome = gate.screen(state, CommandText.read(payload), false, now);
        if (outcome.verdict() instanceof Verdict.Check check) {
            outcome = gate.judge(outcome.state(), check.command(), match(check.proof()), now);
        }
        state = outcome.state();
        return outcome.verdict() instanceof Verdict.Refused refused
                ? refused.why().word()
                : "";
    }

    private String send(String payload) {
        return send(payload, Duration.ZERO);
    }

    /** As the users of the gateway would answer. */
    private Match match(@Nullable Proof proof) {
        boolean isAnnas = proof instanceof Signature signature
                && signature.user().equals("anna")
                && SigningKey.made(Optional.of(KEY), signature);
        return isAnnas ? new Match.Known(user, false) : new Match.Nobody();
    }

    /** As after a restart. */
    private void restart() {
        state = GateState.starting(Tries.NONE, Nonces.restored(state.nonces().text(), NANOS), NANOS);
    }

    @ParameterizedTest
    @EnumSource(Action.class)
    void signedCommandIsCarriedOutOnce(Action action) {
        List<String> bypass = action.right() == Right.ARM ? List.of("back_door", "window") : List.of();
        String payload = signed("home", action, bypass, NONCE, Duration.ofSeconds(30));
        assertThat(send(payload)).isEmpty();
        assertThat(send(payload)).isEqualTo("repeated");
        restart();
        assertThat(send(payload, Duration.ofSeconds(29))).isEqualTo("repeated");
        assertThat(send(payload, Duration.ofSeconds(30))).isEqualTo("expired");
    }

    @Test
    void twoCopiesThatAreCheckedAtTheSameTimeAreOneCommand() {
        CommandText.Reading reading = CommandText.read(disarm(NONCE));
        Moment now = at(Duration.ZERO, true);
        Verdict.Check first =
                (Verdict.Check) gate.screen(state, reading, false, now).verdict();
        Verdict.Check second =
                (Verdict.Check) gate.screen(state, reading, false, now).verdict();
        Gate.Outcome one = gate.judge(state, first.command(), match(first.proof()), now);
        Gate.Outcome two = gate.judge(one.state(), second.command(), match(second.proof()), now);
        assertThat(one.verdict()).isInstanceOf(Verdict.Granted.class);
        assertThat(two.verdict())
                .isInstanceOfSatisfying(
                        Verdict.Refused.class,
                        refused -> assertThat(refused.why()).isEqualTo(Refusal.REPEATED));
    }

    @ParameterizedTest
    @CsvSource({"-1, expired", "0, expired", "1, ''", "300, ''", "301, expires_too_late", "99999, expires_too_late"})
    void commandMustExpireSoonAndNotHaveExpired(long seconds, String reason) {
        assertThat(send(signed("home", Action.DISARM, List.of(), NONCE, Duration.ofSeconds(seconds))))
                .isEqualTo(reason);
    }

    @Test
    void clockThatIsSetBackMakesNoCommandValidAgain() {
        String first = disarm(NONCE);
        assertThat(send(first)).isEmpty();
        String later = signed("home", Action.DISARM, List.of(), "b".repeat(16), Duration.ofSeconds(90));
        assertThat(send(later, Duration.ofSeconds(60))).isEmpty();
        assertThat(state.nonces().used()).hasSize(1);
        restart();
        assertThat(send(first)).isEqualTo("expired");
        assertThat(send(later)).isEqualTo("repeated");
    }

    @Test
    void whatWasSignedForAnotherGatewayIsRefused() {
        assertThat(send(signed("cabin", Action.DISARM, List.of(), NONCE, Duration.ofSeconds(30))))
                .isEqualTo("wrong_signature");
    }

    @Test
    void whatIsChangedIsRefused() {
        String arm = signed("home", Action.ARM_AWAY, List.of("a", "b"), NONCE, Duration.ofSeconds(30));
        Map.of(
                        "ARM_AWAY",
                        "ARM_HOME",
                        "\"a\",\"b\"",
                        "\"b\",\"a\"",
                        ",\"b\"",
                        "",
                        "anna",
                        "ben",
                        NONCE,
                        "8" + NONCE.substring(1),
                        "21:14:33",
                        "21:14:34")
                .forEach((from, to) ->
                        assertThat(send(arm.replace(from, to))).as(from).isEqualTo("wrong_signature"));
        assertThat(send(arm)).isEmpty();
    }

    @Test
    void noByteOfItCanBeChanged() {
        Random random = new Random(SEED);
        byte[] right = signed("home", Action.ARM_AWAY, List.of("back_door"), NONCE, Duration.ofSeconds(30))
                .getBytes(StandardCharsets.US_ASCII);
        for (int i = 0; i < 20_000; i++) {
            byte[] changed = right.clone();
            int at = random.nextInt(changed.length);
            changed[at] = (byte) random.nextInt(128);
            if (changed[at] != right[at]) {
                String payload = new String(changed, StandardCharsets.US_ASCII);
                assertThat(send(payload)).as("seed %d: %s", SEED, payload).isNotEmpty();
            }
        }
        assertThat(state.tries()).isEqualTo(Tries.NONE);
        assertThat(send(new String(right, StandardCharsets.US_ASCII))).isEmpty();
    }

    @Test
    void codeOrTimeBesideASignatureIsMalformed() {
        String right = disarm(NONCE);
        for (String more : new String[] {"\"code\":\"2580\",", "\"issued_at\":\"2026-11-22T21:14:03Z\","}) {
            assertThat(send("{" + more + right.substring(1))).isEqualTo("malformed");
        }
        for (String field : new String[] {"user", "nonce", "expires", "signature"}) {
            assertThat(send(right.replaceFirst("\"" + field + "\":\"[^\"]*\",?", "")
                            .replace(",}", "}")))
                    .as(field)
                    .isEqualTo("malformed");
        }
    }

    @Test
    void userNeedsTheRightAndTheTime() {
        user = new User("anna", Set.of(Right.ARM), null, null);
        assertThat(send(disarm(NONCE))).isEqualTo("not_permitted");
        user = ANNA;
        assertThat(send(disarm(NONCE))).as("its sender was told").isEqualTo("repeated");
        user = new User("anna", EnumSet.allOf(Right.class), null, WALL);
        assertThat(send(disarm("c".repeat(16)))).isEqualTo("not_valid_now");
    }

    @Test
    void whileTheClockIsNotSetNothingThatExpiresCanBeJudged() {
        synced = false;
        assertThat(send(disarm(NONCE))).isEqualTo("clock_not_set");
        synced = true;
        assertThat(send(disarm(NONCE))).isEmpty();
    }

    @Test
    void retainedOneIsRefused() {
        Gate.Outcome outcome = gate.screen(state, CommandText.read(disarm(NONCE)), true, at(Duration.ZERO, true));
        assertThat(((Verdict.Refused) outcome.verdict()).why()).isEqualTo(Refusal.RETAINED);
    }

    @Test
    void noMoreAreRememberedThanThereIsRoomFor() {
        for (int i = 0; i < Nonces.MOST; i++) {
            assertThat(send(disarm("0".repeat(20) + i))).isEmpty();
        }
        assertThat(send(disarm(NONCE))).isEqualTo("too_many_nonces");
        assertThat(send(disarm("0".repeat(20) + 5))).isEqualTo("repeated");
        String later = signed("home", Action.DISARM, List.of(), NONCE, Duration.ofSeconds(60));
        assertThat(send(later, Duration.ofSeconds(30))).isEmpty();
        assertThat(state.nonces().used()).hasSize(1);
    }

    @Test
    void wrongSignaturesLockNobodyOutAndALockDoesNotStopSignedCommands() {
        String wrong = signed("cabin", Action.DISARM, List.of(), NONCE, Duration.ofSeconds(30));
        for (int i = 0; i < 100; i++) {
            assertThat(send(wrong)).isEqualTo("wrong_signature");
        }
        assertThat(state.tries()).isEqualTo(Tries.NONE);
        assertThat(state.refused()).containsEntry(Refusal.WRONG_SIGNATURE, 100L);
        for (int i = 0; i < 5; i++) {
            send("{\"action\":\"DISARM\",\"code\":\"2580\"}");
        }
        assertThat(send("{\"action\":\"DISARM\",\"code\":\"2580\"}")).isEqualTo("locked_out");
        assertThat(send(disarm(NONCE))).isEmpty();
        assertThat(state.tries().failures()).as("says nothing of codes").isEqualTo(5);
    }

    @Test
    void policySaysWhatIsTaken() {
        gate = new Gate(new Policy(true, true, Accepted.CODE), "home");
        assertThat(send(disarm(NONCE))).isEqualTo("signature_not_taken");
        gate = new Gate(new Policy(true, true, Accepted.SIGNED), "home");
        for (String code : new String[] {"2580", "1", "ä"}) {
            assertThat(send("{\"action\":\"DISARM\",\"code\":\"" + code + "\"}"))
                    .isEqualTo("not_signed");
        }
        assertThat(state.tries()).isEqualTo(Tries.NONE);
        assertThat(send("ARM_AWAY")).isEqualTo("not_signed");
        assertThat(send(disarm(NONCE))).isEmpty();
        gate = new Gate(new Policy(false, true, Accepted.SIGNED), "home");
        assertThat(send("ARM_AWAY")).isEmpty();
        assertThat(send("DISARM")).isEqualTo("not_signed");
        assertThat(send("{\"action\":\"ARM_AWAY\",\"code\":\"2580\"}")).isEqualTo("not_signed");
    }

    @ParameterizedTest
    @CsvSource({"''", "'1764000000 x'", "'x'", "'1 anna:9f86d081884c7d65'", "'9999999999999'"})
    void whatWasKeptAndIsSpoiltMakesEveryoneWait(String text) {
        state = GateState.starting(Tries.NONE, Nonces.restored(text.isEmpty() ? null : text, NANOS), NANOS);
        assertThat(send(disarm(NONCE))).isEqualTo("nonces_unknown");
        Duration later = Nonces.LONGEST_LIFE;
        assertThat(send(signed("home", Action.DISARM, List.of(), NONCE, later.plusSeconds(30)), later))
                .isEmpty();
    }

    @Test
    void keyAndSignatureHaveNoText() {
        CommandText.Reading reading = CommandText.read(disarm(NONCE));
        String mac = disarm(NONCE).replaceFirst(".*\"signature\":\"", "").substring(0, 64);
        Verdict verdict =
                gate.screen(state, reading, false, at(Duration.ZERO, true)).verdict();
        assertThat(List.of(reading, verdict, KEY).toString())
                .doesNotContain(mac)
                .doesNotContain(KEY.reveal());
    }
}
