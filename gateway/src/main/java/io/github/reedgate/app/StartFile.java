package io.github.reedgate.app;

import io.github.reedgate.core.GatewaySettings;
import io.github.reedgate.core.GatewaySettings.LastStop;
import io.github.reedgate.core.GatewaySettings.StartFacts;
import io.github.reedgate.file.OrdinaryFile;
import io.github.reedgate.file.WholeFile;
import java.io.IOException;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * The file {@code start.properties} in the state folder: how often the gateway started, which event numbers are taken and
 * whether the last stop was clean. Numbers are reserved in blocks, so the file is written once for many events and a run
 * that is cut off skips some numbers but never repeats one.
 *
 * <pre>
 * boot=7         number of the latest start
 * next=4712      numbers from here on are not known to be used or declared as skipped
 * ceiling=5711   last number reserved; the next start begins behind it
 * clean=false    true only after a stop in order
 * check=1a2b3c4d CRC-32 of the lines above
 * </pre>
 *
 * The file is written whole under another name, forced to disk and renamed. One that can't be understood is copied aside,
 * and numbers then go on from the wall clock's milliseconds (or from those of {@link #EARLIEST}, if a clock that was never
 * set says less), which no count of events has ever reached. The methods of
 * {@link SeqGuard} are called by the loop thread; writing is done by a thread of its own.
 */
final class StartFile implements SeqGuard {

    /** How many numbers are reserved at a time. */
    static final int BLOCK = 1000;

    /** The wall clock can't be earlier than this; one that is was not set yet. */
    static final Instant EARLIEST = GatewaySettings.EARLIEST;

    /** Larger numbers can't be true, and the next ones would not fit into JSON readers' numbers, or turn negative. */
    private static final long LARGEST = (1L << 53) - 1;

    private static final String NAME = "start.properties";
    private static final int MOST_BYTES = 4096;
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");
    private static final Logger LOG = LoggerFactory.getLogger(StartFile.class);

