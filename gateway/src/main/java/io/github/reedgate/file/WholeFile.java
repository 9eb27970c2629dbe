package io.github.reedgate.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.Set;

/**
 * Replaces a file by a whole one, also as root in a folder of another user, who may exchange any name in it at any moment.
 * So it is written in a room, a new folder that only the user that runs this may enter; the room and the folder are held open,
 * and whatever is done goes by these and not by names that could lead elsewhere. Blocks on the disk; stateless.
 */
public final class WholeFile {

    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");
    private static final Set<PosixFilePermission> ROOM = PosixFilePermissions.fromString("rwx------");
    private static final Set<StandardOpenOption> NEW = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);

    private final Runnable whenTheRoomIsMade;

    /** Writes files. */
    public WholeFile() {
        this(() -> {});
    }

    /** Does something at the moment at which another user could meddle. */
    WholeFile(Runnable whenTheRoomIsMade) {
        this.whenTheRoomIsMade = whenTheRoomIsMade;
    }

    /** Gives what was written, which only its owner may read and write, to those who need it. */
    @FunctionalInterface
    public interface Handover {

        /**
         * Gives it.
         *
         * @param folder the folder that it is going to be in
         * @param file sets owner, group and mode of the file
         */
        void give(PosixFileAttributes folder, PosixFileAttributeView file) throws IOException;
    }

    /** To the folder's owner and group, and to nobody else. */
    public static void toOwnerOfFolder(PosixFileAttributes folder, PosixFileAttributeView file) throws IOException {
        PosixFileAttributes there = file.readAttributes();
        UserPrincipal owner = folder.owner();
        GroupPrincipal group = folder.group();
        if (!there.group().equals(group)) {
            file.setGroup(group);
        }
        if (!there.owner().equals(owner)) {
            file.setOwner(owner);
        }
    }

    /**
     * Writes a file and forces it to the disk, whatever the umask is.
     *
     * @param target the file; a link in its place is replaced, not followed
     * @param content all of it
     * @param handover whom it is given to
     * @throws IOException if it can't be written or given away, or somebody meddled; what was there before is there still
     */
    public void write(Path target, byte[] content, Handover handover) throws IOException {
        Path folder = target.toAbsolutePath().getParent();
        Path name = target.getFileName();
        if (folder == null || name == null) {
            throw new IOException(target + " is no file's name");
        }
        try (SecureDirectoryStream<Path> into = open(folder)) {
            Path room = Files.createTempDirectory(folder, ".new-", PosixFilePermissions.asFileAttribute(ROOM))
                    .getFileName();
            try {
                whenTheRoomIsMade.run();
                writeInRoom(into, room, name, content, handover);
            } finally {
                leave(into, room);
            }
        }
        try (FileChannel names = FileChannel.open(folder, StandardOpenOption.READ)) {
            names.force(true);
        }
    }

    private static void writeInRoom(
            SecureDirectoryStream<Path> into, Path room, Path name, byte[] content, Handover handover)
            throws IOException {
        try (SecureDirectoryStream<Path> inside = secure(into.newDirectoryStream(room, LinkOption.NOFOLLOW_LINKS))) {
            PosixFileAttributes own = attributes(inside);
            if (!own.owner().equals(Owner.ofThisProcess()) || !own.permissions().equals(ROOM)) {
                throw new IOException("somebody exchanges files in the folder of " + name + " while it is written");
            }
            boolean done = false;
            try (SeekableByteChannel channel =
                    inside.newByteChannel(name, NEW, PosixFilePermissions.asFileAttribute(OWNER_ONLY))) {
                ByteBuffer bytes = ByteBuffer.wrap(content);
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                if (channel instanceof FileChannel file) {
                    file.force(true);
                }
                handover.give(
                        attributes(into),
                        inside.getFileAttributeView(name, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS));
                inside.move(name, into, name);
                done = true;
            } finally {
                if (!done) {
                    remove(inside, name);
                }
            }
        }
    }

    /** The attributes of an open folder itself. */
    static PosixFileAttributes attributes(SecureDirectoryStream<Path> folder) throws IOException {
        return folder.getFileAttributeView(PosixFileAttributeView.class).readAttributes();
    }

    /** Holds a folder open; a link is followed. */
    @SuppressWarnings("StreamResourceLeak") // whoever calls this closes it
    static SecureDirectoryStream<Path> open(Path folder) throws IOException {
        return secure(Files.newDirectoryStream(folder));
    }

    /** A folder that is held open and asked for what is in it. */
    static SecureDirectoryStream<Path> secure(DirectoryStream<Path> opened) throws IOException {
        if (opened instanceof SecureDirectoryStream<Path> secure) {
            return secure;
        }
        opened.close();
        throw new IOException("this system can't hold a folder open while a file is written in it");
    }

    private static void remove(SecureDirectoryStream<Path> inside, Path name) throws IOException {
        try {
            inside.deleteFile(name);
        } catch (NoSuchFileException e) {
            return; // it was not even begun
        }
    }

    /** An empty folder is all that can be left of a room that was moved away. */
    private static void leave(SecureDirectoryStream<Path> into, Path room) {
        try {
            into.deleteDirectory(room);
        } catch (IOException e) {
            return;
        }
    }
}
