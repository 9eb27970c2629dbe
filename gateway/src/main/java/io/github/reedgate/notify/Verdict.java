package io.github.reedgate.notify;

import io.github.reedgate.text.JsonObject;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a server's answer means. Stateless. */
final class Verdict {

    private static final Pattern NTFY_ID = Pattern.compile("[-_A-Za-z0-9]{1,64}");
    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,6}");

    private Verdict() {}

    /**
     * What ntfy's answer means: only the message with its id, on the topic it was meant for, is a proof. A 200 alone is not:
     * that is what the log-in page of a network says, too.
     *
     * @param body what it sent, as far as it was read
     */
    static Answer.Outcome ofNtfy(int status, Optional<String> retryAfter, String topic, String body) {
        if (status / 100 != 2) {
            return refusal(status, retryAfter);
        }
        Map<String, @Nullable Object> all = fields(body);
        if (all.get("id") instanceof String id
                && NTFY_ID.matcher(id).matches()
                && "message".equals(all.get("event"))
                && topic.equals(all.get("topic"))) {
            return new Answer.Accepted("ntfy answered " + status + " with message id " + id, id);
        }
        return notProven(status);
    }

    /** What an answer means that is no list of replies. */
    static Answer.Failed ofNoReplies(int status) {
        return refusal(status, Optional.empty());
    }

    private static Map<String, @Nullable Object> fields(String json) {
        try {
            return JsonObject.read(json);
        } catch (IOException e) {
            return Map.of();
        }
    }

    /** What any server's status means. */
    static Answer.Outcome ofWebhook(int status, Optional<String> retryAfter) {
        return status / 100 == 2 ? new Answer.Accepted("answered " + status, "") : refusal(status, retryAfter);
    }

    private static Answer.Failed notProven(int status) {
        return new Answer.Failed(
                Trouble.NOT_PROVEN,
                "answered " + status
                        + ", but not as an ntfy server does; is url the server's, and is there no log-in page"
                        + " of the network before it?");
    }

    private static Answer.Failed refusal(int status, Optional<String> retryAfter) {
        if (status / 100 == 3) {
            return new Answer.Failed(
                    Trouble.DENIED,
                    "answered " + status + ", a redirect, which is not followed; set url to the right place");
        }
        return switch (status) {
            case 400, 413, 415, 422 ->
                new Answer.Failed(Trouble.UNFIT, "answered " + status + ": it does not take this message");
            case 401, 403 ->
                new Answer.Failed(
                        Trouble.DENIED, "answered " + status + ": it refuses; look at the token and its rights");
            case 408, 425, 429, 503 ->
                new Answer.Failed(Trouble.BUSY, "answered " + status + ": too much, or not now", wait(retryAfter));
            default ->
                status / 100 == 5
                        ? new Answer.Failed(Trouble.SERVER, "answered " + status + ": it has a fault")
                        : new Answer.Failed(
                                Trouble.DENIED, "answered " + status + ": it knows no such place; look at url");
        };
    }

    private static Optional<Duration> wait(Optional<String> retryAfter) {
        return retryAfter
                .filter(text -> SECONDS.matcher(text).matches())
                .map(text -> Duration.ofSeconds(Long.parseLong(text)));
    }
}
