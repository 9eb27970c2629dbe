package io.github.reedgate.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Makes folders with the mode that they are to have, whatever the umask is. Blocks on the disk; stateless. */
public final class NewFolder {

    /** Nobody but the owner. */
    public static final Set<PosixFilePermission> PRIVATE = PosixFilePermissions.fromString("rwx------");

    private static final Set<PosixFilePermission> USUAL = PosixFilePermissions.fromString("rwxr-xr-x");

    private NewFolder() {}

    /**
     * Makes a folder that is not there, with the folders above it.
     *
     * @param path the folder
     * @param handover whom it is given to; called if it was made here
     * @throws IOException if it can't be made or given away
     */
    public static void make(Path path, WholeFile.Handover handover) throws IOException {
        Path whole = path.toAbsolutePath();
        Path above = whole.getParent();
        if (above == null || Files.isDirectory(whole)) {
            return;
        }
        Files.createDirectories(above, PosixFilePermissions.asFileAttribute(USUAL));
        try (SecureDirectoryStream<Path> parent = WholeFile.open(above)) {
            Files.createDirectory(whole, PosixFilePermissions.asFileAttribute(PRIVATE));
            try (SecureDirectoryStream<Path> made =
                    WholeFile.secure(parent.newDirectoryStream(whole.getFileName(), LinkOption.NOFOLLOW_LINKS))) {
                PosixFileAttributes own = WholeFile.attributes(made);
                if (!own.owner().equals(Owner.ofThisProcess())) {
                    throw new IOException("somebody has exchanged " + path + " while it was made");
                }
                handover.give(WholeFile.attributes(parent), made.getFileAttributeView(PosixFileAttributeView.class));
            }
        }
    }

    /** The same for its maker alone. */
    public static void make(Path path) throws IOException {
        make(path, (parent, made) -> made.setPermissions(PRIVATE));
    }
}
