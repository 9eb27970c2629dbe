package io.github.reedgate.monitor.app;

import io.github.reedgate.event.ClockText;
import io.github.reedgate.json.Json;
import io.github.reedgate.monitor.config.MonitorConfig;
import io.github.reedgate.monitor.link.BrokerSession;
import io.github.reedgate.monitor.record.History.NumberedEvent;
import io.github.reedgate.monitor.record.Outlet;
import io.github.reedgate.monitor.record.OwnEvent;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Publishes on the monitor's own topics. Called by the recorder's thread; returns at once. */
final class Publisher implements Outlet {

    private final String root;
    private @Nullable BrokerSession session;
    private @Nullable RecorderThread thread;

    Publisher(MonitorConfig config) {
        this.root = config.root();
    }

    /** Sets where to; called once, before anything is published. */
    void use(BrokerSession toUse, RecorderThread recorder) {
        session = toUse;
        thread = recorder;
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // what is not taken is published again on the next connection
    public void event(NumberedEvent event) {
        BrokerSession open = session;
        RecorderThread recorder = thread;
        if (open != null && recorder != null) {
            open.publish(root + "/event", json(event), false).thenAccept(taken -> {
                if (taken) {
                    recorder.published(event.seq());
                }
            });
        }
    }

    /** The payload: like the event of a gateway. */
    static String json(NumberedEvent numbered) {
        OwnEvent event = numbered.event();
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("event_type", event.type().word());
        fields.put("id", numbered.id());
        fields.put("seq", numbered.seq());
        fields.put("time", ClockText.utc(Instant.ofEpochMilli(event.timeMillis())));
        fields.put("gateway", event.gateway());
        fields.put("message", event.message());
        event.more().forEach(fields::putIfAbsent);
        return Json.write(fields);
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // published again on the next connection
    public void state(String gateway, String state) {
        BrokerSession open = session;
        if (open != null) {
            open.publish(root + "/" + gateway + "/state", state, true);
        }
    }
}
