package io.github.reedgate.notify;

import java.io.ByteArrayOutputStream;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/**
 * Reads a body up to a limit and no further: the rest is left unread and the connection is closed. Called by one thread at a
 * time, as HTTP clients do.
 */
final class Bounded implements HttpResponse.BodySubscriber<String> {

    private final int limitBytes;
    private final ByteArrayOutputStream read = new ByteArrayOutputStream();
    private final CompletableFuture<String> body = new CompletableFuture<>();
    private Flow.@Nullable Subscription subscription;

    /** Reads so many bytes at most; with 0 the body is empty at once, whatever comes. */
    Bounded(int limitBytes) {
        this.limitBytes = limitBytes;
    }

    @Override
    public CompletionStage<String> getBody() {
        return body;
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
        subscription = given;
        if (limitBytes == 0) {
            given.cancel();
            finish();
        } else {
            given.request(1);
        }
    }

    @Override
    public void onNext(List<ByteBuffer> items) {
        for (ByteBuffer item : items) {
            byte[] bytes = new byte[Math.min(item.remaining(), limitBytes - read.size())];
            item.get(bytes);
            read.write(bytes, 0, bytes.length);
        }
        Flow.Subscription given = subscription;
        if (given == null) {
            return;
        }
        if (read.size() >= limitBytes) {
            given.cancel();
            finish();
        } else {
            given.request(1);
        }
    }

    @Override
    public void onError(Throwable cause) {
        body.completeExceptionally(cause);
    }

    @Override
    public void onComplete() {
        finish();
    }

    private void finish() {
        body.complete(read.toString(StandardCharsets.UTF_8));
    }
}
