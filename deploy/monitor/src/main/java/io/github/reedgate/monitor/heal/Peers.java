package io.github.reedgate.monitor.heal;

import io.github.reedgate.monitor.record.NumberRange;
import io.github.reedgate.time.Timestamp;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The gateways that may be asked, by id. Owned by the recorder's thread; it survives no restart. */
final class Peers {

    /** How many gateways it remembers; more are not asked. */
    static final int MOST_GATEWAYS = 20_000;

    private final Map<String, Peer> peers = new LinkedHashMap<>();

    /** The gateway, which is added if it is not known; null if it is one too many. */
    @Nullable
    Peer of(String gateway, Timestamp now) {
        Peer known = peers.get(gateway);
        if (known == null && peers.size() < MOST_GATEWAYS) {
            known = new Peer(now.monotonicNanos());
            peers.put(gateway, known);
        }
        return known;
    }

    /** The gateway; null if it is not known. */
    @Nullable
    Peer get(String gateway) {
        return peers.get(gateway);
    }

    /** All of them, in the order in which they were added. */
    Map<String, Peer> all() {
        return Collections.unmodifiableMap(peers);
    }

    /** The numbers that are waited for, by gateway. */
    Map<String, NumberRange> asking() {
        Map<String, NumberRange> asking = new TreeMap<>();
        peers.forEach((gateway, peer) -> peer.openRange().ifPresent(range -> asking.put(gateway, range)));
        return asking;
    }
}
