package io.github.reedgate.monitor.app;

import io.github.reedgate.monitor.supervision.SupervisionMemory;
import io.github.reedgate.monitor.supervision.SupervisionResult;
import io.github.reedgate.monitor.supervision.SupervisionState;
import io.github.reedgate.monitor.supervision.SupervisionStore;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stores the supervision's state: at once if it matters, else within {@link #SOON}, so that a stream of events does not wear the
 * disk. Owned by the supervision's thread; blocks on the disk.
 */
final class StateKeeper {

    /** How long what does not matter waits. */
    static final Duration SOON = Duration.ofSeconds(1);

    private static final Logger LOG = LoggerFactory.getLogger(StateKeeper.class);

    private final SupervisionStore store;
    private final List<Runnable> whenStored = new ArrayList<>();
    private boolean now;
    private boolean soon;
    private long savedNanos;
    private boolean everSaved;
    private String trouble = "";

    StateKeeper(SupervisionStore store) {
        this.store = store;
    }

    /** A step changed the state. */
    void changed(SupervisionResult result) {
        now |= result.save();
        soon |= result.saveSoon();
    }

    /** Does something after the next attempt to store, which may also fail. */
    void whenStored(Runnable work) {
        whenStored.add(work);
    }

    /** Stores the state if that is due. A failure is logged once, and tried again in the next round. */
    void save(SupervisionState state, long nowNanos) {
        boolean isDue = now || (soon && (!everSaved || nowNanos - savedNanos >= SOON.toNanos()));
        if (isDue) {
            write(state, nowNanos);
        }
        List<Runnable> waiting = List.copyOf(whenStored);
        whenStored.clear();
        waiting.forEach(Runnable::run);
    }

    /** Stores the state at the end if anything of it is not stored. */
    void saveAll(SupervisionState state, long nowNanos) {
        if (now || soon) {
            write(state, nowNanos);
        }
    }

    private void write(SupervisionState state, long nowNanos) {
        try {
            store.save(SupervisionMemory.write(state));
            now = false;
            soon = false;
            savedNanos = nowNanos;
            everSaved = true;
            trouble = "";
        } catch (IOException e) {
            if (trouble.isEmpty()) {
                LOG.error("alarms go on, but would not survive a restart: the state can't be stored: {}", e.toString());
            }
            trouble = e.toString();
        }
    }

    /** Why the state can't be stored; empty if it can. */
    Optional<String> trouble() {
        return trouble.isEmpty() ? Optional.empty() : Optional.of(trouble);
    }
}
