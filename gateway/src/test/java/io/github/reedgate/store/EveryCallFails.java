package io.github.reedgate.store;

import io.github.reedgate.testdisk.FailingDisk;
import io.github.reedgate.testdisk.FailingDisk.Answer;
import io.github.reedgate.testdisk.FailingDisk.Call;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.LongStream;

/**
 * Run as a process of its own, on a disk that fails: opens a store, commits and closes it, again and again, each time with the
 * next call failing, until there are no more calls. What was committed has to be there afterwards.
 */
final class EveryCallFails {

    private static final int CLOSED = 2;
    private static final int ALL = 6;
    private static final int TRIES = 4;
    private static final int MOST = 2_000;

    private final FailingDisk disk = FailingDisk.ofThisProcess();
    private final Path parent;

    private EveryCallFails(Path parent) {
        this.parent = parent;
    }

    /** Takes a folder; prints for each kind of failure how many calls there were. Anything wrong ends it with an exception. */
    public static void main(String[] arguments) throws StoreException, IOException {
        EveryCallFails all = new EveryCallFails(Path.of(arguments[0]));
        for (Call call : Call.values()) {
            all.run(call, Answer.IO_ERROR);
        }
        all.run(Call.WRITE, Answer.NO_SPACE);
        all.run(Call.TORN, Answer.NO_SPACE);
        all.run(Call.OPEN, Answer.READ_ONLY);
    }

    private void run(Call call, Answer answer) throws StoreException, IOException {
        for (boolean once : List.of(true, false)) {
            int nth = 1;
            while (nth < MOST && isReached(call, answer, nth, once)) {
                nth++;
            }
            System.out.println(call + " " + answer + (once ? " once " : " from ") + (nth - 1));
        }
    }

    /** One round; true if there was a call of that number. */
    private boolean isReached(Call call, Answer answer, int nth, boolean once) throws StoreException, IOException {
        String what = call + " " + answer + " " + nth + (once ? " once" : " from then on");
        Path home = Files.createDirectories(parent.resolve("store"));
        try (EventStore store = EventStore.open(home, Bounds.DEFAULT)) {
            commit(store, 1, CLOSED, what);
        }
        if (once) {
            disk.failOnce(call, answer, nth);
        } else {
            disk.failFrom(call, answer, nth);
        }
        try (EventStore store = open(home, what)) {
            commit(store, CLOSED + 1, ALL, what);
            require(store.movedAside().isEmpty(), what + ": moved aside");
        }
        boolean reached = disk.failed() > 0;
        disk.heal();
        try (EventStore store = EventStore.open(home, Bounds.DEFAULT)) {
            require(store.movedAside().isEmpty(), what + ": moved aside afterwards");
            List<Long> all = LongStream.rangeClosed(1, ALL).boxed().toList();
            List<Long> events = store.events(0, 100).stream()
                    .map(event -> event.stamp().seq())
                    .toList();
            List<Long> waiting =
                    store.waiting(0, 100).stream().map(entry -> entry.id()).toList();
            require(events.equals(all) && waiting.equals(all), what + ": " + events + " and " + waiting);
        }
        remove(home);
        return reached;
    }

    private EventStore open(Path home, String what) throws StoreException {
        for (int more = TRIES; true; more--) {
            try {
                return EventStore.open(home, Bounds.DEFAULT);
            } catch (StoreException e) {
                failed(e, more, what);
            }
        }
    }

    private void commit(EventStore store, int from, int to, String what) throws StoreException {
        for (int seq = from; seq <= to; seq++) {
            for (int more = TRIES; more > 0; more--) {
                try {
                    store.commit(Samples.batch(seq));
                    break;
                } catch (StoreException e) {
                    failed(e, more, what);
                }
            }
        }
    }

    /** The disk is well again after the second failure; a third one in a row is one too many. */
    private void failed(StoreException failure, int more, String what) throws StoreException {
        require(failure.trouble() != StoreException.Trouble.DAMAGED, what + ": " + failure.getMessage());
        if (more == 1) {
            throw failure;
        }
        if (more < TRIES) {
            disk.heal();
        }
    }

    private static void require(boolean condition, String otherwise) {
        if (!condition) {
            throw new IllegalStateException(otherwise);
        }
    }

    private static void remove(Path home) throws IOException {
        try (var files = Files.list(home)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(home);
    }
}
