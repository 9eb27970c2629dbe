package io.github.reedgate.notify;

import io.github.reedgate.text.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads the messages of a reply topic one line after the other and keeps of them what can be a button's word, however much
 * others have written between. Reads 8 MiB at most; what was read until then, or until the connection broke, counts, and the next
 * look goes on behind it. Safe for use by any thread.
 */
final class ReplyReader implements HttpResponse.BodySubscriber<Answer.Heard> {

    /** How much of one answer is read. */
    static final int MOST_BYTES = 8 * 1024 * 1024;

    /** The longest line that is looked at as a whole; of a longer one only its id counts. */
    static final int MOST_LINE_BYTES = 64 * 1024;

    /** The longest text that is kept: a button's word is shorter. */
    static final int MOST_CHARS = 64;

    /** How many different texts are kept. */
    static final int MOST_TEXTS = 10_000;

    private static final Pattern ID = Pattern.compile("[-_A-Za-z0-9]{1,64}");

    private final String topic;
    private final CompletableFuture<Answer.Heard> body = new CompletableFuture<>();
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private final Set<String> texts = new LinkedHashSet<>();
    private Flow.@Nullable Subscription subscription;
    private String lastId = "";
    private int readBytes;
    private int others;
    private boolean isTooLong;
    private boolean isWhole;

    /** A reader of this topic's messages. */
    ReplyReader(String topic) {
        this.topic = topic;
    }

    @Override
    public CompletionStage<Answer.Heard> getBody() {
        return body;
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
        subscription = given;
        given.request(1);
    }

    @Override
    public void onNext(List<ByteBuffer> items) {
        Flow.Subscription given = subscription;
        if (given == null) {
            return;
        }
        if (take(items)) {
            given.request(1);
        } else {
            given.cancel();
            body.complete(soFar());
        }
    }

    /** Takes bytes in; false if enough was read. */
    private synchronized boolean take(List<ByteBuffer> items) {
        for (ByteBuffer item : items) {
            while (item.hasRemaining()) {
                take(item.get());
            }
        }
        return readBytes < MOST_BYTES && texts.size() < MOST_TEXTS;
    }

    private void take(byte one) {
        readBytes++;
        if (one == '\n') {
            if (!isTooLong) {
                lineRead();
            }
            line.reset();
            isTooLong = false;
        } else if (!isTooLong) {
            line.write(one);
            if (line.size() > MOST_LINE_BYTES) {
                isTooLong = true;
                others++;
                note(JsonObject.beginning(line.toString(StandardCharsets.UTF_8)));
                line.reset();
            }
        }
    }

    private void lineRead() {
        try {
            Map<String, @Nullable Object> all = JsonObject.read(line.toString(StandardCharsets.UTF_8));
            if ("message".equals(all.get("event")) && note(all)) {
                String text = all.get("message") instanceof String message ? message : "";
                if (text.length() > MOST_CHARS) {
                    others++;
                } else {
                    texts.add(text);
                }
            }
        } catch (IOException e) {
            // no message: a line of somebody who is no ntfy server, or one that was cut off
        }
    }

    /** Whether it is a message of this topic; then the next look begins behind it. */
    private boolean note(Map<String, ?> all) {
        boolean isHere = topic.equals(all.get("topic"));
        if (isHere && all.get("id") instanceof String id && ID.matcher(id).matches()) {
            lastId = id;
            return true;
        }
        return false;
    }

    /** What was read until now. */
    synchronized Answer.Heard soFar() {
        return new Answer.Heard(List.copyOf(texts), lastId, others, !isWhole);
    }

    @Override
    public void onError(Throwable cause) {
        body.completeExceptionally(cause);
    }

    @Override
    public void onComplete() {
        synchronized (this) {
            if (line.size() > 0 && !isTooLong) {
                lineRead();
            }
            isWhole = true;
        }
        body.complete(soFar());
    }
}
