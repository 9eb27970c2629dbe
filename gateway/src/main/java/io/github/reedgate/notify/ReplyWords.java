package io.github.reedgate.notify;

import io.github.reedgate.notice.Button;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The words that buttons send: each is good for one button, one incident, one target and one start of the gateway, and can't be made
 * by who has not seen it. Immutable.
 */
public final class ReplyWords {

    /** How many random bytes the key has. */
    public static final int KEY_BYTES = 32;

    private static final String ALGORITHM = "HmacSHA256";
    private static final int BYTES = 16;
    private static final Pattern FORM = Pattern.compile("(acknowledge|disarm) [-_A-Za-z0-9]{22}");

    private final byte[] key;

    /**
     * Words of a key.
     *
     * @param key drawn for this start; kept nowhere
     */
    public ReplyWords(byte[] key) {
        this.key = key.clone();
    }

    /** What a button sends for an incident. */
    String word(String target, String incident, Button button) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
            byte[] all =
                    mac.doFinal((target + "\n" + incident + "\n" + button.word()).getBytes(StandardCharsets.UTF_8));
            byte[] part = Arrays.copyOf(all, BYTES);
            return button.word() + " " + Base64.getUrlEncoder().withoutPadding().encodeToString(part);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + ALGORITHM, e);
        }
    }

    /** Whether one of the messages is a button's word for an incident; to compare one takes as long whatever it is. */
    boolean isAmong(List<String> messages, String target, String incident, Button button) {
        byte[] expected = word(target, incident, button).getBytes(StandardCharsets.UTF_8);
        return messages.stream()
                .anyMatch(message -> MessageDigest.isEqual(message.getBytes(StandardCharsets.UTF_8), expected));
    }

    /** Whether a message has the form of a word: of this incident, of another one, or of an earlier start. */
    static boolean hasForm(String message) {
        return FORM.matcher(message).matches();
    }
}
