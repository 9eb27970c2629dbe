package io.github.reedgate.link;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The addresses of one host, in the order in which they are to be tried (RFC 8305, section 4): the families take turns,
 * beginning with that of the resolver's first address. While the resolver hangs, it is not asked once more. Safe for use by
 * any thread.
 */
public final class Addresses {

    private final Resolver resolver;
    private final HostPort host;
    private CompletableFuture<List<InetAddress>> pending = CompletableFuture.failedFuture(new IllegalStateException());

    /** Remembers both; looks up nothing yet. */
    public Addresses(Resolver resolver, HostPort host) {
        this.resolver = resolver;
        this.host = host;
    }

    /** Begins to look the name up, on a thread of its own; joins a look-up that has not ended yet. */
    public synchronized CompletableFuture<List<InetAddress>> lookUp() {
        if (pending.isDone()) {
            CompletableFuture<List<InetAddress>> fresh = new CompletableFuture<>();
            Thread thread = new Thread(() -> resolve(fresh), "look-up");
            thread.setDaemon(true);
            thread.start();
            pending = fresh;
        }
        return pending.copy();
    }

    private void resolve(CompletableFuture<List<InetAddress>> result) {
        try {
            List<InetAddress> found =
                    inTurns(resolver.resolve(host.host()).stream().distinct().toList());
            List<InetAddress> named = new ArrayList<>();
            for (InetAddress each : found) {
                named.add(named(each, host.name()));
            }
            if (named.isEmpty()) {
                throw new UnknownHostException(host.host());
            }
            result.complete(List.copyOf(named));
        } catch (UnknownHostException | RuntimeException e) {
            result.completeExceptionally(e);
        }
    }

    /**
     * Looks the name up; blocks until that is done or the time is over.
     *
     * @throws UnknownHostException if there is no address, or the name service did not answer in time
     */
    public List<InetAddress> await(Duration limit) throws UnknownHostException, InterruptedException {
        try {
            return lookUp().get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw (UnknownHostException)
                    new UnknownHostException("the name service did not answer within " + limit.toSeconds() + " s")
                            .initCause(e);
        } catch (ExecutionException | CompletionException e) {
            throw (UnknownHostException) new UnknownHostException(host.host()).initCause(e);
        }
    }

    /** The families in turns, each in the order it came in. */
    static List<InetAddress> inTurns(List<InetAddress> found) {
        Queue<InetAddress> first = new ArrayDeque<>();
        Queue<InetAddress> second = new ArrayDeque<>();
        for (InetAddress each : found) {
            boolean isLikeFirst = each.getClass() == found.get(0).getClass();
            (isLikeFirst ? first : second).add(each);
        }
        List<InetAddress> ordered = new ArrayList<>();
        while (!first.isEmpty() || !second.isEmpty()) {
            if (!first.isEmpty()) {
                ordered.add(first.remove());
            }
            if (!second.isEmpty()) {
                ordered.add(second.remove());
            }
        }
        return ordered;
    }

    /** The address under a name, which is what TLS checks and a web server is asked for. */
    private static InetAddress named(InetAddress address, String name) throws UnknownHostException {
        if (address instanceof Inet6Address wide) {
            NetworkInterface zone = wide.getScopedInterface();
            return zone == null
                    ? Inet6Address.getByAddress(name, wide.getAddress(), wide.getScopeId())
                    : Inet6Address.getByAddress(name, wide.getAddress(), zone);
        }
        return InetAddress.getByAddress(name, address.getAddress());
    }
}
