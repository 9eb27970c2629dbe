package io.github.reedgate.setup;

import io.github.reedgate.file.FileReason;
import io.github.reedgate.file.NewFolder;
import io.github.reedgate.file.OrdinaryFile;
import io.github.reedgate.file.WholeFile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipalNotFoundException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Writes what was asked for: the configuration and beside it, each in a file of its own, the password and the certificate
 * authority. A file is whole or not there; none is ever readable by everybody, not even for a moment, but the authority,
 * which is no secret. Blocks on the disk; not for use by several threads.
 */
public final class SetupFiles {

    /** The group of the gateway's user, which may read the files. */
    public static final String GROUP = "reedgate";

    private static final String EXAMPLE = "reedgate.example.yaml";
    private static final int MOST_AUTHORITY_BYTES = 1 << 20;
    private static final int MOST_CONFIGURATION_BYTES = 256 * 1024;
    private static final Set<PosixFilePermission> GROUP_READS = PosixFilePermissions.fromString("rw-r-----");
    private static final Set<PosixFilePermission> ALL_READ = PosixFilePermissions.fromString("rw-r--r--");
    private static final Set<PosixFilePermission> FOLDER = PosixFilePermissions.fromString("rwxr-x---");
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final Path file;
    private final String group;
    private final Clock clock;

    /**
     * For one configuration.
     *
     * @param file where it is going to be; its folder is made if it is not there
     * @param group the group that may read it; passed over if there is none of that name
     * @param clock names what was there before
     */
    public SetupFiles(Path file, String group, Clock clock) {
        this.file = file;
        this.group = group;
        this.clock = clock;
    }

    /** True if there is a configuration already. */
    public boolean exists() {
        return Files.exists(file);
    }

    /** True if what is there is the example that the Debian package puts in that place, unchanged: nobody would miss it. */
    public boolean isExample() {
        try (InputStream example = SetupFiles.class.getResourceAsStream(EXAMPLE)) {
            return example != null
                    && exists()
                    && Arrays.equals(example.readAllBytes(), OrdinaryFile.read(file, MOST_CONFIGURATION_BYTES));
        } catch (IOException e) {
            return false; // what can't be read may be anything
        }
    }

    /**
     * The configuration that is there.
     *
     * @throws SetupException if it can't be read
     */
    public String text() throws SetupException {
        try {
            return new String(OrdinaryFile.read(file, MOST_CONFIGURATION_BYTES), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new SetupException(file + " can't be read: " + FileReason.of(e), e);
        }
    }

    /** True if there is a password that stays unless another one is given. */
    public boolean hasPassword() {
        return Files.exists(file.resolveSibling(Plan.PASSWORD_FILE));
    }

    /** True if there is a certificate authority that stays unless another one is given. */
    public boolean hasCa() {
        return Files.exists(file.resolveSibling(Plan.CA_FILE));
    }

    /**
     * Writes the files; a configuration that was there keeps its content under another name, unless it was the example.
     *
     * @param plan what to write
     * @param answers hold the password and say where the certificate authority is now
     * @return where the former configuration is now, if there was one
     * @throws SetupException if something can't be written or the authority's file holds no certificate
     */
    public Optional<Path> write(Plan plan, Answers answers) throws SetupException {
        Optional<byte[]> authority = authority(answers);
        Path folder = file.toAbsolutePath().getParent();
        try {
            Path credentials = file.toAbsolutePath().resolveSibling(Plan.CREDENTIALS);
            boolean needsCredentials =
                    plan.broker().hasPassword() || plan.broker().hasCa();
            if (folder != null) {
                NewFolder.make(folder, this::forTheGroup);
            }
            if (needsCredentials) {
                NewFolder.make(credentials, this::forTheGroup);
            }
            Optional<String> password = answers.password().filter(given -> !given.isEmpty());
            if (plan.broker().hasPassword() && password.isPresent()) {
                replace(
                        file.resolveSibling(Plan.PASSWORD_FILE),
                        (password.get() + "\n").getBytes(StandardCharsets.UTF_8),
                        GROUP_READS);
            }
            if (authority.isPresent()) {
                replace(file.resolveSibling(Plan.CA_FILE), authority.get(), ALL_READ);
            }
            Optional<Path> before = keep();
            replace(file, PlanText.of(plan).getBytes(StandardCharsets.UTF_8), GROUP_READS);
            return before;
        } catch (IOException e) {
            throw new SetupException(
                    file + " or what belongs to it can't be written (" + FileReason.of(e)
                            + "); run it as root (sudo), or name another file with --config",
                    e);
        }
    }

    /** The certificates of the authority's file, or nothing if there is no such file. */
    private static Optional<byte[]> authority(Answers answers) throws SetupException {
        Optional<Path> source = answers.ca().filter(path -> !path.toString().isEmpty());
        if (source.isEmpty()) {
            return Optional.empty();
        }
        try {
            byte[] content = OrdinaryFile.readNamed(source.get(), MOST_AUTHORITY_BYTES);
            if (CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(content))
                    .isEmpty()) {
                throw new SetupException(
                        source.get() + " holds no certificate; expected PEM, with -----BEGIN CERTIFICATE-----");
            }
            return Optional.of(content);
        } catch (IOException e) {
            throw new SetupException(
                    "the certificate authority's file " + source.get() + " can't be read: " + FileReason.of(e), e);
        } catch (CertificateException | RuntimeException e) {
            throw new SetupException(
                    source.get() + " holds no certificate (" + e.getMessage()
                            + "); expected PEM, with -----BEGIN CERTIFICATE-----",
                    e);
        }
    }

