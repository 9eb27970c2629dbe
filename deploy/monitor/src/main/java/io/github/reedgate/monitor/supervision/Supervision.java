package io.github.reedgate.monitor.supervision;

import io.github.reedgate.time.Timestamp;
import java.util.List;

/**
 * Decides whether gateways are silent and raises alarms: {@code step(state, inputs, now) -> result}, without I/O, threads or
 * clock. Immutable, safe for use by any thread.
 */
public final class Supervision {

    private final SupervisionSettings settings;
    private final long seed;

    /**
     * A supervision.
     *
     * @param settings its settings
     * @param seed random, drawn once at each start; ids of events are made with it
     */
    public Supervision(SupervisionSettings settings, long seed) {
        this.settings = settings;
        this.seed = seed;
    }

    /**
     * Takes inputs in, in their order. {@link SupervisionInput.Tick} is due at least every 500 ms.
     *
     * @param state the present state
     * @param inputs what happened
     * @param now the time; its monotonic part never decreases from one call to the next
     */
    public SupervisionResult step(SupervisionState state, List<SupervisionInput> inputs, Timestamp now) {
        SupervisionStep step = new SupervisionStep(settings, seed, state, now);
        for (SupervisionInput input : inputs) {
            take(step, input);
        }
        return step.finish();
    }

    private static void take(SupervisionStep step, SupervisionInput input) {
        // a fleet publishes often: what it says is judged together with the next tick
        if (input instanceof SupervisionInput.Heard heard) {
            Hearing.take(step, heard);
        } else if (input instanceof SupervisionInput.Recorded recorded) {
            step.change(
                    recorded.gateway(),
                    watch -> watch.with(new GatewayWatch.History(recorded.incomplete(), recorded.conflict())));
        } else if (input instanceof SupervisionInput.Sent sent) {
            step.sent(sent.seq());
        } else {
            order(step, input);
            Judgement.run(step);
            Alarms.repeat(step);
            step.reportDropped();
        }
    }

    private static void order(SupervisionStep step, SupervisionInput input) {
        if (input instanceof SupervisionInput.LinkUp up) {
            LinkChanges.up(step, up.sessionKept());
        } else if (input instanceof SupervisionInput.LinkLost) {
            LinkChanges.lost(step);
        } else if (input instanceof SupervisionInput.LineProved proved) {
            LinkChanges.proved(step, proved.askedNanos());
        } else if (input instanceof SupervisionInput.Acknowledged acknowledged) {
            Alarms.acknowledge(step, acknowledged);
        }
    }
}
