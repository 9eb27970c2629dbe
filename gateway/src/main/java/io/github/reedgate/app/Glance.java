package io.github.reedgate.app;

import io.github.reedgate.core.GatewayState;
import io.github.reedgate.core.Outputs;
import io.github.reedgate.core.Panel;
import io.github.reedgate.core.WalkTest;
import io.github.reedgate.delivery.Outbox;
import io.github.reedgate.message.Message;
import io.github.reedgate.output.Output;
import io.github.reedgate.output.Pattern;
import io.github.reedgate.time.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What somebody on this machine sees who wants to know how the gateway is. Immutable.
 *
 * @param latest the latest message of each retained topic
 * @param outputs what each output does, by its id, in their order: {@code off}, {@code on}, {@code flashing} or {@code fault}
 * @param noticesWaiting how many notifications wait for their targets
 * @param walkTest whether a walk test runs
 * @param lostSubscriptions the topics that the gateway does not hear, though it wants to
 * @param setAside the messages that were set aside last since the start, each as a JSON object
 * @param foreignWatermark the last value of another client on the watermark's topic since the start
 * @param broker how the connection to the broker is, see {@link Standing#fields}
 * @param queue how many messages wait for the broker ({@code waiting}), and for how many seconds the oldest has
 *     ({@code oldest_s}, null if it is not known)
 * @param panelLost why what the panel had to remember is lost, until somebody has armed or disarmed it; null if it is not
 */
record Glance(
        List<Message> latest,
        Map<String, String> outputs,
        int noticesWaiting,
        boolean walkTest,
        List<LostSubscription> lostSubscriptions,
        List<String> setAside,
        Optional<ForeignWatermark> foreignWatermark,
        Map<String, @Nullable Object> broker,
        Map<String, @Nullable Object> queue,
        @Nullable String panelLost) {

    /** Copies the lists. */
    Glance {
        latest = List.copyOf(latest);
        lostSubscriptions = List.copyOf(lostSubscriptions);
        setAside = List.copyOf(setAside);
    }

    /**
     * How it is now.
     *
     * @param state the core's state
     * @param parts what the loop works with
     * @param withheld what is retained and not handed to the publisher yet
     */
    static Glance of(GatewayState state, GatewayLoop.Parts parts, Collection<Message> withheld) {
        List<Message> latest = new ArrayList<>(parts.delivery().courier().latest());
        latest.addAll(withheld);
        WalkTest walk = state.walk();
        Timestamp now = parts.time().now();
        Panel panel = state.panel();
        return new Glance(
                latest,
                parts.outputs().words(state.outputs()),
                parts.notifier().waiting(),
                walk != null && walk.end() == null,
                parts.delivery().lostSubscriptions(now),
                parts.delivery().latestSetAside(),
                parts.delivery().foreignWatermark(),
                parts.delivery().standing(now),
                queue(parts.storage().outbox(), now.wall()),
                panel == null ? null : panel.lost());
    }

    private static Map<String, @Nullable Object> queue(Outbox outbox, Instant now) {
        Map<String, @Nullable Object> queue = new LinkedHashMap<>();
        queue.put("waiting", outbox.size());
        queue.put("oldest_s", Vitals.oldestUnsentSeconds(outbox, now));
        return queue;
    }

    /**
     * What each output does.
     *
     * @param outputs the outputs
     * @param known what is known of them, in the same order
     */
    static Map<String, String> words(List<Output> outputs, Outputs known) {
        Map<String, String> words = new LinkedHashMap<>();
        for (int i = 0; i < outputs.size(); i++) {
            words.put(outputs.get(i).id(), word(known.states().get(i)));
        }
        return words;
    }

    private static String word(Outputs.OutputState state) {
        Outputs.Fault fault = state.fault();
        if (fault != null && fault.healedNanos() == null) {
            return "fault";
        }
        if (!state.pattern().steps().isEmpty()) {
            return "flashing";
        }
        return state.pattern().equals(Pattern.OFF) ? "off" : "on";
    }
}
