package io.github.reedgate.app;

import io.github.reedgate.core.Gateway;
import io.github.reedgate.core.GatewayState;
import io.github.reedgate.core.Input;
import io.github.reedgate.core.SensorState;
import io.github.reedgate.core.StepFunction;
import io.github.reedgate.core.StepOutput;
import io.github.reedgate.core.StepResult;
import io.github.reedgate.event.Priority;
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
    private final StepFunction stepping;
    private final GatewayLoop.Parts parts;

    Rehearsal(Gateway core, StepFunction stepping, GatewayLoop.Parts parts) {
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
        StepResult tick = stepping.step(state, new Input.Tick(), due);
        List<Message> messages = new ArrayList<>();
        for (int sensor : tick.output().reads()) {
            if (sensor < state.sensors().size() && isSettling(state.sensors().get(sensor))) {
                StepResult settled = stepping.step(tick.state(), parts.lines().read(sensor, dueNanos), due);
                write(settled.output(), messages);
            }
        }
        return messages;
    }

    private void write(StepOutput output, List<Message> messages) {
        for (StepOutput.Recorded recorded : output.events()) {
            if (recorded.priority() == Priority.ALARM) {
                messages.add(parts.payloads().alarmLine(recorded.event()));
            }
        }
        output.retained().forEach(value -> messages.add(parts.payloads().retained(value)));
        output.events().forEach(recorded -> messages.add(parts.payloads().event(recorded.event())));
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
