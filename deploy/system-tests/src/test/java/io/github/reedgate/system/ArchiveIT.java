package io.github.reedgate.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reedgate.system.Installation.Ended;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The class-data archive: that it is made, used, and no trouble when it does not fit. */
@Tag("brokerless")
final class ArchiveIT {

    private static final int DUMP_SECONDS = 300;

    /** As systemd has patience with a start. */
    private static final int START_SECONDS = 60;

    private static final int NO_BROKER = 1;
    private static final Path ARCHIVE = Path.of("archive/reedgate.jsa");
    private static final String NOTE = "archive-on-trial";
    private static final String FROM_ARCHIVE = "io.github.reedgate.cli.Main source: shared objects file";

    /** An installation with an archive; making it takes long. */
    @TempDir
    private static Path shared = Path.of("");

    private static Path home = Path.of("");
    private static byte[] whole = new byte[0];

    @TempDir
    private Path folder = Path.of("");

    @BeforeAll
    static void makeArchive() throws IOException {
        // JDK 17 does not find its way back from an archive to libraries in a folder with a space in its name
        home = copyOfTheInstallation(shared.resolve("copy"));

        Ended made = Installation.run(List.of(home.resolve("bin/make-archive").toString()), Map.of(), DUMP_SECONDS);

        assertThat(made.code()).as(made.err()).isZero();
        assertThat(made.out() + made.err()).isEmpty();
        try (Stream<Path> left = Files.list(home.resolve("archive"))) {
            assertThat(left).containsExactly(home.resolve(ARCHIVE));
        }
        whole = Files.readAllBytes(home.resolve(ARCHIVE));
    }

    @BeforeEach
    void mendArchive() throws IOException {
        Files.write(home.resolve(ARCHIVE), whole);
    }

    @Test
    void isUsedAndPassedOverInSilenceWhenItDoesNotFit() throws IOException {
        assertThat(mainIsFromTheArchive()).isTrue();

        Path library;
        try (Stream<Path> libraries = Files.list(home.resolve("lib"))) {
            library = libraries.findFirst().orElseThrow();
        }
        FileTime written = Files.getLastModifiedTime(library);
        Files.setLastModifiedTime(library, FileTime.from(Instant.parse("2026-01-02T03:04:05Z")));
        assertThat(mainIsFromTheArchive()).as("another library").isFalse();
        Files.setLastModifiedTime(library, written);
        assertThat(mainIsFromTheArchive()).as("the library as it was").isTrue();

        Files.writeString(home.resolve(ARCHIVE), "no archive at all");
        assertThat(mainIsFromTheArchive()).as("no archive").isFalse();

        Files.writeString(home.resolve(ARCHIVE), "", StandardOpenOption.TRUNCATE_EXISTING);
        assertThat(mainIsFromTheArchive()).as("an empty file").isFalse();
    }

    @Test
    void serviceThatAnArchiveOfFlippedBitsCrashedDoesWithoutItOnce() throws IOException {
        byte[] flipped = whole.clone();
        for (int i = flipped.length * 3 / 10; i < flipped.length * 6 / 10; i += 16) {
            flipped[i] ^= 1 << 5;
        }
        Files.write(home.resolve(ARCHIVE), flipped);
        try (RunningGateway gateway = service()) {
            assertThat(comesUp(gateway)).as("it has to be damaged enough").isFalse();
            assertThat(gateway.stateFolder().resolve(NOTE)).exists();

            assertThat(comesUp(gateway)).as(gateway.logged()).isTrue();
            assertThat(gateway.loggedLines("without the class-data archive")).hasSize(1);
            gateway.terminate();
            Files.write(home.resolve(ARCHIVE), whole);
            assertThat(comesUp(gateway)).as(gateway.logged()).isTrue();
            assertThat(gateway.loggedLines("without the class-data archive")).hasSize(1);
            assertThat(gateway.stateFolder().resolve(NOTE)).as("still young").exists();
            gateway.terminate();
            assertThat(gateway.stateFolder().resolve(NOTE)).doesNotExist();
        }
    }

    @Test
    void serviceWhoseArchiveWasCutShortComesUpAtTheSecondStartAtTheLatest() throws IOException {
        Files.write(home.resolve(ARCHIVE), Arrays.copyOf(whole, whole.length / 2));
        try (RunningGateway gateway = service()) {
            if (!comesUp(gateway)) {
                assertThat(comesUp(gateway)).as(gateway.logged()).isTrue();
                assertThat(gateway.loggedLines("without the class-data archive"))
                        .hasSize(1);
            }
        }
    }

    @Test
    void serviceThatWasKilledYoungSaysSoAndComesUp() throws IOException {
        try (RunningGateway gateway = service()) {
            assertThat(comesUp(gateway)).as(gateway.logged()).isTrue();
            gateway.kill();
            assertThat(comesUp(gateway)).as(gateway.logged()).isTrue();
            assertThat(gateway.loggedLines("without the class-data archive")).hasSize(1);
        }
    }

    /** Started as systemd does it, with the copy of the installation. */
    private RunningGateway service() throws IOException {
        RunningGateway gateway = RunningGateway.configured(folder, Yaml.frontDoor(NO_BROKER));
        Files.createDirectories(gateway.stateFolder());
        return gateway.by(List.of(home.resolve("bin/reedgate").toString(), "run", "--simulate"))
                .with("STATE_DIRECTORY", gateway.stateFolder() + ":" + folder)
                .with("REEDGATE_JAVA_OPTS", "-XX:-CreateCoredumpOnCrash -XX:ErrorFile=" + folder.resolve("crash.log"));
    }

    /** Starts it; false if it ended instead, or did neither and was killed as systemd would have done. */
    private static boolean comesUp(RunningGateway gateway) {
        Process started = gateway.launch();
        long endNanos = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
        Path socket = gateway.stateFolder().resolve("control.sock");
        Waiting.until(
                "it runs or ends",
                Duration.ofSeconds(2L * START_SECONDS),
                () -> Files.exists(socket) || !started.isAlive() || System.nanoTime() - endNanos > 0);
        boolean up = Files.exists(socket) && started.isAlive();
        if (!up) {
            gateway.kill();
        }
        return up;
    }

    @Test
    void failureToMakeItIsTold() throws IOException {
        Path home = copyOfTheInstallation(folder.resolve("a copy"));
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
    private boolean mainIsFromTheArchive() throws IOException {
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

    private static Path copyOfTheInstallation(Path copy) throws IOException {
        try (Stream<Path> files = Files.walk(Installation.HOME)) {
            for (Path file : files.filter(one -> !one.startsWith(Installation.HOME.resolve("archive")))
                    .toList()) {
                Files.copy(file, copy.resolve(Installation.HOME.relativize(file)));
            }
        }
        return copy;
    }
}
