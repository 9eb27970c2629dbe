package io.github.reedgate.app;

import io.github.reedgate.core.Effect;
import io.github.reedgate.core.Gateway;
import io.github.reedgate.core.GatewayState;
import io.github.reedgate.core.Input;
import io.github.reedgate.core.SensorState;
import io.github.reedgate.core.Step;
import io.github.reedgate.core.Stepping;
import io.github.reedgate.message.Message;
import io.github.reedgate.time.Timestamp;
import java.util.ArrayList;
import java.util.List;

/**
 * Goes through the step that is due next and writes its messages, for nothing: the core is pure, so it may. After hours of
 * quiet what it touches has left the processor's caches, and fetching it takes as long as the work itself. What is done now
 * is not waited for when the contact has settled. Owned by the loop's thread.
 */
final class Rehearsal {

    private final Gateway core;
    private final Stepping stepping;
    private final GatewayLoop.Parts parts;

    Rehearsal(Gateway core, Stepping stepping, GatewayLoop.Parts parts) {
        this.core = core;
        this.stepping = stepping;
        this.parts = parts;
    }

    /** Goes through it once. */
    void go(GatewayState state) {
        parts.delivery().courier().rehearse(messages(state));
    }

    /** The messages of the step that is due next. */
    private List<Message> messages(GatewayState state) {
        long dueNanos = core.deadlineNanos(state);
        Timestamp due = parts.time().now().atNanos(dueNanos);
        Step tick = stepping.step(state, new Input.Tick(), due);
        List<Message> messages = new ArrayList<>();
        for (Effect effect : tick.effects()) {
            if (effect instanceof Effect.ReadLevel read
                    && read.sensor() < state.sensors().size()
                    && isSettling(state.sensors().get(read.sensor()))) {
                Step settled = stepping.step(tick.state(), parts.lines().read(read.sensor(), dueNanos), due);
                settled.effects().forEach(settling -> write(settling, messages));
            }
        }
        return messages;
    }

    private static void write(Effect effect, List<Message> messages) {
        if (effect instanceof Effect.Publish publish) {
            messages.add(publish.message());
        }
    }

    /** True while a contact is about to settle, which may be an alarm: then, and only then, each microsecond counts. */
    static boolean isSettling(GatewayState state) {
        for (SensorState sensor : state.sensors()) {
            if (isSettling(sensor)) {
                return true;
            }
        }
        return false;
    }

    /** Such a sensor's line is open: reading it changes nothing, while reading another might open it. */
    private static boolean isSettling(SensorState sensor) {
        return sensor.debouncer().deadlineNanos().isPresent();
    }
}
