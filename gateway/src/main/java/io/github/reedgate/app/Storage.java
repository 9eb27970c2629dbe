package io.github.reedgate.app;

import io.github.reedgate.core.Input;
import io.github.reedgate.delivery.Journal;
import io.github.reedgate.delivery.Outbox;
import io.github.reedgate.store.StoreEvent;
import java.util.Optional;

/** Where the loop keeps events and what waits for the broker. Used by the loop thread; no method waits for the disk. */
interface Storage {

    /** What waits for the broker. */
    Outbox outbox();

    /** The event log. */
    Journal journal();

    /** Takes in what the store tells; gives what the core is to be told of it, if anything. */
    Optional<Input> take(StoreEvent event);
}
