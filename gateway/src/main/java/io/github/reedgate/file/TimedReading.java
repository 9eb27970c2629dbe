package io.github.reedgate.file;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Reads a file in another thread, for a limited time. Somebody may replace a file after it was checked and before it is opened:
 * a pipe then blocks whoever opens it, a terminal whoever reads it, and Java can't open without blocking. The thread of such a
 * reading stays until something answers it, and never keeps the process from ending. Safe for use by any thread; blocks.
 */
final class TimedReading {

    /** A healthy disk answers in milliseconds; a worn SD card may take many seconds. */
    static final Duration LIMIT = Duration.ofSeconds(30);

    /** To start one takes longer than to read a file, so a thread that has read waits a second for the next file. */
    private static final ExecutorService THREADS = new ThreadPoolExecutor(
            0, Integer.MAX_VALUE, 1, TimeUnit.SECONDS, new SynchronousQueue<>(), TimedReading::thread);

    private TimedReading() {}

    private static Thread thread(Runnable reading) {
        Thread thread = new Thread(reading, "file-reading");
        thread.setDaemon(true);
        return thread;
    }

    /**
     * Reads.
     *
     * @param file the file, for the message
     * @param limit how long to wait
     * @param reading opens, reads and closes it
     * @throws NotOrdinaryException if that takes too long
     * @throws IOException if reading fails, or the calling thread is interrupted
     */
    static byte[] of(Path file, Duration limit, Callable<byte[]> reading) throws IOException {
        Future<byte[]> done = THREADS.submit(reading);
        try {
            return done.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            done.cancel(true);
            throw new NotOrdinaryException(
                    file,
                    "could not be read within " + limit.toSeconds()
                            + " s: it has become a pipe or a device, or its disk does not answer");
        } catch (ExecutionException e) {
            throw failure(file, e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while " + file + " was read");
        }
    }

    private static IOException failure(Path file, @Nullable Throwable cause) {
        return cause instanceof IOException failed ? failed : new IOException(file + " can't be read: " + cause, cause);
    }
}
