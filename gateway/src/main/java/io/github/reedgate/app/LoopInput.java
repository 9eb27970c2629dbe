package io.github.reedgate.app;

import io.github.reedgate.core.Input;
import io.github.reedgate.link.LinkEvent;
import io.github.reedgate.notify.Answer;
import io.github.reedgate.store.StoreEvent;
import java.util.function.Consumer;

/** What waits in front of the loop. Immutable. */
sealed interface LoopInput {

    /** For the core as it is. */
    record Core(Input input) implements LoopInput {}

    /** From the broker connection. */
    record Link(LinkEvent event) implements LoopInput {}

    /** From the store. */
    record Stored(StoreEvent event) implements LoopInput {}

    /** From the server of somebody who is told beside the broker. */
    record Told(Answer answer) implements LoopInput {}

    /** Somebody on this machine wants to know how the gateway is; told on the loop's thread. */
    record Look(Consumer<Glance> answer) implements LoopInput {}

    /** The gateway is to stop. */
    record Stop() implements LoopInput {}
}
