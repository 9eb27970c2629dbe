package io.github.reedgate.store;

import io.github.reedgate.file.NotOrdinaryException;
import io.github.reedgate.file.OrdinaryFile;
import io.github.reedgate.file.Owner;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The database file and its companions {@code -wal} and {@code -shm}, seen from outside of SQLite. Immutable. */
final class StoreFile {

    /** The file's name in the state folder. */
    static final String NAME = "reedgate.db";

    /** The layout this version writes. */
    static final int VERSION = 4;

    /** "Reed" in ASCII: whose file it is. */
    static final int APPLICATION = 0x52656564;

    /** Bytes of a page; what a file system writes at least. */
    static final int PAGE = 4096;

    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");
    private static final int HEADER = 100;
    private static final int DAMAGED_KEPT = 3;
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final Logger LOG = LoggerFactory.getLogger(StoreFile.class);

    private final Path folder;
    private final StoreFormat format;

    StoreFile(Path folder, StoreFormat format) {
        this.folder = folder.toAbsolutePath();
        this.format = format;
    }

    StoreFormat format() {
        return format;
    }

    Path folder() {
        return folder;
    }

    Path path() {
        return folder.resolve(format.fileName());
    }

    /**
     * Sees to it that only the owner may read and write what is there: a former version left that to the umask.
     *
     * @throws IOException if root does this in a folder of another user who has no store: the new one would be root's
     */
    void keepFromOthers() throws IOException {
        if (Owner.isRootsHost(folder)) {
            if (!Files.isRegularFile(path(), LinkOption.NOFOLLOW_LINKS)) {
                throw new IOException("it belongs to user " + Owner.name(folder) + " and holds no store");
            }
            return;
        }
        for (String ending : SqliteFile.ENDINGS) {
            Path file = folder.resolve(format.fileName() + ending);
            if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                    && !OWNER_ONLY.containsAll(Files.getPosixFilePermissions(file))) {
                restrict(file);
            }
        }
    }

    private static void restrict(Path file) {
        try {
            Files.setPosixFilePermissions(file, OWNER_ONLY);
        } catch (IOException e) {
            LOG.warn("{} may be read by others, and that can't be changed: {}", file, e.toString());
        }
    }

    /** Makes an empty one for SQLite if there is none; SQLite itself would leave to the umask who may read it. */
    void make() throws IOException {
        if (Files.notExists(path(), LinkOption.NOFOLLOW_LINKS)) {
            Files.createFile(path(), PosixFilePermissions.asFileAttribute(OWNER_ONLY));
        }
    }

    /** True if the last run did not close it: something is in the write-ahead log. */
    boolean wasCutOff() {
        return size(folder.resolve(format.fileName() + "-wal")) > 0;
    }

    long bytes() {
        return size(path());
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            return 0;
        }
    }

    /** Why a file is not used. */
    enum Unfit {
        /** It is not what we wrote. */
        DAMAGED("damaged"),
        /** A later version wrote it. */
        NEWER("newer");

        private final String word;

        Unfit(String word) {
            this.word = word;
        }
    }

    /**
     * What is wrong with the first bytes of the file, which SQLite would not say or not say plainly. Empty if nothing is, or
     * if there is no file yet.
     *
     * @throws NotOrdinaryException if SQLite must not open it, or one beside it
     * @throws IOException if it can't be read
     */
    Optional<Unfit> faultOfHeader() throws IOException {
        if (SqliteFile.isNoStore(path())) {
            return Optional.of(Unfit.DAMAGED);
        }
        SqliteFile.require(path());
        if (bytes() == 0) {
            return wasCutOff() ? Optional.of(Unfit.DAMAGED) : Optional.empty();
        }
        ByteBuffer header = ByteBuffer.wrap(OrdinaryFile.head(path(), HEADER));
        if (header.remaining() < HEADER || !isSane(header)) {
            return Optional.of(Unfit.DAMAGED);
        }
        return ofIdentity(header.getInt(68), header.getInt(60));
    }

    private static boolean isSane(ByteBuffer header) {
        byte[] start = new byte[16];
        header.get(0, start);
        String magic = new String(start, StandardCharsets.US_ASCII);
        boolean fractions = header.get(21) == 64 && header.get(22) == 32 && header.get(23) == 32;
        boolean modes = isMode(header.get(18)) && isMode(header.get(19));
        int encoding = header.getInt(56);
        return magic.equals("SQLite format 3\0")
                && header.getShort(16) == PAGE
                && modes
                && header.get(20) == 0
                && fractions
                && (encoding == 0 || encoding == 1);
    }

    /** 1 is a rollback journal, which a file has for a moment when it is made; 2 is a write-ahead log. */
    private static boolean isMode(byte mode) {
        return mode == 1 || mode == 2;
    }

    /** What is wrong with the numbers that tell whose file it is and how it is laid out; both are 0 in a new one. */
    Optional<Unfit> ofIdentity(int application, int version) {
        boolean isOurs = application == format.application();
        if ((application == 0 && version == 0) || (isOurs && version >= 1 && version <= format.version())) {
            return Optional.empty();
        }
        return Optional.of(isOurs && version > format.version() ? Unfit.NEWER : Unfit.DAMAGED);
    }

    /**
     * Renames the file and its companions, so that a new one can be made; removes the oldest damaged ones, so that a bad disk
     * is not filled with them.
     *
     * @return the new name of the file
     * @throws IOException if it can't be renamed
     */
    Path moveAside(Unfit why) throws IOException {
        if (Owner.isRootsHost(folder)) {
            throw new IOException(path() + " is " + why.word + " and belongs to user " + Owner.name(folder)
                    + ", whose gateway moves it aside at its next start: a new one would be root's");
        }
        String name = format.fileName() + "." + why.word + "-" + TIME.format(Instant.now());
        Path target = folder.resolve(name);
        for (int more = 2; exists(target); more++) {
            target = folder.resolve(name + "-" + more);
        }
        for (String ending : SqliteFile.ENDINGS) {
            Path file = folder.resolve(format.fileName() + ending);
            if (SqliteFile.isThere(file)) {
                Files.move(file, folder.resolve(target.getFileName() + ending));
            }
        }
        force();
        removeOldest();
        return target;
    }

    private boolean exists(Path target) {
        return SqliteFile.ENDINGS.stream().anyMatch(ending -> SqliteFile.isThere(SqliteFile.beside(target, ending)));
    }

    /** Forces renamed and new names to disk. */
    private void force() throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private void removeOldest() throws IOException {
        List<Path> damaged = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, format.fileName() + ".damaged-*Z*")) {
            for (Path file : files) {
                String name = file.getFileName().toString();
                if (SqliteFile.ENDINGS.stream().skip(1).noneMatch(name::endsWith)) {
                    damaged.add(file);
                }
            }
        }
        damaged.sort(Comparator.comparing(Path::toString));
        for (Path file : damaged.subList(0, Math.max(0, damaged.size() - DAMAGED_KEPT))) {
            LOG.warn("{} is removed, as {} younger damaged ones are kept", file, DAMAGED_KEPT);
            for (String ending : SqliteFile.ENDINGS) {
                Files.deleteIfExists(folder.resolve(file.getFileName() + ending));
            }
        }
    }
}
