package io.github.reedgate.users;

import io.github.reedgate.command.Code;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * How codes are hashed: PBKDF2 with HMAC-SHA-512 (the JDK's). All codes of a file share one salt, so that one computation
 * tells whose a code is, however many users there are. Immutable.
 *
 * @param iterations how many rounds; 1,000 to 10,000,000
 * @param salt random, in base 64; 16 to 64 bytes
 */
record Hashing(int iterations, String salt) {

    /** How the file names the method. */
    static final String METHOD = "pbkdf2-sha512";

    /** What new files get: as strong as 600,000 rounds with SHA-256, in less than half the time. */
    static final int ITERATIONS = 210_000;

    static final int FEWEST = 1_000;
    static final int MOST = 10_000_000;

    private static final int SALT_BYTES = 16;
    private static final int LONGEST_SALT_BYTES = 64;
    private static final int HASH_BITS = 256;

    /** Checks the numbers and the salt. */
    Hashing {
        if (iterations < FEWEST || iterations > MOST) {
            throw new IllegalArgumentException(
                    "iterations: '" + iterations + "' is not allowed; " + FEWEST + " to " + MOST + " are");
        }
        int bytes = decode("salt", salt).length;
        if (bytes < SALT_BYTES || bytes > LONGEST_SALT_BYTES) {
            throw new IllegalArgumentException("salt: is " + bytes + " bytes long; " + SALT_BYTES + " to "
                    + LONGEST_SALT_BYTES + " in base 64 are allowed");
        }
    }

    /** With a salt of its own. */
    static Hashing fresh(int iterations) {
        byte[] salt = new byte[SALT_BYTES];
        new SecureRandom().nextBytes(salt);
        return new Hashing(iterations, Base64.getEncoder().encodeToString(salt));
    }

    /** Hashes a code; takes about a second on a Pi, on the calling thread. */
    byte[] hash(Code code) {
        char[] characters = code.reveal();
        PBEKeySpec spec = new PBEKeySpec(characters, decode("salt", salt), iterations, HASH_BITS);
        try {
            return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA512")
                    .generateSecret(spec)
                    .getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java can't compute PBKDF2WithHmacSHA512", e);
        } finally {
            spec.clearPassword();
            Arrays.fill(characters, '\0');
        }
    }

    /** The hash of a code as it stands in the file. */
    static byte[] decodeHash(String name, String text) {
        byte[] hash = decode(name, text);
        if (hash.length != HASH_BITS / 8) {
            throw new IllegalArgumentException(name + ": is no hash; set it anew with: reedgate user passwd");
        }
        return hash;
    }

    private static byte[] decode(String name, String text) {
        try {
            return Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(name + ": is not in base 64", e);
        }
    }
}
