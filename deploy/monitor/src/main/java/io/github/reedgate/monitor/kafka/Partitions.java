package io.github.reedgate.monitor.kafka;

import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.kafka.common.utils.Utils;

/** Which gateways' records are in some partitions. Stateless. */
final class Partitions {

    private Partitions() {}

    /**
     * True for the id of a gateway whose records are in one of the partitions.
     *
     * @param all how many partitions the topic has
     */
    static Predicate<String> of(Set<Integer> partitions, int all) {
        if (partitions.size() >= all) {
            return gateway -> true;
        }
        Set<Integer> own = Set.copyOf(partitions);
        // as the producer does it
        return gateway -> own.contains(Utils.toPositive(Utils.murmur2(gateway.getBytes(StandardCharsets.UTF_8))) % all);
    }
}
