package io.github.reedgate.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reedgate.system.Installation.Ended;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The start script and what lies beside it. */
final class LauncherIT {

    private static final String SHELL = "/bin/sh";

    @TempDir
    private Path folder = Path.of("");

    @Test
    void versionIsPrintedThroughSymbolicLinks() throws IOException {
        Path first = Files.createSymbolicLink(folder.resolve("first"), Installation.LAUNCHER);
        Path second = Files.createSymbolicLink(folder.resolve("second"), folder.relativize(first));

        Ended ended = Installation.run(List.of(second.toString(), "--version"), Map.of());

        assertThat(ended.code()).as(ended.err()).isZero();
        assertThat(ended.out()).contains("0.1.0");
        assertThat(ended.err()).isEmpty();
    }

    @Test
    void plainJavaStartsItAsWell() {
        Ended ended = Installation.run(
                List.of(
                        System.getProperty("java.home") + "/bin/java",
                        "-cp",
                        Installation.HOME + "/lib/*",
                        "io.github.reedgate.cli.Main",
                        "--version"),
                Map.of());

        assertThat(ended.code()).as(ended.err()).isZero();
        assertThat(ended.out()).contains("0.1.0");
    }

    @Test
    void javaOnThePathIsUsedWithoutJavaHome() throws IOException {
        Path bin = folderWith("dirname", "sed", "cut", "readlink");
        Files.createSymbolicLink(bin.resolve("java"), Path.of(System.getProperty("java.home"), "bin/java"));

        Ended ended = launched(Map.of("JAVA_HOME", "", "PATH", bin.toString()));

        assertThat(ended.code()).as(ended.err()).isZero();
    }

    @Test
    void missingJavaIsToldWithTheFix() throws IOException {
        Path bin = folderWith("dirname", "sed", "cut", "readlink");

        Ended ended = launched(Map.of("JAVA_HOME", "", "PATH", bin.toString()));

        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.err())
                .contains("no java found")
                .contains("Java 17 or newer")
                .contains("apt install");
    }

    @Test
    void wrongJavaHomeIsTold() {
        Ended ended = launched(Map.of("JAVA_HOME", folder.toString()));

        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.err()).contains("no java in JAVA_HOME").contains(folder.toString());
    }

    @Test
    void oldJavaIsRefusedByItsReleaseFile() throws IOException {
        Path home = oldJava("exit 99");
        Files.writeString(home.resolve("release"), "IMPLEMENTOR=\"Debian\"\nJAVA_VERSION=\"11.0.20\"\n");

        Ended ended = launched(Map.of("JAVA_HOME", home.toString()));

        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.err()).contains("is Java 11.0.20: Java 17 or newer is needed");
    }

    @Test
    void oldJavaIsRefusedByWhatItSaysItself() throws IOException {
        Path home = oldJava("echo 'openjdk version \"1.8.0_392\"' >&2");

        Ended ended = launched(Map.of("JAVA_HOME", home.toString()));

        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.err()).contains("is Java 1.8.0: Java 17 or newer is needed");
    }

    @Test
    void ownOptionsReachTheJvm() {
        Ended ended = launched(Map.of("REEDGATE_JAVA_OPTS", "-Xmx64m -XX:+PrintFlagsFinal"));

        assertThat(ended.code()).as(ended.err()).isZero();
        assertThat(ended.out()).containsPattern("MaxHeapSize\\s+= 67108864").containsPattern("UseSerialGC\\s+= true");
    }

    @Test
    void noticeNamesEveryLibrary() throws IOException {
        String notice = Files.readString(Installation.HOME.resolve("NOTICE"));
        try (Stream<Path> libraries = Files.list(Installation.HOME.resolve("lib"))) {
            List<String> unnamed = libraries
                    .map(file -> file.getFileName().toString().replaceFirst("-[0-9].*", ""))
                    .filter(name -> !name.startsWith("reedgate-"))
                    .filter(name ->
                            !Stream.of(notice.split("[\\s,]+", -1)).toList().contains(name))
                    .toList();
            assertThat(unnamed).isEmpty();
        }
        assertThat(Installation.HOME.resolve("LICENSE")).exists();
        assertThat(Installation.HOME.resolve("reedgate.example.yaml")).exists();
    }

    private static Ended launched(Map<String, String> environment) {
        return Installation.run(List.of(SHELL, Installation.LAUNCHER.toString(), "--version"), environment);
    }

    private Path folderWith(String... programs) throws IOException {
        Path bin = Files.createDirectory(folder.resolve("bin"));
        for (String program : programs) {
            script(bin.resolve(program), "exec /usr/bin/" + program + " \"$@\"");
        }
        return bin;
    }

    private Path oldJava(String script) throws IOException {
        Path home = Files.createDirectory(folder.resolve("jdk"));
        script(Files.createDirectory(home.resolve("bin")).resolve("java"), script);
        return home;
    }

    private static void script(Path file, String command) throws IOException {
        Files.writeString(file, "#!/bin/sh\n" + command + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
