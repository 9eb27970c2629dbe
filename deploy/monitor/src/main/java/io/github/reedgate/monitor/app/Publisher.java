package io.github.reedgate.monitor.app;

import io.github.reedgate.event.ClockText;
import io.github.reedgate.json.Json;
import io.github.reedgate.monitor.config.MonitorConfig;
import io.github.reedgate.monitor.heal.LogAsk;
import io.github.reedgate.monitor.heal.LogAsking;
import io.github.reedgate.monitor.link.BrokerSession;
import io.github.reedgate.monitor.link.Sent;
import io.github.reedgate.monitor.link.SessionRequest;
import io.github.reedgate.monitor.record.History.NumberedEvent;
import io.github.reedgate.monitor.record.Outlet;
import io.github.reedgate.monitor.record.OwnEvent;
import io.github.reedgate.notify.Answer;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Publishes on the monitor's own topics. Called by the recorder's thread; returns at once. */
final class Publisher implements Outlet {

    private static final Duration ASK_EXPIRY = Duration.ofMinutes(1);

    private final String root;
    // set before the threads start that read it
    private volatile @Nullable BrokerSession session;
    private @Nullable RecorderThread thread;
    private volatile @Nullable SupervisionThread supervision;

    Publisher(MonitorConfig config) {
        this.root = config.root();
    }

    /** Sets where to; called once, before anything is published. */
    void use(BrokerSession toUse, RecorderThread recorder, SupervisionThread judging) {
        session = toUse;
        thread = recorder;
        supervision = judging;
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

    /** The supervision joins this to what it hears, and publishes the state. */
    @Override
    public void state(String gateway, String state) {
        SupervisionThread judging = supervision;
        if (judging != null) {
            judging.recorded(gateway, state);
        }
    }

    /** A server answered to a notification. */
    void answered(Answer answer) {
        SupervisionThread judging = supervision;
        if (judging != null) {
            judging.answered(answer);
        }
    }

    /** Sends a request for a range of a gateway's log; the broker keeps it as long as it is waited for. */
    @SuppressWarnings("FutureReturnValueIgnored") // whoever asked hears of a refusal
    void ask(String topic, LogAsk ask, String responseTopic, LogAsking.Lost lost) {
        BrokerSession open = session;
        if (open == null) {
            lost.because(LogAsking.Reason.NOT_SENT);
            return;
        }
        open.publish(new SessionRequest(topic, ask.payload(), responseTopic, ask.token(), ASK_EXPIRY))
                .thenAccept(sent -> {
                    if (sent != Sent.TAKEN) {
                        lost.because(sent == Sent.FAILED ? LogAsking.Reason.NOT_SENT : LogAsking.Reason.UNSUBSCRIBED);
                    }
                });
    }

    /** Publishes something of the supervision. */
    CompletableFuture<Boolean> publish(String topic, String payload, boolean retain) {
        BrokerSession open = session;
        return open == null ? CompletableFuture.completedFuture(false) : open.publish(topic, payload, retain);
    }
}
