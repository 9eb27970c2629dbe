package io.github.reedgate.users;

import java.nio.charset.StandardCharsets;

/** Fuzz target: the users file is read whole or refused with a sentence, and what is written reads as the same. */
public final class UsersFuzz {

    private UsersFuzz() {}

    /** Tries one input; throws if a rule is broken. */
    public static void fuzzerTestOneInput(byte[] input) {
        Users users;
        try {
            users = UsersYaml.read(new String(input, StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            return;
        }
        String written = UsersYaml.write(users);
        if (!UsersYaml.write(UsersYaml.read(written)).equals(written)) {
            throw new IllegalStateException("written and read again, the users differ");
        }
    }
}
