package io.github.reedgate.app;

import io.github.reedgate.core.Input;
import java.time.Duration;
import java.util.HashSet;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What becomes of everything that is thrown within the loop: it costs what was being done and nothing else. The first of
 * its kind is logged with its stack trace, the first of all is told as an event at once; further ones are counted and told
 * once a minute, so that a defect that strikes ten times a second fills no disk. Owned by the loop's thread.
 */
final class Mishaps {

    /** How often repeated failures are logged and told. */
    static final Duration TELL_AGAIN = Duration.ofMinutes(1);

    private static final Logger LOG = LoggerFactory.getLogger(Mishaps.class);

    private OptionalLong toldNanos = OptionalLong.empty();
    private String latest = "";
    private final Set<String> logged = new HashSet<>();
    private long untold;
    private boolean fresh;

    /** Does that work; whatever it throws ends here. */
    void survive(Runnable work, Object what) {
        try {
            work.run();
        } catch (RuntimeException | Error e) {
            failed(what, e);
        }
    }

    private void failed(Object what, Throwable thrown) {
        fresh = true;
        untold++;
        String kind = thrown.getClass().getSimpleName() + " on " + name(what);
        latest = kind;
        if (logged.add(kind)) {
            LOG.error("a step failed on {}; the loop goes on", what, thrown);
        } else {
            LOG.debug("a step failed on {} again; the loop goes on", what, thrown);
        }
    }

    private static String name(Object what) {
        Object inner = what instanceof LoopInput.Core core ? core.input() : what;
        return inner instanceof String text ? text : inner.getClass().getSimpleName();
    }

    /** Whether anything was thrown since {@link #takeFresh}. */
    boolean isFresh() {
        return fresh;
    }

    /** Whether anything was thrown since this was asked last. */
    boolean takeFresh() {
        boolean was = fresh;
        fresh = false;
        return was;
    }

    /** Tells what has to be told now, if anything has; what can't be told because that fails, too, is told later. */
    void tell(long nowNanos, Consumer<Input> teller) {
        boolean early = toldNanos.isPresent() && nowNanos - toldNanos.getAsLong() < TELL_AGAIN.toNanos();
        if (untold == 0 || early) {
            return;
        }
        try {
            teller.accept(new Input.Failed(untold, latest));
        } catch (RuntimeException | Error e) {
            fresh = true;
            LOG.debug("failures can't be told", e);
            return;
        }
        if (toldNanos.isPresent()) {
            LOG.error("{} steps failed since this was told last, the latest by {}", untold, latest);
        }
        toldNanos = OptionalLong.of(nowNanos);
        logged.clear();
        untold = 0;
    }
}
