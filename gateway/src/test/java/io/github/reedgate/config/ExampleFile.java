package io.github.reedgate.config;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The example that ships, as the tests find it: they run in the module's folder. */
final class ExampleFile {

    static final Path PATH = Path.of("..", "deploy", "reedgate.example.yaml");

    private ExampleFile() {}

    /** Its text. */
    static String text() {
        try {
            return Files.readString(PATH);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
