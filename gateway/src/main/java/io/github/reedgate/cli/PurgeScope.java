package io.github.reedgate.cli;

import io.github.reedgate.discovery.Installation;
import io.github.reedgate.message.Topics;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Which retained topics {@code purge} is about. Immutable.
 *
 * @param remembered those that the gateway remembers, or has by its configuration
 * @param filters topic filters under which the broker is asked for more
 * @param owned which of the topics that the broker shows are the gateway's
 */
record PurgeScope(Set<String> remembered, List<String> filters, Predicate<String> owned) {

    /** Copies what it is given. */
    PurgeScope {
        remembered = new LinkedHashSet<>(remembered);
        filters = List.copyOf(filters);
    }

    /** Just these topics. */
    static PurgeScope exactly(List<String> topics) {
        return new PurgeScope(new LinkedHashSet<>(topics), topics, Set.copyOf(topics)::contains);
    }

    /**
     * All that a gateway of that id has under that prefix. What else is there, and all of a gateway whose topics happen to begin
     * in the same way, is none of its.
     *
     * @param known topics that are remembered; those of others among them are left out
     * @param topics the gateway's topics
     * @param gatewayId its id
     * @param discoveryPrefix where it describes itself; empty if its descriptions are none of this
     */
    static PurgeScope of(List<String> known, Topics topics, String gatewayId, String discoveryPrefix) {
        String root = Pattern.quote(topics.root());
        String device = Installation.deviceId(gatewayId);
        Predicate<String> states = Pattern.compile(
                        root + "/(availability|diagnostics(/watermark|/doctor)?|[a-z0-9_-]+/(state|detail))")
                .asMatchPredicate();
        Set<String> remembered = new LinkedHashSet<>(known);
        List<String> filters = new ArrayList<>(List.of(topics.root() + "/#"));
        if (discoveryPrefix.isEmpty()) {
            remembered.removeIf(states.negate());
            return new PurgeScope(remembered, filters, states);
        }
        Predicate<String> descriptions = described(Pattern.quote(discoveryPrefix), device);
        filters.add(discoveryPrefix + "/device/" + device + "/config");
        filters.add(discoveryPrefix + "/+/" + device + "/+/config");
        // a description has the id in it, and is this gateway's under any prefix that it remembers
        remembered.removeIf(states.or(described(".+", device)).negate());
        return new PurgeScope(remembered, filters, states.or(descriptions));
    }

    private static Predicate<String> described(String prefix, String device) {
        return Pattern.compile(prefix + "/(device/" + device + "|[a-z_]+/" + device + "/[a-zA-Z0-9_-]+)/config")
                .asMatchPredicate();
    }

    /** Everything that there may be: what the broker shows of it first, then what is only remembered. */
    List<String> all(Set<String> shown) {
        Set<String> all = new LinkedHashSet<>();
        shown.stream().filter(owned).sorted().forEach(all::add);
        all.addAll(remembered);
        return List.copyOf(all);
    }
}
