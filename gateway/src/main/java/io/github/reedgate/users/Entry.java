package io.github.reedgate.users;

import io.github.reedgate.command.SigningKey;
import io.github.reedgate.command.User;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * A user with their codes. Immutable; shows neither hash nor key.
 *
 * @param user who
 * @param code hash of their code, in base 64
 * @param duress hash of the code they enter when they are forced to, or null if they have none
 * @param key with which they sign commands, or null if they don't
 */
public record Entry(
        User user,
        String code,
        @Nullable String duress,
        @Nullable SigningKey key) {

    static String encode(byte[] hash) {
        return Base64.getEncoder().encodeToString(hash);
    }

    /** Who, and neither hashes nor key. */
    @Override
    public String toString() {
        return "Entry[" + user + (duress == null ? "" : ", with a duress code") + (key == null ? "" : ", with a key")
                + "]";
    }
}