    private final Path file;
    private final long boot;
    private final ExecutorService writer = Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task, "start-file");
        thread.setDaemon(true);
        return thread;
    });
    private long ceiling;
    private long triedSeq;
    private final AtomicInteger writing = new AtomicInteger();
    private volatile long taken;
    private volatile boolean failed;

    private StartFile(Path file, long boot, long ceiling, boolean failed) {
        this.file = file;
        this.boot = boot;
        this.ceiling = ceiling;
        this.failed = failed;
    }

    /**
     * A start of the gateway.
     *
     * @param file takes part in numbering from now on
     * @param facts for the core
     */
    record Start(StartFile file, StartFacts facts) {}

    /** What the file says; {@code boot} is 0 if there is none. */
    private record Content(long boot, long next, long ceiling, boolean clean) {

        /** A file that is lost, or older than the events, must not bring numbers back: a block above those is skipped. */
        Content raised(Floor floor) {
            if (floor.seq() <= ceiling) {
                return new Content(Math.max(boot, floor.boot()), Math.max(next, floor.seq() + 1), ceiling, clean);
            }
            return new Content(Math.max(boot, floor.boot()), floor.seq() + 1, floor.seq() + BLOCK, false);
        }
    }

    /**
     * What other records know of numbers in use.
     *
     * @param seq the highest number of an event; 0 if there is none
     * @param boot the start it belongs to; 0 if there is none
     */
    record Floor(long seq, long boot) {

        /** Nothing is known. */
        static final Floor NONE = new Floor(0, 0);
    }

    /**
     * Counts a start and reserves its first numbers; blocks for a disk write.
     *
     * @param folder the state folder; must exist
     * @param floor what is known from elsewhere; the numbers go on above it
     * @param now the wall clock, used only if the file is damaged
     * @param seed random, drawn for this start
     * @throws IOException if the file can't be read or written
     */
    static Start begin(Path folder, Floor floor, Instant now, long seed) throws IOException {
        Path file = folder.resolve(NAME);
        Content last = read(file, now).raised(floor);
        LastStop lastStop = last.clean() ? LastStop.CLEAN : LastStop.UNCLEAN;
        if (last.boot() == 0) {
            lastStop = LastStop.NONE;
        }
        long firstSeq = last.ceiling() + 1;
        long skipped = last.clean() || last.boot() == 0 ? 0 : Math.max(0, firstSeq - last.next());
        long boot = last.boot() + 1;
        StartFile started = new StartFile(file, boot, firstSeq + BLOCK - 1, false);
        // what this start skips stays undeclared until an event of it is kept: it may be cut off before
        started.write(new Content(boot, last.next(), started.ceiling, false));
        return new Start(started, new StartFacts(boot, firstSeq, lastStop, skipped, seed));
    }

    /**
     * A start whose folder can't be written: its numbers come from the wall clock's milliseconds, so that they don't repeat as
     * long as the clock doesn't. They are kept as soon as the folder can be written, which is tried with each event.
     *
     * @param folder the state folder
     * @param floor what is known of numbers in use; those from there on are declared as skipped
     * @param now the wall clock
     * @param seed random, drawn for this start
     */
    static Start unwritten(Path folder, Floor floor, Instant now, long seed) {
        Instant safe = now.isBefore(EARLIEST) ? EARLIEST : now;
        long firstSeq = Math.max(safe.toEpochMilli(), floor.seq() + BLOCK) + 1;
        long boot = Math.max(safe.getEpochSecond(), floor.boot() + 1);
        long skipped = floor.seq() == 0 ? 0 : firstSeq - floor.seq() - 1;
        StartFile file = new StartFile(folder.resolve(NAME), boot, firstSeq + BLOCK - 1, true);
        return new Start(file, new StartFacts(boot, firstSeq, LastStop.UNCLEAN, skipped, seed));
    }

    @Override
    public void used(long nextSeq) {
        boolean enough = ceiling - nextSeq >= BLOCK / 2;
        if (failed ? nextSeq == triedSeq : enough) {
            return;
        }
        triedSeq = nextSeq;
        ceiling = enough ? ceiling : Math.max(ceiling, nextSeq) + BLOCK;
        Content content = new Content(boot, nextSeq, ceiling, false);
        writing.incrementAndGet();
        writer.execute(() -> tryToWrite(content));
    }

    private void tryToWrite(Content content) {
        try {
            write(content);
            if (failed) {
                LOG.info("{} is written again", file);
            }
            failed = false;
        } catch (IOException e) {
            String message = "{} can't be written ({}); if the gateway is cut off now, event numbers may repeat; tried"
                    + " again with the next event";
            LOG.atLevel(failed ? Level.DEBUG : Level.ERROR).log(message, file, e.getMessage());
            failed = true;
        } finally {
            writing.decrementAndGet();
        }
    }

    /** True if it is known on disk that a number is taken: the next start begins above it. For any thread. */
    boolean isTaken(long seq) {
        return seq <= taken;
    }

    /** True while it is being written which numbers are taken; false again if that failed. For any thread. */
    boolean isWriting() {
        return writing.get() > 0;
    }

    /** True if the latest write did not succeed; for tests. */
    boolean failed() {
        return failed;
    }

    @Override
    public void stopped(long nextSeq) {
        writer.shutdown();
        try {
            if (!writer.awaitTermination(5, TimeUnit.SECONDS)) {
                LOG.warn("{} was not written in time; the next start will call this stop unclean", file);
                return;
            }
            write(new Content(boot, nextSeq, nextSeq - 1, true));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            LOG.warn("{} can't be written ({}); the next start will call this stop unclean", file, e.getMessage());
        }
    }

    private static Content read(Path file, Instant now) throws IOException {
        if (!OrdinaryFile.requireIfThere(file)) {
            return new Content(0, 1, 0, true);
        }
        byte[] found = OrdinaryFile.read(file, MOST_BYTES);
        String text = new String(found, StandardCharsets.ISO_8859_1);
        try {
            CheckLine.compare(text);
            Properties properties = new Properties();
            properties.load(new StringReader(text));
            Content content = new Content(
                    number(properties, "boot"),
                    number(properties, "next"),
                    number(properties, "ceiling"),
                    Boolean.parseBoolean(properties.getProperty("clean")));
            if (content.boot() < 1 || content.next() < 1 || content.ceiling() < content.next() - 1) {
                throw new IllegalArgumentException("numbers contradict each other");
            }
            if (content.boot() > LARGEST || content.ceiling() > LARGEST) {
                throw new IllegalArgumentException("numbers are above " + LARGEST);
            }
            return content;
        } catch (IllegalArgumentException e) {
            return damaged(file, found, now, String.valueOf(e.getMessage()));
        }
    }

    /** Keeps what was found aside: without it, a cut before the new file is written would look like a first start. */
    private static Content damaged(Path file, byte[] found, Instant now, String reason) throws IOException {
        Path aside = file.resolveSibling("start.properties.damaged");
        new WholeFile().write(aside, found, WholeFile::toOwnerOfFolder);
        Instant safe = now.isBefore(EARLIEST) ? EARLIEST : now;
        long ceiling = safe.toEpochMilli();
        LOG.error(
                "{} is damaged ({}) and was copied to {}; event numbers go on from {}",
                file,
                reason,
                aside,
                ceiling + 1);
        return new Content(safe.getEpochSecond(), ceiling + 1, ceiling, false);
    }

    private static long number(Properties properties, String key) {
        String value = properties.getProperty(key);
        if (value == null) {
            throw new IllegalArgumentException(key + " is missing");
        }
        return Long.parseLong(value.strip());
    }

    private void write(Content content) throws IOException {
        String text = CheckLine.below("boot=" + content.boot() + "\nnext=" + content.next() + "\nceiling="
                + content.ceiling() + "\nclean=" + content.clean() + "\n");
        Path temporary = file.resolveSibling("start.properties.new");
        OrdinaryFile.clear(temporary);
        try (FileChannel channel = FileChannel.open(
                temporary,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(OWNER_ONLY))) {
            ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        try (FileChannel folder = FileChannel.open(file.toAbsolutePath().getParent(), StandardOpenOption.READ)) {
            folder.force(true);
        }
        taken = content.ceiling();
    }
}
