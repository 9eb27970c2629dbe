package io.github.reedgate.notify;

import io.github.reedgate.link.HostPort;
import io.github.reedgate.link.Resolver;
import io.github.reedgate.secrets.SecretException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Calls a URL with GET and reads nothing of the answer but its status, with the same client and the same choice of addresses as
 * notifications. Redirects are not followed. Safe for use by any thread; each call blocks.
 */
public final class HttpGet implements AutoCloseable {

    private final ThreadPoolExecutor threads;
    private final Clients clients;
    private final ServerAddresses addresses = new ServerAddresses(Resolver.SYSTEM);

    /** Opens nothing yet. */
    public HttpGet() {
        // not bounded: there is one request at a time, and a handful of the client's own tasks
        this.threads =
                new ThreadPoolExecutor(0, Integer.MAX_VALUE, 10, TimeUnit.SECONDS, new SynchronousQueue<>(), it -> {
                    Thread thread = new Thread(it, "ping");
                    thread.setDaemon(true);
                    return thread;
                });
        this.clients = new Clients(threads);
    }

    /**
     * Calls the URL.
     *
     * @param url http or https
     * @param timeout how long all of it may take
     * @return empty if the status is one of 200 to 299; else why not, in one line without the URL's path, which may be a secret
     * @throws InterruptedException if the thread is interrupted
     */
    public Optional<String> call(URI url, Duration timeout) throws InterruptedException {
        HostPort host = HostPort.of(url);
        String place = host.shown() + (host.port() < 0 ? "" : ":" + host.port());
        try {
            int status = status(url, timeout);
            return status / 100 == 2 ? Optional.empty() : Optional.of(place + " answered with status " + status);
        } catch (TimeoutException e) {
            return Optional.of(place + " did not answer within " + timeout.toSeconds() + " s");
        } catch (ExecutionException e) {
            return Optional.of(place + " can't be called: " + kind(e.getCause() == null ? e : e.getCause()));
        } catch (IOException | SecretException e) {
            return Optional.of(place + " can't be called: " + kind(e));
        }
    }

    private static String kind(Throwable cause) {
        return cause.getClass().getSimpleName();
    }

    private int status(URI url, Duration timeout)
            throws IOException, SecretException, TimeoutException, InterruptedException, ExecutionException {
        long endNanos = System.nanoTime() + timeout.toNanos();
        Approach server = Approach.of(url);
        HttpClient client = clients.of(server, Optional.empty());
        InetAddress address = addresses.choose(server.place(), timeout);
        Duration rest = Duration.ofNanos(Math.max(1_000_000, endNanos - System.nanoTime()));
        HttpRequest request = HttpRequest.newBuilder(server.at(address))
                .header("User-Agent", "reedgate")
                .header("Host", server.hostHeader())
                .timeout(rest)
                .GET()
                .build();
        CompletableFuture<HttpResponse<String>> response = client.sendAsync(request, info -> new Bounded(0));
        try {
            int status = response.get(rest.toMillis(), TimeUnit.MILLISECONDS).statusCode();
            addresses.answered(server.place(), address);
            return status;
        } catch (ExecutionException | TimeoutException e) {
            addresses.failed(server.place(), address);
            throw e;
        } finally {
            response.cancel(true);
        }
    }

    /** Ends what is on its way; waits for nothing. */
    @Override
    public void close() {
        threads.shutdownNow();
    }
}
