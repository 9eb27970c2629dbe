package io.github.reedgate.users;

import io.github.reedgate.command.Code;
import io.github.reedgate.command.Match;
import io.github.reedgate.command.Signature;
import io.github.reedgate.command.SigningKey;
import io.github.reedgate.command.User;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** All users of a gateway; no two have the same code, for the code says who it is. Immutable, safe for use by any thread. */
public final class Users {

    /** So many at most. */
    static final int MOST = 32;

    private final Hashing hashing;
    private final List<Entry> entries;

    Users(Hashing hashing, List<Entry> entries) {
        this.hashing = hashing;
        this.entries = List.copyOf(entries);
    }

    /** Nobody yet. */
    public static Users none() {
        return none(Hashing.ITERATIONS);
    }

    static Users none(int iterations) {
        return new Users(Hashing.fresh(iterations), List.of());
    }

    Hashing hashing() {
        return hashing;
    }

    /** All of them, in the order in which they were added. */
    public List<Entry> entries() {
        return entries;
    }

    /**
     * Whose code it is. Takes about a second on a Pi, as long for a wrong code as for a right one.
     *
     * @param code as it was entered
     */
    public Match match(Code code) {
        if (entries.isEmpty()) {
            return new Match.NoUsers();
        }
        byte[] hash = hashing.hash(code);
        Match found = new Match.Nobody();
        for (Entry entry : entries) { // to the end, whoever it is
            if (isOf(hash, entry.code())) {
                found = new Match.Known(entry.user(), false);
            }
            if (isOf(hash, entry.duress())) {
                found = new Match.Known(entry.user(), true);
            }
        }
        return found;
    }

    /**
     * Whose signature it is: the user's who is said to have signed. Whether there is no such user, they have no key, or it was
     * not made with it is all the same.
     */
    public Match match(Signature signature) {
        if (entries.isEmpty()) {
            return new Match.NoUsers();
        }
        Optional<Entry> entry = find(signature.user());
        boolean made = SigningKey.made(entry.map(Entry::key), signature);
        return made && entry.isPresent() ? new Match.Known(entry.get().user(), false) : new Match.Nobody();
    }

    private static boolean isOf(byte[] hash, @Nullable String kept) {
        return kept != null && MessageDigest.isEqual(hash, Hashing.decodeHash("code", kept));
    }

    /**
     * One more.
     *
     * @throws UsersException if there is one of that name, or the code is taken
     */
    public Users with(User user, Code code) throws UsersException {
        if (find(user.name()).isPresent()) {
            throw new UsersException(
                    "there is a user '" + user.name() + "' already; change their code with: reedgate user passwd");
        }
        if (entries.size() >= MOST) {
            throw new UsersException("there are " + MOST + " users already, which is as many as there can be");
        }
        List<Entry> more = new ArrayList<>(entries);
        more.add(new Entry(user, Entry.encode(unused(code)), null, null));
        return new Users(hashing, more);
    }

    /**
     * The same with another code for a user.
     *
     * @throws UsersException if there is no such user, or the code is taken
     */
    public Users withCode(String name, Code code) throws UsersException {
        String hash = Entry.encode(unused(code));
        return changed(name, entry -> new Entry(entry.user(), hash, entry.duress(), entry.key()));
    }

    /**
     * The same with another duress code for a user.
     *
     * @throws UsersException if there is no such user, or the code is taken
     */
    public Users withDuress(String name, Code code) throws UsersException {
        String hash = Entry.encode(unused(code));
        return changed(name, entry -> new Entry(entry.user(), entry.code(), hash, entry.key()));
    }

    /**
     * The same without a duress code for a user.
     *
     * @throws UsersException if there is no such user
     */
    public Users withoutDuress(String name) throws UsersException {
        return changed(name, entry -> new Entry(entry.user(), entry.code(), null, entry.key()));
    }

    /**
     * The same with another signing key for a user, or none.
     *
     * @param key the key, or null for none
     * @throws UsersException if there is no such user
     */
    public Users withKey(String name, @Nullable SigningKey key) throws UsersException {
        return changed(name, entry -> new Entry(entry.user(), entry.code(), entry.duress(), key));
    }

    /**
     * The same without a user.
     *
     * @throws UsersException if there is no such user
     */
    public Users without(String name) throws UsersException {
        require(name);
        return new Users(
                hashing,
                entries.stream()
                        .filter(entry -> !entry.user().name().equals(name))
                        .toList());
    }

    /**
     * Says no if there is no such user.
     *
     * @throws UsersException if there is none
     */
    public void require(String name) throws UsersException {
        if (find(name).isEmpty()) {
            throw new UsersException("there is no user '" + name + "'; 'reedgate user list' shows those there are");
        }
    }

    private Optional<Entry> find(String name) {
        return entries.stream()
                .filter(entry -> entry.user().name().equals(name))
                .findFirst();
    }

    private Users changed(String name, UnaryOperator<Entry> change) throws UsersException {
        require(name);
        return new Users(
                hashing,
                entries.stream()
                        .map(entry -> entry.user().name().equals(name) ? change.apply(entry) : entry)
                        .toList());
    }

    private byte[] unused(Code code) throws UsersException {
        byte[] hash = hashing.hash(code);
        for (Entry entry : entries) {
            if (isOf(hash, entry.code()) || isOf(hash, entry.duress())) {
                throw new UsersException(
                        "this code is taken; the code alone says who it is, so no two may be the same");
            }
        }
        return hash;
    }
}