    /**
     * Writes one file whole, with the folder that it is in. A file that is there keeps its owner, group and mode.
     *
     * @param target the file, in the folder of the configuration or below it
     * @param content all of it
     * @param isSecret true if only the owner and the group may read it
     * @throws IOException if it can't be written; what was there is there still
     */
    public void put(Path target, byte[] content, boolean isSecret) throws IOException {
        Path folder = target.toAbsolutePath().getParent();
        if (folder != null) {
            NewFolder.make(folder, this::forTheGroup);
        }
        if (Files.exists(target)) {
            writeLike(target, target, content);
        } else {
            replace(target, content, isSecret ? GROUP_READS : ALL_READ);
        }
    }

    /**
     * Copies a file whole, with its owner, group and mode.
     *
     * @throws IOException if it can't be copied; there is no part of a copy then
     */
    public void copy(Path source, Path target) throws IOException {
        writeLike(source, target, OrdinaryFile.read(source, MOST_CONFIGURATION_BYTES));
    }

    /** Writes a file that has the owner, group and mode of a present one from its first moment on. */
    private static void writeLike(Path like, Path target, byte[] content) throws IOException {
        PosixFileAttributes wanted = Files.readAttributes(like, PosixFileAttributes.class);
        new WholeFile().write(target, content, (folder, written) -> {
            PosixFileAttributes made = written.readAttributes();
            if (!made.group().equals(wanted.group())) {
                written.setGroup(wanted.group());
            }
            if (!made.owner().equals(wanted.owner())) {
                written.setOwner(wanted.owner());
            }
            written.setPermissions(wanted.permissions());
        });
    }

    private Optional<Path> keep() throws IOException {
        if (!exists() || isExample()) {
            return Optional.empty();
        }
        Path before = file.resolveSibling(file.getFileName() + ".before-" + STAMP.format(clock.instant()));
        try {
            OrdinaryFile.require(file);
            Files.copy(file, before, StandardCopyOption.COPY_ATTRIBUTES);
        } catch (FileAlreadyExistsException e) {
            throw new IOException(before + " is there already; wait a second and try again", e);
        }
        return Optional.of(before);
    }

    /** Writes a file that is the old one or the new one, whatever happens, and never more open than it ends. */
    private void replace(Path target, byte[] content, Set<PosixFilePermission> permissions) throws IOException {
        new WholeFile().write(target, content, (folder, written) -> {
            if (giveToGroup(written) || permissions.equals(ALL_READ)) {
                written.setPermissions(permissions);
            }
        });
    }

    /** A folder that the group may look into, whatever the umask is. */
    private void forTheGroup(PosixFileAttributes parent, PosixFileAttributeView made) throws IOException {
        giveToGroup(made);
        made.setPermissions(FOLDER);
    }

    /** False if there is no such group or it may not be given to it; the owner alone reads it then. */
    private boolean giveToGroup(PosixFileAttributeView written) {
        try {
            GroupPrincipal found =
                    file.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByGroupName(group);
            written.setGroup(found);
            return true;
        } catch (UserPrincipalNotFoundException e) {
            return false; // not installed as a package
        } catch (IOException | UnsupportedOperationException e) {
            return false; // neither root nor in that group
        }
    }
}
