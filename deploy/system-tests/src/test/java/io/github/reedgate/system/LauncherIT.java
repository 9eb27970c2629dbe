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
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The start script and what lies beside it. */
@Tag("brokerless")
final class LauncherIT {

    private static final String SHELL = "/bin/sh";

    /** As a shell tells SIGABRT. */
    private static final int ABORTED = 134;

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
    void exhaustedHeapDoesNotPassForAWrongConfiguration() throws IOException {
        Path config = folder.resolve("reedgate.yaml");
        Files.writeString(
                config,
                "gateway:\n  id: lab\nbroker:\n  url: mqtt://localhost:1\n  insecure: true\nstate_dir: " + folder
                        + "\nsensors:\n  door:\n    line: 17\n    type: door\n");

        Ended ended = Installation.run(
                List.of(
                        SHELL,
                        "-c",
                        "cd \"$1\" && ulimit -c 0 && exec \"$0\" run --simulate -c reedgate.yaml",
                        Installation.LAUNCHER.toString(),
                        folder.toString()),
                Map.of("REEDGATE_JAVA_OPTS", "-Xmx4m"));

        assertThat(ended.out()).contains("OutOfMemoryError");
        assertThat(ended.code()).as(ended.out() + ended.err()).isEqualTo(ABORTED);
    }

    @Test
    void javaThatCanNotBeStartedDoesNotPassForAWrongCommandLine() throws IOException {
        Path home = oldJava("exit 99");
        Files.writeString(home.resolve("bin/java"), "#!/nowhere/sh\n");
        Files.writeString(home.resolve("release"), "JAVA_VERSION=\"17.0.1\"\n");

        for (String socket : List.of("", folder.resolve("notify").toString())) {
            Ended ended = Installation.run(
                    List.of(SHELL, Installation.LAUNCHER.toString(), "run"),
                    Map.of("JAVA_HOME", home.toString(), "NOTIFY_SOCKET", socket));

            assertThat(ended.code()).as(socket + ended.err()).isNotIn(0, 2, 3);
        }
    }

    @Test
    void damagedStartScriptDoesNotPassForAWrongCommandLine() throws IOException {
        String script = Files.readString(Installation.LAUNCHER);
        Path bin = Files.createDirectories(folder.resolve("copy/bin"));
        Files.createDirectory(folder.resolve("copy/lib"));
        Files.writeString(bin.resolve("reedgate"), script.substring(0, script.indexOf("esac", script.length() / 3)));

        Ended ended = Installation.run(List.of(SHELL, bin.resolve("reedgate").toString(), "run"), Map.of());

        assertThat(ended.code()).as(ended.err()).isEqualTo(1);
        assertThat(ended.err()).contains("yntax error");
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

    /** What the system has, and the locale in which Java then starts: one in UTF-8 if there is any. */
    @ParameterizedTest
    @CsvSource({
        "UTF-8, '', C.UTF-8, false",
        "ANSI_X3.4-1968, C|POSIX|de_DE|de_DE.iso88591|de_DE.utf8|en_US.UTF-8, de_DE.utf8, false",
        "ISO-8859-1, en_US.UTF-8, en_US.UTF-8, false",
        "ANSI_X3.4-1968, C|POSIX|ja_JP.eucjp, C.UTF-8, true",
    })
    void javaStartsInALocaleInUtf8ThatIsThere(String charmap, String all, String chosen, boolean isWarned)
            throws IOException {
        Path home = oldJava("echo $LC_ALL");
        Files.writeString(home.resolve("release"), "JAVA_VERSION=\"17.0.1\"\n");
        Path bin = folderWith("dirname", "sed", "cut", "readlink");
        String list = all.replace("|", "\\n");
        script(bin.resolve("locale"), "[ $1 = charmap ] && echo " + charmap + " || printf '" + list + "\\n'");

        Ended ended = launched(Map.of("JAVA_HOME", home.toString(), "PATH", bin.toString(), "LC_ALL", "C"));

        assertThat(ended.out().strip()).isEqualTo(chosen);
        assertThat(ended.err().contains("no locale in UTF-8")).as(ended.err()).isEqualTo(isWarned);
    }

    @Test
    void systemWhoseLocalesNobodyTellsIsTakenForOneInUtf8() throws IOException {
        Path home = oldJava("echo $LC_ALL");
        Files.writeString(home.resolve("release"), "JAVA_VERSION=\"17.0.1\"\n");
        Path bin = folderWith("dirname", "sed", "cut", "readlink");

        Ended ended = launched(Map.of("JAVA_HOME", home.toString(), "PATH", bin.toString()));

        assertThat(ended.out().strip()).isEqualTo("C.UTF-8");
        assertThat(ended.err()).isEmpty();
    }

    /** The shell makes the folder, as this test's own Java may run in a locale that has no umlauts. */
    @ParameterizedTest
    @ValueSource(strings = {"LC_ALL=C", "LC_ALL=POSIX", "LC_ALL=de_DE.ISO-8859-1", "LC_ALL=", "LANG=no_SUCH.locale"})
    void fileNamesAndTextAreUtf8WhateverTheLocale(String locale) throws IOException {
        Files.writeString(
                folder.resolve("r.yaml"),
                "state_dir: st\u00e4te\n" + Yaml.frontDoor(1).replace("Front door", "K\u00fcche"));
        Ended ended = Installation.run(
                List.of(
                        SHELL,
                        "-c",
                        "unset LANG LC_ALL LC_CTYPE; export " + locale + "; cd '" + folder
                                + "' && d=$(printf 't\\303\\274r') && mkdir \"$d\" && mv r.yaml \"$d\" && '"
                                + Installation.LAUNCHER + "' check -c \"$d/r.yaml\""),
                Map.of());

        assertThat(ended.code()).as(ended.err()).isZero();
        assertThat(ended.out()).contains("t\u00fcr/r.yaml is valid", "t\u00fcr/st\u00e4te", "K\u00fcche");
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
