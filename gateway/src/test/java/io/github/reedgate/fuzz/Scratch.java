package io.github.reedgate.fuzz;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A folder for fuzz targets whose parser reads a file. One thread uses it. The process removes it when it ends.
 */
public final class Scratch {

    private final Path folder;

    /** A new empty folder below the temporary folder. */
    public Scratch() {
        try {
            folder = Files.createTempDirectory("reedgate-fuzz");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Runtime.getRuntime().addShutdownHook(new Thread(this::remove));
    }

    /** The folder. */
    public Path folder() {
        return folder;
    }

    /** Writes a file of that name with that content and returns where it is. */
    public Path file(String name, byte[] content) {
        try {
            return Files.write(folder.resolve(name), content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Removes everything below the folder. */
    public void empty() {
        try (Stream<Path> all = Files.walk(folder)) {
            List<Path> below = all.filter(path -> !path.equals(folder))
                    .sorted(Comparator.reverseOrder())
                    .toList();
            for (Path path : below) {
                Files.delete(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void remove() {
        empty();
        try {
            Files.deleteIfExists(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
