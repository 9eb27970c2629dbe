package io.github.reedgate.app;

import io.github.reedgate.config.Config;
import io.github.reedgate.delivery.Journal;
import io.github.reedgate.notify.Dispatch;
import io.github.reedgate.notify.HttpPost;
import io.github.reedgate.notify.Inquiry;
import io.github.reedgate.notify.NoticeStore;
import io.github.reedgate.notify.Notifier;
import io.github.reedgate.notify.Post;
import io.github.reedgate.notify.ReplyWords;
import io.github.reedgate.notify.Secrets;
import java.security.SecureRandom;
import java.time.ZoneId;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * The notification targets, wired together.
 *
 * @param notifier used by the loop thread
 * @param post what sends, closed when the loop has ended
 */
record Notifying(Notifier notifier, Optional<HttpPost> post) implements AutoCloseable {

    /** Takes in what waits from before; opens no connection yet, and needs nothing of HTTP if nobody is told. */
    static Notifying of(Config config, DurableStorage storage, InputQueue queue) {
        Optional<HttpPost> post = config.targets().isEmpty()
                ? Optional.empty()
                : Optional.of(new HttpPost(
                        answer -> queue.offer(new LoopInput.Told(answer)),
                        new Secrets(System.getenv()),
                        ZoneId.systemDefault()));
        byte[] key = new byte[ReplyWords.KEY_BYTES];
        new SecureRandom().nextBytes(key);
        SplittableRandom random = new SplittableRandom();
        Notifier notifier = new Notifier(
                config.targets(),
                post.<Post>map(one -> one).orElse(new Silence()),
                new Rows(storage.journal()),
                random::nextDouble,
                new ReplyWords(key));
        notifier.restore(storage.found().notices(), System.nanoTime());
        return new Notifying(notifier, post);
    }

    /** Nobody is told, so this is never asked for anything. */
    private record Silence() implements Post {

        @Override
        public void send(Dispatch dispatch) {
            throw new IllegalStateException("nobody is told, yet a notice is sent to "
                    + dispatch.target().id());
        }

        @Override
        public void ask(Inquiry inquiry) {
            throw new IllegalStateException(
                    "nobody is told, yet " + inquiry.target().id() + " is asked");
        }
    }

    /** Notices as rows of the store. */
    private record Rows(Journal journal) implements NoticeStore {

        @Override
        public void keep(long id, String document) {
            journal.keepNotice(id, document);
        }

        @Override
        public void forget(long id) {
            journal.forgetNotice(id);
        }
    }

    @Override
    public void close() {
        post.ifPresent(HttpPost::close);
    }
}
