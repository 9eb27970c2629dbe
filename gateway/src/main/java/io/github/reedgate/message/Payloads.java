package io.github.reedgate.message;

import io.github.reedgate.event.AlarmLine;
import io.github.reedgate.event.Event;
import java.time.ZoneId;

/**
 * Writes the MQTT messages of events, retained values and replies. Immutable, safe for use by any thread.
 *
 * @param messages writes messages
 * @param zone of the clock time in alarm lines
 */
public record Payloads(Messages messages, ZoneId zone) {

    /** The line on the alarm topic. */
    public Message alarmLine(Event event) {
        return messages.alarm(AlarmLine.of(event, zone), event);
    }

    /** The event in JSON. */
    public Message event(Event event) {
        return messages.event(event);
    }

    /** The retained message with this value. */
    public Message retained(Retained value) {
        if (value instanceof Retained.SensorState state) {
            return messages.state(state.sensor(), state.word());
        } else if (value instanceof Retained.SensorDetail detail) {
            return messages.detail(detail.sensor(), detail.detail());
        } else if (value instanceof Retained.PanelState state) {
            return messages.panelState(state.word());
        } else if (value instanceof Retained.PanelDetail detail) {
            return messages.panelDetail(detail.detail());
        }
        return ((Retained.Description) value).message();
    }

    /**
     * The answer to a command.
     *
     * @param stored whether what it says is on disk
     */
    public Message reply(Reply reply, boolean stored) {
        return messages.panelReply(reply, stored);
    }
}
