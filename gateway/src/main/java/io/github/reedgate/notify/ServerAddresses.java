package io.github.reedgate.notify;

import io.github.reedgate.link.Addresses;
import io.github.reedgate.link.Dialer;
import io.github.reedgate.link.HostPort;
import io.github.reedgate.link.Resolver;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

/**
 * Chooses the address of a server for each attempt: the first that accepts a connection, in the order of RFC 8305. The address
 * that answered last comes first, one that failed last comes last. Keeps that for each name, until the gateway ends. Safe for
 * use by any thread.
 */
final class ServerAddresses {

    private final Resolver resolver;
    private final Map<String, Addresses> names = new HashMap<>();
    private final Map<String, InetAddress> answered = new HashMap<>();
    private final Map<String, InetAddress> failed = new HashMap<>();

    /** Remembers the name service; asks it nothing yet. */
    ServerAddresses(Resolver resolver) {
        this.resolver = resolver;
    }

    /**
     * An address to send to. Blocks for the name service and, if there are several addresses, until one of them accepts a
     * connection, which is closed again.
     *
     * @param limit how long all of it may take
     * @throws UnknownHostException if the name has no address, or the name service does not answer in time
     * @throws ConnectException if each of several addresses refuses connections
     * @throws TimeoutException if none of several addresses accepts a connection in time
     */
    InetAddress choose(HostPort server, Duration limit)
            throws UnknownHostException, ConnectException, TimeoutException, InterruptedException {
        long endNanos = System.nanoTime() + limit.toNanos();
        List<InetAddress> found = ordered(server.host(), name(server).await(limit));
        if (found.size() == 1) {
            return found.get(0);
        }
        Duration rest = Duration.ofNanos(Math.max(1, endNanos - System.nanoTime()));
        Dialer.Answering answering = Dialer.answering(found, server.port(), rest);
        if (answering.address().isPresent()) {
            return answering.address().get();
        }
        boolean isSlow = answering.failures().values().stream().anyMatch(SocketTimeoutException.class::isInstance);
        if (isSlow || answering.failures().size() < found.size()) {
            throw new TimeoutException();
        }
        throw new ConnectException(
                found.stream().map(InetAddress::getHostAddress).collect(Collectors.joining(", ")));
    }

    private synchronized Addresses name(HostPort server) {
        return names.computeIfAbsent(server.host(), host -> new Addresses(resolver, server));
    }

    private synchronized List<InetAddress> ordered(String host, List<InetAddress> found) {
        List<InetAddress> ordered = new ArrayList<>(found);
        InetAddress worst = failed.get(host);
        if (worst != null && ordered.remove(worst)) {
            ordered.add(worst);
        }
        InetAddress best = answered.get(host);
        if (best != null && ordered.remove(best)) {
            ordered.add(0, best);
        }
        return ordered;
    }

    /** The server gave an answer at that address, whatever it said. */
    synchronized void answered(HostPort server, InetAddress address) {
        answered.put(server.host(), address);
        failed.remove(server.host(), address);
    }

    /** There was no answer at that address: the next attempt begins at another one. */
    synchronized void failed(HostPort server, InetAddress address) {
        answered.remove(server.host(), address);
        failed.put(server.host(), address);
    }
}
