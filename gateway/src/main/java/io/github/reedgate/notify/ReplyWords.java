package io.github.reedgate.notify;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The words with which a button acknowledges: each is good for one incident, one target and one start of the gateway, and can't be
 * made by who has not seen it. Immutable.
 */
public final class ReplyWords {

    /** How many random bytes the key has. */
    public static final int KEY_BYTES = 32;

    private static final String ALGORITHM = "HmacSHA256";
    private static final String START = "acknowledge ";
    private static final int BYTES = 16;

    private final byte[] key;

    /**
     * Words of a key.
     *
     * @param key drawn for this start; kept nowhere
     */
    public ReplyWords(byte[] key) {
        this.key = key.clone();
    }

    /** What the button sends for an incident. */
    String word(String target, String incident) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
            byte[] all = mac.doFinal((target + "\n" + incident).getBytes(StandardCharsets.UTF_8));
            byte[] part = Arrays.copyOf(all, BYTES);
            return START + Base64.getUrlEncoder().withoutPadding().encodeToString(part);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + ALGORITHM, e);
        }
    }

    /** Whether a message is the word for an incident; takes as long whatever it is. */
    boolean isWord(String message, String target, String incident) {
        return MessageDigest.isEqual(
                message.getBytes(StandardCharsets.UTF_8), word(target, incident).getBytes(StandardCharsets.UTF_8));
    }
}
