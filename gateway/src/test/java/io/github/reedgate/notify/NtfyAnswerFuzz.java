package io.github.reedgate.notify;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Flow;

/** Fuzz target: what a server answers is proof, a failure or messages, and never throws. */
public final class NtfyAnswerFuzz {

    private static final Flow.Subscription NOBODY = new Flow.Subscription() {
        @Override
        public void request(long count) {}

        @Override
        public void cancel() {}
    };

    private NtfyAnswerFuzz() {}

    /** Tries one input; throws if a rule is broken. */
    public static void fuzzerTestOneInput(byte[] input) {
        String body = new String(input, StandardCharsets.UTF_8);
        Verdict.ofNtfy(200, Optional.empty(), "alarm", body);
        ReplyReader reader = new ReplyReader("alarm");
        reader.onSubscribe(NOBODY);
        reader.onNext(List.of(ByteBuffer.wrap(input)));
        reader.onComplete();
        Verdict.ofWebhook(429, Optional.of(body));
    }
}
