package io.github.reedgate.users;

import io.github.reedgate.command.Code;
import io.github.reedgate.command.Match;
import io.github.reedgate.command.Proof;
import io.github.reedgate.command.Signature;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks codes on a thread of its own, {@code code-check}: a code takes a second, and neither sensors nor the broker may
 * wait for it. Nor may signatures, which take next to nothing: they have the thread {@code signature-check}, so that nobody's codes hold
 * them up. Few may wait; more are answered at once with {@link Match.Busy}. The users are read anew for each, so a
 * change needs no restart. Safe for use by any thread.
 */
public final class CodeChecker implements AutoCloseable {

    /** So many codes may wait, beside the one that is being checked. */
    static final int MOST_WAITING = 4;

    /** The same of signatures. */
    static final int MOST_SIGNATURES_WAITING = 32;

    private static final Logger LOG = LoggerFactory.getLogger(CodeChecker.class);

    private final UsersFile file;
    private final ThreadPoolExecutor codes = thread("code-check", MOST_WAITING);
    private final ThreadPoolExecutor signatures = thread("signature-check", MOST_SIGNATURES_WAITING);

    /** A checker with the users of a file. */
    public CodeChecker(UsersFile file) {
        this.file = file;
    }

    private static ThreadPoolExecutor thread(String name, int mostWaiting) {
        return new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(mostWaiting), work -> {
            Thread thread = new Thread(work, name);
            thread.setDaemon(true);
            return thread;
        });
    }

    /**
     * Has a code or signature checked and returns at once.
     *
     * @param answer gets whose it is, once: on the thread that checks it, or on this one if too many wait
     */
    public void check(Proof proof, Consumer<Match> answer) {
        try {
            (proof instanceof Signature ? signatures : codes).execute(() -> answer.accept(match(proof)));
        } catch (RejectedExecutionException e) {
            LOG.debug("too many codes wait to be checked", e);
            answer.accept(new Match.Busy());
        }
    }

    private Match match(Proof proof) {
        try {
            Users users = file.read();
            return proof instanceof Signature signature ? users.match(signature) : users.match((Code) proof);
        } catch (UsersException e) {
            LOG.warn("a command is refused, because the users can't be read: {}", e.getMessage());
        } catch (RuntimeException e) {
            LOG.error("a command is refused, because its code could not be checked", e);
        }
        return new Match.Unreadable();
    }

    /** Ends the threads; what waits is not answered. */
    @Override
    public void close() {
        codes.shutdownNow();
        signatures.shutdownNow();
    }
}
