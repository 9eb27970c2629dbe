package io.github.reedgate.deb;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What a package installs, in the order of the paths, so that the order of a folder on the building machine does not matter.
 * Everything belongs to root. For one thread.
 */
final class Contents {

    static final int DATA = 0644;
    static final int PROGRAM = 0755;

    private final SortedMap<String, Item> items = new TreeMap<>();

    /**
     * One thing that is installed.
     *
     * @param path where, without a leading slash; a folder's ends with one
     * @param mode its permission bits
     * @param bytes what a file holds; empty for a folder and a link
     * @param target where a symbolic link leads; empty if it is none
     */
    @SuppressWarnings("ArrayRecordComponent") // made and read here only, never compared
    record Item(String path, int mode, byte[] bytes, String target) {

        boolean isFolder() {
            return path.endsWith("/");
        }

        boolean isLink() {
            return !target.isEmpty();
        }
    }

    /** A folder and those above it. */
    void folder(String path) {
        for (int slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
            String folder = path.substring(0, slash + 1);
            items.putIfAbsent(folder, new Item(folder, PROGRAM, new byte[0], ""));
        }
    }

    /** A file and the folders above it. */
    void file(String path, int mode, byte[] bytes) {
        add(new Item(path, mode, bytes, ""));
    }

    /** A copy of a file. */
    void copy(Path source, String path, int mode) throws IOException {
        file(path, mode, Files.readAllBytes(source));
    }

    /**
     * Copies of all files right inside a folder.
     *
     * @param into where; ends with a slash
     */
    void copyAll(Path folder, String into, int mode) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.sorted().toList()) {
                copy(file, into + file.getFileName(), mode);
            }
        }
    }

    /**
     * Copies of all files in a folder and in the folders below it.
     *
     * @param into where; ends with a slash
     */
    void copyTree(Path folder, String into, int mode) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                copy(file, into + folder.relativize(file), mode);
            }
        }
    }

    /** A symbolic link. */
    void link(String path, String target) {
        add(new Item(path, 0777, new byte[0], target));
    }

    private void add(Item item) {
        folder(item.path());
        if (items.put(item.path(), item) != null) {
            throw new IllegalStateException(item.path() + " is there twice");
        }
    }

    /** All of it, folders before what is in them. */
    Collection<Item> items() {
        return items.values();
    }

    /** The paths of all items, in their order. */
    Collection<String> paths() {
        return items.keySet();
    }

    /** What Debian calls the installed size, in KiB: each file rounded up, one for all else. */
    long sizeKib() {
        return items.values().stream()
                .mapToLong(item -> Math.max(1, (item.bytes().length + 1023L) / 1024))
                .sum();
    }
}
