package io.github.reedgate.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reedgate.system.Installation.Ended;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The class-data archive: that it is made, used, and no trouble when it does not fit. */
final class ArchiveIT {

    private static final int DUMP_SECONDS = 300;
    private static final Path ARCHIVE = Path.of("archive/reedgate.jsa");
    private static final String FROM_ARCHIVE = "io.github.reedgate.cli.Main source: shared objects file";

    @TempDir
    private Path folder = Path.of("");

    @Test
    void isMadeAndUsedAndPassedOverInSilenceWhenItDoesNotFit() throws IOException {
        // JDK 17 does not find its way back from an archive to libraries in a folder with a space in its name
        Path home = copyOfTheInstallation("copy");

        Ended made = Installation.run(List.of(home.resolve("bin/make-archive").toString()), Map.of(), DUMP_SECONDS);

        assertThat(made.code()).as(made.err()).isZero();
        assertThat(made.out() + made.err()).isEmpty();
        try (Stream<Path> left = Files.list(home.resolve("archive"))) {
            assertThat(left).containsExactly(home.resolve(ARCHIVE));
        }
        assertThat(mainIsFromTheArchive(home)).isTrue();

        Path library;
        try (Stream<Path> libraries = Files.list(home.resolve("lib"))) {
            library = libraries.findFirst().orElseThrow();
        }
        Files.setLastModifiedTime(library, FileTime.from(Instant.parse("2026-01-02T03:04:05Z")));
        assertThat(mainIsFromTheArchive(home)).as("another library").isFalse();

        Files.writeString(home.resolve(ARCHIVE), "no archive at all");
        assertThat(mainIsFromTheArchive(home)).as("no archive").isFalse();

        Files.writeString(home.resolve(ARCHIVE), "", StandardOpenOption.TRUNCATE_EXISTING);
        assertThat(mainIsFromTheArchive(home)).as("an empty file").isFalse();
    }

    @Test
    void failureToMakeItIsTold() throws IOException {
        Path home = copyOfTheInstallation("a copy");
        Files.writeString(home.resolve("reedgate.classlist"), "@nonsense\n");
        Files.createDirectory(home.resolve("archive"));
        Files.writeString(home.resolve(ARCHIVE), "the old one");

        Ended made = Installation.run(List.of(home.resolve("bin/make-archive").toString()), Map.of(), DUMP_SECONDS);

        assertThat(made.code()).isEqualTo(1);
        assertThat(made.err()).contains("reedgate starts without it, only slower");
        assertThat(home.resolve(ARCHIVE)).hasContent("the old one");
    }

    @Test
    void listNamesClassesThatAreThere() throws IOException {
        Set<String> present = new HashSet<>();
        try (Stream<Path> libraries = Files.list(Installation.HOME.resolve("lib"))) {
            for (Path library : libraries
                    .filter(file -> file.getFileName().toString().startsWith("reedgate-"))
                    .toList()) {
                try (JarFile jar = new JarFile(library.toFile())) {
                    jar.stream().forEach(entry -> present.add(entry.getName().replace(".class", "")));
                }
            }
        }
        List<String> listed = Files.readAllLines(Installation.HOME.resolve("reedgate.classlist")).stream()
                .filter(name -> name.startsWith("io/github/reedgate/"))
                .toList();

        assertThat(listed).hasSizeGreaterThan(300);
        assertThat(listed.stream().filter(present::contains).count())
                .as("classes of the list that still exist; deploy/class-list writes it anew")
                .isGreaterThan(listed.size() * 8L / 10);
    }

    /** Starts it, which must not say a word more than asked for; true if a class of its own came from the archive. */
    private boolean mainIsFromTheArchive(Path home) throws IOException {
        Path log = folder.resolve("classes.log");
        Files.deleteIfExists(log);
        Ended ended = Installation.run(
                List.of(home.resolve("bin/reedgate").toString(), "--version"),
                Map.of("REEDGATE_JAVA_OPTS", "-Xlog:class+load:file=" + log));
        assertThat(ended.code()).as(ended.err()).isZero();
        assertThat(ended.out()).startsWith("reedgate ");
        assertThat(ended.err()).isEmpty();
        return Files.readString(log).contains(FROM_ARCHIVE);
    }

    private Path copyOfTheInstallation(String name) throws IOException {
        Path home = folder.resolve(name);
        try (Stream<Path> files = Files.walk(Installation.HOME)) {
            for (Path file : files.filter(one -> !one.startsWith(Installation.HOME.resolve("archive")))
                    .toList()) {
                Files.copy(file, home.resolve(Installation.HOME.relativize(file)));
            }
        }
        return home;
    }
}
