package io.github.reedgate.file;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;

/** Reads small files whole. A pipe would block and a device may never end: what is no ordinary file is refused. Stateless. */
public final class OrdinaryFile {

    private static final Path PIPES_OF_SHELLS = Path.of("/dev/fd");
    private static final String TO_NOTHING = "is a link to nothing";
    private static final Path STANDARD_INPUT = Path.of("/dev/stdin");

    private OrdinaryFile() {}

    /**
     * Reads all of it; blocks for the disk only. A link is followed.
     *
     * @param file the file
     * @param mostBytes longest content taken
     * @throws FileSystemException with the reason if it is no ordinary file or longer; or if it can't be read
     * @throws IOException if reading fails
     */
    public static byte[] read(Path file, int mostBytes) throws IOException {
        return whole(file, mostBytes, head(file, mostBytes + 1));
    }

    /**
     * Reads the beginning; blocks for the disk only. A link is followed.
     *
     * @param file the file
     * @param mostBytes how much of it
     * @return less if the file is shorter
     * @throws NotOrdinaryException if it is no ordinary file, or becomes another one while it is opened
     * @throws IOException if it can't be read
     */
    public static byte[] head(Path file, int mostBytes) throws IOException {
        return head(file, mostBytes, TimedReading.LIMIT, () -> {});
    }

    /** The same with another limit, and with something done at the moment at which another user could meddle. */
    static byte[] head(Path file, int mostBytes, Duration limit, Runnable beforeItIsOpened) throws IOException {
        require(file);
        beforeItIsOpened.run();
        return TimedReading.of(file, limit, () -> headOfAny(file, mostBytes));
    }

    /**
     * Reads what the person at the command line names: also the standard input, and what a shell puts in the place of a file
     * ({@code <(command)}), which block until their writer ends.
     *
     * @param file the file
     * @param mostBytes longest content taken
     * @throws FileSystemException with the reason if it is no ordinary file or longer; or if it can't be read
     * @throws IOException if reading fails
     */
    public static byte[] readNamed(Path file, int mostBytes) throws IOException {
        return whole(file, mostBytes, headNamed(file, mostBytes + 1));
    }

    /**
     * Reads the beginning of what {@link #readNamed} reads.
     *
     * @param file the file
     * @param mostBytes how much of it
     * @return less if the file is shorter
     * @throws FileSystemException with the reason if it is no ordinary file; or if it can't be read
     * @throws IOException if reading fails
     */
    public static byte[] headNamed(Path file, int mostBytes) throws IOException {
        return isOfShell(file) ? headOfAny(file, mostBytes) : head(file, mostBytes);
    }

    private static boolean isOfShell(Path file) {
        return file.equals(STANDARD_INPUT) || PIPES_OF_SHELLS.equals(file.getParent());
    }

    /**
     * Refuses what is there but no ordinary file.
     *
     * @throws FileSystemException with the reason; or if the file is not there or may not be looked at
     * @throws IOException if looking fails
     */
    public static void require(Path file) throws IOException {
        BasicFileAttributes attributes = attributes(file, BasicFileAttributes.class);
        if (!attributes.isRegularFile()) {
            throw new NotOrdinaryException(
                    file, attributes.isDirectory() ? "is a folder" : "is a pipe, socket or device");
        }
    }

    /**
     * Refuses what is there but no ordinary file, and a link that leads to nothing: whoever made a new file would make it where
     * the link leads.
     *
     * @return true if an ordinary file is there, false if nothing is
     * @throws NotOrdinaryException if something else is there
     * @throws IOException if looking fails
     */
    public static boolean requireIfThere(Path file) throws IOException {
        try {
            require(file);
            return true;
        } catch (NoSuchFileException e) {
            if (Files.isSymbolicLink(file)) {
                throw new NotOrdinaryException(file, TO_NOTHING);
            }
            return false;
        }
    }

    /**
     * What is known of a file; a link is followed. Unlike the library of newer Java versions it distinguishes a path that leads
     * through a file from one at which nothing is.
     *
     * @throws NoSuchFileException if nothing is there
     * @throws NotOrdinaryException if a folder on the way is none
     * @throws FileSystemException if the file may not be looked at
     * @throws IOException if looking fails
     */
    public static <A extends BasicFileAttributes> A attributes(Path file, Class<A> kind) throws IOException {
        try {
            return Files.readAttributes(file, kind);
        } catch (AccessDeniedException e) {
            throw e;
        } catch (FileSystemException e) {
            if (Files.isSymbolicLink(file) && !(e instanceof NoSuchFileException)) {
                throw new NotOrdinaryException(file, TO_NOTHING);
            }
            for (Path above = file.getParent(); above != null; above = above.getParent()) {
                if (Files.exists(above) && !Files.isDirectory(above)) {
                    throw new NotOrdinaryException(file, "Not a directory");
                }
            }
            throw e;
        }
    }

    /**
     * Removes what lies where a new file is going to be made, a link or a pipe, too; a folder stays.
     *
     * @throws IOException if it can't be removed
     */
    public static void clear(Path file) throws IOException {
        if (!Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
            Files.deleteIfExists(file);
        }
    }

    private static byte[] headOfAny(Path file, int mostBytes) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(mostBytes);
        }
    }

    private static byte[] whole(Path file, int mostBytes, byte[] content) throws FileSystemException {
        if (content.length > mostBytes) {
            throw new FileSystemException(file.toString(), null, "is longer than " + mostBytes + " bytes");
        }
        return content;
    }
}
