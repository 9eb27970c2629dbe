package io.github.reedgate.deb;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.commons.compress.archivers.ar.ArArchiveEntry;
import org.apache.commons.compress.archivers.ar.ArArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/**
 * Writes a binary package as {@code deb(5)} describes it: an {@code ar} archive of {@code debian-binary},
 * {@code control.tar.gz} and {@code data.tar.gz}. The same contents and time give the same bytes. For one thread.
 */
final class DebFile {

    private static final int CONTROL_MODE = 0100644;

    private final Contents contents;
    private final Instant time;
    private final SortedMap<String, String> control = new TreeMap<>();

    /** A package of these contents, all of them dated alike. */
    DebFile(Contents contents, Instant time) {
        this.contents = contents;
        this.time = time;
    }

    /** Adds a control file: {@code control}, {@code conffiles}, a maintainer script. */
    void control(String name, String text) {
        control.put(name, text);
    }

    /** Writes the package, in place of what has that name. */
    void write(Path file) throws IOException {
        control("md5sums", md5sums());
        Files.createDirectories(file.toAbsolutePath().getParent());
        try (ArArchiveOutputStream ar = new ArArchiveOutputStream(Files.newOutputStream(file))) {
            member(ar, "debian-binary", "2.0\n".getBytes(US_ASCII));
            member(ar, "control.tar.gz", controlArchive());
            member(ar, "data.tar.gz", dataArchive());
        }
    }

    private void member(ArArchiveOutputStream ar, String name, byte[] bytes) throws IOException {
        ar.putArchiveEntry(new ArArchiveEntry(name, bytes.length, 0, 0, CONTROL_MODE, time.getEpochSecond()));
        ar.write(bytes);
        ar.closeArchiveEntry();
    }

    private byte[] controlArchive() throws IOException {
        Contents files = new Contents();
        for (Map.Entry<String, String> file : control.entrySet()) {
            boolean isScript = file.getValue().startsWith("#!");
            files.file(
                    file.getKey(),
                    isScript ? Contents.PROGRAM : Contents.DATA,
                    file.getValue().getBytes(UTF_8));
        }
        return archive(files);
    }

    private byte[] dataArchive() throws IOException {
        return archive(contents);
    }

    private byte[] archive(Contents files) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream gzip = BestGzip.stream(bytes);
                TarArchiveOutputStream tar = new TarArchiveOutputStream(gzip, UTF_8.name())) {
            // the only long names that dpkg-deb writes itself
            tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_GNU);
            put(tar, new Contents.Item("", Contents.PROGRAM, new byte[0], ""), TarConstants.LF_DIR);
            for (Contents.Item item : files.items()) {
                put(tar, item, type(item));
            }
        }
        return bytes.toByteArray();
    }

    private static byte type(Contents.Item item) {
        if (item.isLink()) {
            return TarConstants.LF_SYMLINK;
        }
        return item.isFolder() ? TarConstants.LF_DIR : TarConstants.LF_NORMAL;
    }

    private void put(TarArchiveOutputStream tar, Contents.Item item, byte type) throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry("./" + item.path(), type);
        entry.setMode(item.mode());
        entry.setIds(0, 0);
        entry.setNames("root", "root");
        entry.setModTime(time.toEpochMilli());
        entry.setSize(item.bytes().length);
        if (item.isLink()) {
            entry.setLinkName(item.target());
        }
        tar.putArchiveEntry(entry);
        tar.write(item.bytes());
        tar.closeArchiveEntry();
    }

    private String md5sums() {
        StringBuilder lines = new StringBuilder();
        for (Contents.Item item : contents.items()) {
            if (!item.isFolder() && !item.isLink()) {
                lines.append(md5(item.bytes())).append("  ").append(item.path()).append('\n');
            }
        }
        return lines.toString();
    }

    private static String md5(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has MD5", e);
        }
    }
}
