package io.github.reedgate.delivery;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** The outbox in memory. */
class MemoryOutboxTest extends OutboxContractTest {

    @Override
    Outbox outbox(int capacity) {
        return new MemoryOutbox(capacity);
    }

    @Test
    void capacityOfNothingIsRefused() {
        assertThatThrownBy(() -> new MemoryOutbox(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("capacity is 0; at least 1 is needed");
    }
}
