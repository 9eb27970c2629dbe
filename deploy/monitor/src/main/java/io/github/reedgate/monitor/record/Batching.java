package io.github.reedgate.monitor.record;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;

/** Makes a batch of messages that wait. Stateless. */
final class Batching {

    private Batching() {}

    /**
     * The batch of some messages and reports.
     *
     * @param isTooMany true for the id of a gateway that is one too many; its messages are rejected
     */
    static Batch of(
            List<Pending.One> taken,
            Collection<OwnEvent> own,
            Collection<Long> published,
            Predicate<String> isTooMany) {
        List<RecordedEvent> events = new ArrayList<>();
        List<PresentValue> values = new ArrayList<>();
        List<RejectedMessage> rejected = new ArrayList<>();
        List<GoneNumbers> gone = new ArrayList<>();
        for (Pending.One each : taken) {
            Item item = bounded(each, isTooMany);
            if (item instanceof RecordedEvent event) {
                events.add(event);
            } else if (item instanceof PresentValue value) {
                values.add(value);
            } else if (item instanceof RejectedMessage message) {
                rejected.add(message);
            } else if (item instanceof GoneNumbers numbers) {
                gone.add(numbers);
            }
        }
        return new Batch(events, values, rejected, List.copyOf(own), List.copyOf(published), gone);
    }

    private static Item bounded(Pending.One each, Predicate<String> isTooMany) {
        String gateway = "";
        if (each.item() instanceof RecordedEvent event) {
            gateway = event.gateway();
        } else if (each.item() instanceof PresentValue value) {
            gateway = value.gateway();
        }
        return !gateway.isEmpty() && isTooMany.test(gateway)
                ? RejectedMessage.of(
                        each.delivery().message(),
                        "it is of gateway number " + (Recorder.MOST_GATEWAYS + 1) + ", one too many")
                : each.item();
    }
}
