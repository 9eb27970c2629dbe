package io.github.reedgate.command;

/**
 * Who is said to have signed what. Immutable; shows no more than the name.
 *
 * @param user the user's name
 * @param text what is signed, as {@link Signed#text} writes it
 * @param mac HMAC-SHA256 of it with the user's key, in 64 hexadecimal digits
 */
public record Signature(String user, String text, String mac) implements Proof {

    /** Says whose it is said to be: until it was used, whoever has it can use it. */
    @Override
    public String toString() {
        return "(signature of " + user + ")";
    }
}
