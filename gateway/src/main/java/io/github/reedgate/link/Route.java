package io.github.reedgate.link;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Goes through the addresses of the broker's name, round after round: each round looks the name up anew and begins with the
 * address that was reached last. An address behind which others wait has 2 s to accept the connection, in every other round
 * the full time. Owned by thread {@code broker-link}.
 */
@SuppressWarnings("FutureReturnValueIgnored") // what the look-up leads to is guarded by the caller
final class Route {

    private static final Duration SHORT = Duration.ofSeconds(2);

    private final Addresses addresses;
    private final Duration limit;
    private final ScheduledExecutorService thread;

    private final Deque<InetAddress> untried = new ArrayDeque<>();
    private final List<String> tried = new ArrayList<>();
    private @Nullable InetAddress reached;
    private @Nullable InetAddress present;
    private @Nullable Diagnosis telling;
    private int rounds;

    /**
     * A way that was never gone.
     *
     * @param address where to
     * @param limit how long the look-up and a connection may take
     */
    record Hop(InetAddress address, Duration limit) {}

    Route(Addresses addresses, Duration limit, ScheduledExecutorService thread) {
        this.addresses = addresses;
        this.limit = limit;
        this.thread = thread;
    }

    /** Gives the next address to one of the two, on the thread, now or when the name was looked up. */
    void next(Consumer<Hop> found, Consumer<UnknownHostException> none) {
        if (!untried.isEmpty()) {
            found.accept(hop());
            return;
        }
        addresses
                .lookUp()
                .orTimeout(limit.toMillis(), TimeUnit.MILLISECONDS)
                .whenComplete((list, error) -> thread.execute(() -> {
                    if (error == null) {
                        begin(list);
                        found.accept(hop());
                    } else {
                        none.accept(unknown(error));
                    }
                }));
    }

    private void begin(List<InetAddress> list) {
        rounds++;
        tried.clear();
        telling = null;
        untried.addAll(list);
        InetAddress last = reached;
        if (last != null && untried.remove(last)) {
            untried.addFirst(last);
        }
    }

    private Hop hop() {
        InetAddress address = untried.remove();
        present = address;
        tried.add(address.getHostAddress());
        boolean isShort = !untried.isEmpty() && rounds % 2 == 1 && SHORT.compareTo(limit) < 0;
        return new Hop(address, isShort ? SHORT : limit);
    }

    private UnknownHostException unknown(Throwable error) {
        Throwable cause = error instanceof CompletionException && error.getCause() != null ? error.getCause() : error;
        if (cause instanceof UnknownHostException known) {
            return known;
        }
        UnknownHostException slow =
                new UnknownHostException("the name service did not answer within " + limit.toSeconds() + " s");
        slow.initCause(cause);
        return slow;
    }

    /** The broker accepted the connection at the address given last: the next round begins there. */
    void reached() {
        reached = present;
        rounds = 0;
        untried.clear();
    }

    /** The address given last failed; true if another one is to be tried at once. */
    boolean failed(Diagnosis diagnosis) {
        boolean isOfTheAddress = switch (diagnosis.trouble()) {
            case NETWORK, NO_ANSWER, TLS -> true;
            default -> false;
        };
        if (telling == null || telling.trouble() == LinkTrouble.NETWORK) {
            telling = diagnosis;
        }
        if (!isOfTheAddress) {
            untried.clear();
        }
        return !untried.isEmpty();
    }

    /** What to say of a round in which no address would do; the trouble that says most of it. */
    Diagnosis summary(Diagnosis last) {
        Diagnosis most = telling == null ? last : telling;
        return tried.size() < 2
                ? last
                : new Diagnosis(most.trouble(), most.message() + " (tried " + String.join(", ", tried) + ")");
    }
}
