package io.github.reedgate.command;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** With which a user's sender signs commands: 256 bits for HMAC-SHA256. Never shown: its text is not the key's. Immutable. */
public final class SigningKey {

    /** How many bytes are to be drawn for one. */
    public static final int BYTES = 32;

    private static final Pattern HEX = Pattern.compile("[0-9a-f]{64}");
    private static final String METHOD = "HmacSHA256";

    /** What an unknown user's signature is compared with, so that it takes as long as a known one's. */
    private static final SigningKey NOBODYS = new SigningKey("0".repeat(2 * BYTES));

    private final String hex;

    private SigningKey(String hex) {
        this.hex = hex;
    }

    /** The key of 64 hexadecimal digits in small letters; empty if the text is none. */
    public static Optional<SigningKey> of(String hex) {
        return HEX.matcher(hex).matches() ? Optional.of(new SigningKey(hex)) : Optional.empty();
    }

    /** The key of {@value #BYTES} random bytes. */
    public static SigningKey of(byte[] random) {
        if (random.length != BYTES) {
            throw new IllegalArgumentException("a key of " + random.length + " bytes; " + BYTES + " are expected");
        }
        return new SigningKey(HexFormat.of().formatHex(random));
    }

    /** The key itself, for the users file and for its owner only. */
    public String reveal() {
        return hex;
    }

    /**
     * The signature of a text: 64 hexadecimal digits, small letters.
     *
     * @param text ASCII
     * @throws IllegalArgumentException if it is not
     */
    public String sign(String text) {
        try {
            Mac mac = Mac.getInstance(METHOD);
            mac.init(new SecretKeySpec(HexFormat.of().parseHex(hex), METHOD));
            return HexFormat.of().formatHex(mac.doFinal(ascii(text)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java can't compute " + METHOD, e);
        }
    }

    private static byte[] ascii(String text) {
        byte[] bytes = new byte[text.length()];
        for (int i = 0; i < bytes.length; i++) {
            char each = text.charAt(i);
            if (each > '~') {
                throw new IllegalArgumentException("a character beyond ASCII; what is signed has none");
            }
            bytes[i] = (byte) each;
        }
        return bytes;
    }

    /** True if the signature was made with this key; takes as long if it was not. */
    public boolean made(Signature signature) {
        return MessageDigest.isEqual(ascii(sign(signature.text())), ascii(signature.mac()));
    }

    /** True if the key of an owner, who may have none, made the signature. */
    public static boolean made(Optional<SigningKey> key, Signature signature) {
        boolean made = key.orElse(NOBODYS).made(signature);
        return key.isPresent() && made;
    }

    /** Says that there is a key, not which. */
    @Override
    public String toString() {
        return "(key)";
    }
}
