package io.github.reedgate.notify;

import io.github.reedgate.link.Resolver;
import io.github.reedgate.secrets.SecretException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends notifications with the JDK's HTTP client, which is made when the first one is sent, to the first address of the server's name
 * that accepts a connection. One attempt has one time limit, from the
 * look-up of the name to the last byte of the answer that matters; of an answer 16 KiB are read, of replies 8 MiB. Redirects are not followed
 * and proxies not asked. Its threads end when nothing is sent. Safe for use by any thread.
 */
public final class HttpPost implements Post, AutoCloseable {

    /** How much of an answer is read. */
    static final int LIMIT_BYTES = 16 * 1024;

    private static final Logger LOG = LoggerFactory.getLogger(HttpPost.class);

    private final Consumer<Answer> listener;
    private final Secrets secrets;
    private final ZoneId zone;
    private final ThreadPoolExecutor threads;
    private final Clients clients;
    private final ServerAddresses addresses;

    /**
     * A post that sends nothing yet.
     *
     * @param listener told of each answer, on a thread of its own
     * @param secrets where tokens and topics come from
     * @param zone of the times in texts for people
     */
    public HttpPost(Consumer<Answer> listener, Secrets secrets, ZoneId zone) {
        this(listener, secrets, zone, Resolver.SYSTEM);
    }

    /** The same with another name service. */
    HttpPost(Consumer<Answer> listener, Secrets secrets, ZoneId zone, Resolver resolver) {
        this.listener = listener;
        this.secrets = secrets;
        this.zone = zone;
        AtomicInteger count = new AtomicInteger();
        // not bounded: there is one request for each target, and a handful of the client's own tasks
        this.threads =
                new ThreadPoolExecutor(0, Integer.MAX_VALUE, 10, TimeUnit.SECONDS, new SynchronousQueue<>(), it -> {
                    Thread thread = new Thread(it, "notify-" + count.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        this.clients = new Clients(threads);
        this.addresses = new ServerAddresses(resolver);
    }

    @Override
    public void send(Dispatch dispatch) {
        run(dispatch.target(), dispatch.attempt(), () -> tell(dispatch));
    }

    @Override
    public void ask(Inquiry inquiry) {
        run(inquiry.target(), inquiry.attempt(), () -> look(inquiry));
    }

    /** One exchange with a server. */
    @FunctionalInterface
    private interface Exchange {
        Answer.Outcome make()
                throws SecretException, ExecutionException, InterruptedException, TimeoutException, IOException;
    }

    private void run(NotifyTarget target, long attempt, Exchange exchange) {
        threads.execute(() -> {
            Answer.Outcome outcome;
            try {
                outcome = outcome(target, exchange);
            } catch (RuntimeException e) {
                String kind = e.getClass().getSimpleName();
                LOG.error("telling {} failed by a defect: {}", target.id(), kind);
                LOG.debug("the defect", e);
                outcome = new Answer.Failed(Trouble.LOCAL, "a defect of the program: " + kind);
            }
            listener.accept(new Answer(target.id(), attempt, outcome));
        });
    }

    private Answer.Outcome outcome(NotifyTarget target, Exchange exchange) {
        try {
            return exchange.make();
        } catch (SecretException e) {
            return new Answer.Failed(Trouble.LOCAL, String.valueOf(e.getMessage()));
        } catch (TimeoutException e) {
            return HttpTrouble.tooSlow(target);
        } catch (IOException e) {
            return HttpTrouble.of(e, target);
        } catch (ExecutionException e) {
            Answer.Failed failed = HttpTrouble.of(e.getCause() == null ? e : e.getCause(), target);
            if (failed.trouble() == Trouble.TLS) {
                clients.forget(target.access().caFile());
            }
            return failed;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Answer.Failed(Trouble.NETWORK, "the gateway stops");
        }
    }

    private Answer.Outcome tell(Dispatch dispatch)
            throws SecretException, ExecutionException, InterruptedException, TimeoutException, IOException {
        NotifyTarget target = dispatch.target();
        boolean isNtfy = target.kind() == NotifyTarget.Kind.NTFY;
        String topic = isNtfy ? secrets.topic(target) : "";
        Form form = isNtfy ? Form.ntfy(dispatch, topic, zone) : Form.webhook(dispatch, zone);
        HttpRequest.Builder request = request(target)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(form.body()));
        form.headers().forEach(request::header);
        int limitBytes = isNtfy ? LIMIT_BYTES : 0;
        HttpResponse<String> response = exchange(request, form.uri(), target, info -> new Bounded(limitBytes));
        Optional<String> wait = response.headers().firstValue("Retry-After");
        return isNtfy
                ? Verdict.ofNtfy(response.statusCode(), wait, topic, response.body())
                : Verdict.ofWebhook(response.statusCode(), wait);
    }

    private Answer.Outcome look(Inquiry inquiry)
            throws SecretException, ExecutionException, InterruptedException, TimeoutException, IOException {
        NotifyTarget target = inquiry.target();
        String topic = inquiry.replyTopic();
        URI uri = target.access().at("/" + topic + "/json", "poll=1&since=" + inquiry.since());
        ReplyReader reader = new ReplyReader(topic);
        HttpResponse.BodySubscriber<Answer.Heard> none = HttpResponse.BodySubscribers.replacing(reader.soFar());
        try {
            HttpResponse<Answer.Heard> response =
                    exchange(request(target).GET(), uri, target, info -> info.statusCode() / 100 == 2 ? reader : none);
            return response.statusCode() / 100 == 2 ? response.body() : Verdict.ofNoReplies(response.statusCode());
        } catch (ExecutionException | TimeoutException e) {
            // what came before that counts, or one who writes much would be read again and again and never to the end
            Answer.Heard heard = reader.soFar();
            if (heard.lastId().isEmpty()) {
                throw e;
            }
            return heard;
        }
    }

    private HttpRequest.Builder request(NotifyTarget target) throws SecretException {
        HttpRequest.Builder request = HttpRequest.newBuilder().header("User-Agent", "reedgate");
        secrets.token(target).ifPresent(secret -> request.header("Authorization", "Bearer " + secret));
        return request;
    }

    private <T> HttpResponse<T> exchange(
            HttpRequest.Builder request, URI uri, NotifyTarget target, HttpResponse.BodyHandler<T> handler)
            throws SecretException, ExecutionException, InterruptedException, TimeoutException, IOException {
        long endNanos = System.nanoTime() + target.timeout().toNanos();
        Approach server = Approach.of(uri);
        HttpClient client = clients.of(server, target.access().caFile());
        InetAddress address = addresses.choose(server.place(), target.timeout());
        Duration rest = Duration.ofNanos(Math.max(1_000_000, endNanos - System.nanoTime()));
        request.uri(server.at(address)).header("Host", server.hostHeader()).timeout(rest);
        CompletableFuture<HttpResponse<T>> response = client.sendAsync(request.build(), handler);
        try {
            HttpResponse<T> answer = response.get(rest.toMillis(), TimeUnit.MILLISECONDS);
            addresses.answered(server.place(), address);
            return answer;
        } catch (ExecutionException | TimeoutException e) {
            addresses.failed(server.place(), address);
            throw e;
        } finally {
            response.cancel(true);
        }
    }

    /** Ends all that is on its way; waits for nothing. */
    @Override
    public void close() {
        threads.shutdownNow();
    }
}
