package io.github.reedgate.deb;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;

/** The package that the build has made, read byte by byte, by nothing that has written it. Immutable. */
final class BuiltPackage {

    private static final int BLOCK = 512;
    private static final int AR_HEADER = 60;

    private final Path file;
    private final Map<String, byte[]> members = new LinkedHashMap<>();

    /** An entry of one of the archives; {@code mode} holds permission bits only, {@code type} is tar's letter. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Entry(String path, int mode, String owner, long timeSeconds, char type, String target, byte[] bytes) {

        String text() {
            return new String(bytes, UTF_8);
        }

        /** The text of a compressed file. */
        String unpacked() throws IOException {
            return new String(gunzip(bytes), UTF_8);
        }
    }

    private BuiltPackage(Path file) throws IOException {
        this.file = file;
        byte[] all = Files.readAllBytes(file);
        if (!text(all, 0, 8).equals("!<arch>\n")) {
            throw new IOException(file + " is no ar archive");
        }
        int at = 8;
        while (at < all.length) {
            int size = Integer.parseInt(text(all, at + 48, 10).strip());
            int from = at + AR_HEADER;
            members.put(text(all, at, 16).strip(), Arrays.copyOfRange(all, from, from + size));
            at = from + size + size % 2;
        }
    }

    /**
     * Reads the only package of this name in the folder that the build names.
     *
     * @param name the package's name
     */
    static BuiltPackage read(String name) throws IOException {
        Path folder = Path.of(System.getProperty("reedgate.debs", "target"));
        List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, name + "_*.deb")) {
            files.forEach(found::add);
        }
        if (found.size() != 1) {
            throw new IOException("one package " + name + " expected in " + folder + ", found " + found);
        }
        return new BuiltPackage(found.get(0));
    }

    Path file() {
        return file;
    }

    List<String> memberNames() {
        return List.copyOf(members.keySet());
    }

    byte[] member(String name) {
        byte[] bytes = members.get(name);
        if (bytes == null) {
            throw new IllegalArgumentException("no " + name + " in " + file);
        }
        return bytes;
    }

    /** The control files by name. */
    Map<String, Entry> control() throws IOException {
        return tar(gunzip(member("control.tar.gz")));
    }

    /** What is installed, by its path without a leading slash. */
    Map<String, Entry> data() throws IOException {
        return tar(gunzip(member("data.tar.gz")));
    }

    /** A field of the control file. */
    String field(String name) throws IOException {
        return control().values().stream()
                .filter(entry -> entry.path().equals("control"))
                .flatMap(entry -> entry.text().lines())
                .filter(line -> line.startsWith(name + ": "))
                .map(line -> line.substring(name.length() + 2))
                .findFirst()
                .orElseThrow(() -> new IOException("no field " + name));
    }

    private static Map<String, Entry> tar(byte[] tar) throws IOException {
        Map<String, Entry> entries = new LinkedHashMap<>();
        int at = 0;
        String longName = "";
        while (tar[at] != 0) {
            int size = (int) octal(tar, at + 124, 12);
            int next = at + BLOCK + (size + BLOCK - 1) / BLOCK * BLOCK;
            if (tar[at + 156] == 'L') {
                longName = text(tar, at + BLOCK, size);
                at = next;
                continue;
            }
            String path = longName.isEmpty() ? text(tar, at, 100) : longName;
            longName = "";
            if (!path.startsWith("./")) {
                throw new IOException(path + " does not begin with ./");
            }
            Entry entry = new Entry(
                    path.substring(2),
                    (int) octal(tar, at + 100, 8),
                    octal(tar, at + 108, 8) + ":" + octal(tar, at + 116, 8) + " " + text(tar, at + 265, 32) + ":"
                            + text(tar, at + 297, 32),
                    octal(tar, at + 136, 12),
                    (char) tar[at + 156],
                    text(tar, at + 157, 100),
                    Arrays.copyOfRange(tar, at + BLOCK, at + BLOCK + size));
            if (entries.put(entry.path(), entry) != null) {
                throw new IOException(path + " is there twice");
            }
            at = next;
        }
        return entries;
    }

    private static long octal(byte[] bytes, int from, int length) {
        return Long.parseLong(text(bytes, from, length).strip(), 8);
    }

    /** The text of a field, up to its first NUL. */
    private static String text(byte[] bytes, int from, int length) {
        String field = new String(bytes, from, length, US_ASCII);
        int end = field.indexOf('\0');
        return end < 0 ? field : field.substring(0, end);
    }

    private static byte[] gunzip(byte[] bytes) throws IOException {
        try (GZIPInputStream gzip = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
            return gzip.readAllBytes();
        }
    }
}
