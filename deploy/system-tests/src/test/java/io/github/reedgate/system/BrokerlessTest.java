package io.github.reedgate.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** That the tag {@code brokerless}, by which the profile {@code real-broker} leaves a test out, is no mistake. */
final class BrokerlessTest {

    private static final List<String> USES_ONE = List.of("TestBroker", "FaultRig");

    @Test
    void noTestThatUsesABrokerIsLeftOutWithMosquitto() throws IOException {
        List<Path> brokerless = new ArrayList<>();
        for (Path module : List.of(Path.of("../../gateway"), Path.of("../deb"), Path.of("."))) {
            try (Stream<Path> files = Files.walk(module.resolve("src/test/java"))) {
                files.filter(file -> file.toString().endsWith("IT.java"))
                        .filter(file -> source(file).contains("@Tag(\"brokerless\")"))
                        .forEach(brokerless::add);
            }
        }
        assertThat(brokerless)
                .isNotEmpty()
                .allSatisfy(file -> assertThat(USES_ONE).as(file.toString()).noneMatch(source(file)::contains));
    }

    private static String source(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
