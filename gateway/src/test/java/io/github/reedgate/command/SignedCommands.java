package io.github.reedgate.command;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.List;

/** Signed commands of one user who may do everything, as payloads, for tests. Stateless. */
public final class SignedCommands {

    private static final SigningKey KEY =
            SigningKey.of("0123456789abcdef".repeat(4)).orElseThrow();
    private static final User ANNA = new User("anna", EnumSet.allOf(Right.class), null, null);
    private static final long FIRST_NONCE = 1_000_000_000_000_000L;

    private SignedCommands() {}

    /**
     * One for the gateway {@code home}.
     *
     * @param number makes its nonce
     * @param expires cut to whole seconds
     */
    public static String payload(Action action, int number, Instant expires) {
        return payload("home", action, number, expires);
    }

    /** The same with the signature of a command for another gateway. */
    public static String forged(Action action, int number, Instant expires) {
        return payload("elsewhere", action, number, expires);
    }

    private static String payload(String gateway, Action action, int number, Instant expires) {
        Instant second = expires.truncatedTo(ChronoUnit.SECONDS);
        Signed unsigned = new Signed("anna", Long.toString(FIRST_NONCE + number), second, "");
        return "{\"action\":\"" + action + "\",\"user\":\"anna\",\"nonce\":\"" + unsigned.nonce() + "\",\"expires\":\""
                + second + "\",\"signature\":\"" + KEY.sign(unsigned.text(gateway, action, List.of())) + "\"}";
    }

    /** Whose a signature is. */
    public static Match match(Proof proof) {
        return proof instanceof Signature signature && KEY.made(signature)
                ? new Match.Known(ANNA, false)
                : new Match.Nobody();
    }
}
