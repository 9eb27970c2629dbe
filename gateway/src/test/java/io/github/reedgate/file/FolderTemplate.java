package io.github.reedgate.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The files of a folder that is made once and then copied for each test. To copy a store is much faster than to make one.
 * Thread-safe.
 */
public final class FolderTemplate {

    private final Maker maker;
    private List<Content> files = List.of();

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Content(String name, byte[] bytes, Set<PosixFilePermission> permissions) {}

    /** Makes files in an empty folder. */
    @FunctionalInterface
    public interface Maker {
        /** Makes them, and closes what it has opened. */
        void make(Path folder) throws Exception;
    }

    /** Makes nothing before the first copy. */
    public FolderTemplate(Maker maker) {
        this.maker = maker;
    }

    /** Copies the files, with their permissions, to a folder that is there. */
    public void copyTo(Path folder) throws Exception {
        for (Content file : made()) {
            Path copy = Files.write(folder.resolve(file.name), file.bytes);
            Files.setPosixFilePermissions(copy, file.permissions);
        }
    }

    private synchronized List<Content> made() throws Exception {
        if (files.isEmpty()) {
            Path folder = Files.createTempDirectory("template");
            try {
                maker.make(folder);
                files = read(folder);
            } finally {
                remove(folder);
            }
        }
        return files;
    }

    private static List<Content> read(Path folder) throws IOException {
        List<Content> read = new ArrayList<>();
        try (Stream<Path> paths = Files.list(folder)) {
            for (Path file : paths.toList()) {
                read.add(new Content(
                        file.getFileName().toString(), Files.readAllBytes(file), Files.getPosixFilePermissions(file)));
            }
        }
        return read;
    }

    private static void remove(Path folder) throws IOException {
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
