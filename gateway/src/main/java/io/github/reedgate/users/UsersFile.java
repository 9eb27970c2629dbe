package io.github.reedgate.users;

import io.github.reedgate.file.FileReason;
import io.github.reedgate.file.NotOrdinaryException;
import io.github.reedgate.file.OrdinaryFile;
import io.github.reedgate.file.SudoHint;
import io.github.reedgate.file.WholeFile;
import io.github.reedgate.text.FileText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * The file {@code users.yaml} in the state folder. Only its owner may read it, or it isn't read. It is written whole under
 * another name, forced to disk and renamed, and belongs to whom the folder belongs to. Blocks for the disk; stateless.
 */
public final class UsersFile {

    private static final String NAME = "users.yaml";
    private static final int MOST_BYTES = 64 * 1024;
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");

    private final Path folder;

    /** The file in a state folder, whether it is there or not. */
    public UsersFile(Path folder) {
        this.folder = folder;
    }

    /** Where it is. */
    public Path path() {
        return folder.resolve(NAME);
    }

    /**
     * Reads it; nobody if it is not there.
     *
     * @throws UsersException if it can't be read, others may read it, or something in it is wrong
     */
    public Users read() throws UsersException {
        Path file = path();
        try {
            PosixFileAttributes attributes = OrdinaryFile.attributes(file, PosixFileAttributes.class);
            if (!attributes.isRegularFile()) {
                throw new UsersException(file + " is not an ordinary file; move it away");
            }
            if (!OWNER_ONLY.containsAll(attributes.permissions())) {
                throw new UsersException(file + " may be read or changed by others (mode "
                        + PosixFilePermissions.toString(attributes.permissions()) + "); run: chmod 600 " + file);
            }
            byte[] content = OrdinaryFile.head(file, MOST_BYTES + 1);
            if (content.length > MOST_BYTES) {
                throw new UsersException(file + " is longer than " + MOST_BYTES + " bytes: this is no users file");
            }
            return UsersYaml.read(decode(file, content));
        } catch (NoSuchFileException e) {
            if (Files.isSymbolicLink(file)) {
                throw new UsersException(file + " is a link to nothing; remove it or make what it leads to", e);
            }
            return Users.none();
        } catch (NotOrdinaryException e) {
            throw new UsersException(e.getMessage() + "; move it away", e);
        } catch (AccessDeniedException e) {
            throw new UsersException(
                    file + " may not be read by user " + System.getProperty("user.name")
                            + "; run as root or as the gateway's user" + SudoHint.text(),
                    e);
        } catch (IOException e) {
            throw new UsersException(file + " can't be read: " + FileReason.of(e), e);
        } catch (IllegalArgumentException e) {
            throw new UsersException(file + ": " + e.getMessage(), e);
        }
    }

    private static String decode(Path file, byte[] content) throws UsersException {
        try {
            return FileText.decode(content);
        } catch (IOException e) {
            throw new UsersException(file + " " + e.getMessage(), e);
        }
    }

    /**
     * Replaces it.
     *
     * @throws UsersException if it can't be written
     */
    public void write(Users users) throws UsersException {
        Path file = path();
        try {
            new WholeFile()
                    .write(file, UsersYaml.write(users).getBytes(StandardCharsets.UTF_8), WholeFile::toOwnerOfFolder);
        } catch (NoSuchFileException e) {
            throw new UsersException(folder + " does not exist; start the gateway once, or make it", e);
        } catch (AccessDeniedException e) {
            throw new UsersException(
                    folder + " may not be written; run as root or as the gateway's user" + SudoHint.text(), e);
        } catch (IOException e) {
            throw new UsersException(file + " can't be written: " + FileReason.of(e), e);
        }
    }
}
