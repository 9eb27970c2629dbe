package io.github.reedgate.deb;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The built package as {@code dpkg} will find it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Tag("brokerless")
final class PackageIT {

    private static final Path TOP = Path.of("..", "..");
    private static final String LIB = "usr/share/reedgate/lib/";
    private static final Pattern PROGRAMS = Pattern.compile("usr/share/reedgate/(bin/[a-z-]+|broker/reedgate-broker)");

    private final BuiltPackage deb = BuiltPackage.read();
    private final Map<String, BuiltPackage.Entry> data = deb.data();
    private final Map<String, BuiltPackage.Entry> control = deb.control();

    PackageIT() throws IOException {}

    private BuiltPackage.Entry entry(String path) {
        assertThat(data).containsKey(path);
        return data.getOrDefault(path, new BuiltPackage.Entry(path, 0, "", 0, '?', "", new byte[0]));
    }

    private String script(String name) {
        assertThat(control).containsKey(name);
        return control.entrySet().stream()
                .filter(file -> file.getKey().equals(name))
                .map(file -> file.getValue().text())
                .collect(Collectors.joining());
    }

    private List<String> libraries() {
        return data.keySet().stream()
                .filter(path -> path.startsWith(LIB) && path.endsWith(".jar"))
                .map(path -> path.substring(LIB.length()))
                .toList();
    }

    @Test
    void threeMembersAreInTheOrderThatDpkgWants() {
        assertThat(deb.memberNames()).containsExactly("debian-binary", "control.tar.gz", "data.tar.gz");
        assertThat(new String(deb.member("debian-binary"), StandardCharsets.US_ASCII))
                .isEqualTo("2.0\n");
    }

    @Test
    void nameVersionAndSizeAreThoseOfThisBuild() throws IOException {
        String version = System.getProperty("reedgate.version", "").replace('-', '~');
        assertThat(version).isNotEmpty();
        assertThat(deb.field("Package")).isEqualTo("reedgate");
        assertThat(deb.field("Version")).isEqualTo(version);
        assertThat(deb.field("Architecture")).isEqualTo("all");
        assertThat(deb.file().getFileName()).hasToString("reedgate_" + version + "_all.deb");
        long bytes =
                data.values().stream().mapToLong(file -> file.bytes().length).sum();
        assertThat(Long.parseLong(deb.field("Installed-Size"))).isBetween(bytes / 1024, bytes / 1024 + data.size() + 1);
    }

    @Test
    void javaIsNeededInAVersionThatDebian12And13Have() throws IOException {
        assertThat(deb.field("Depends").split(", ", -1))
                .contains("default-jre-headless (>= 2:1.17) | java17-runtime-headless", "libc6 (>= 2.33)");
    }

    @Test
    void everythingBelongsToRootAndIsDatedAlike() {
        Stream.of(data, control).flatMap(all -> all.values().stream()).forEach(entry -> {
            assertThat(entry.owner()).as(entry.path()).isEqualTo("0:0 root:root");
            assertThat(entry.timeSeconds()).as(entry.path()).isEqualTo(entry("").timeSeconds());
        });
    }

    @Test
    void foldersMayBeEnteredAndOnlyProgramsMayBeExecuted() {
        for (BuiltPackage.Entry entry : data.values()) {
            int expected = PROGRAMS.matcher(entry.path()).matches() ? 0755 : 0644;
            switch (entry.type()) {
                case '5' -> assertThat(entry.mode()).as(entry.path()).isEqualTo(0755);
                case '0' -> assertThat(entry.mode()).as(entry.path()).isEqualTo(expected);
                default -> assertThat(entry.type()).as(entry.path()).isEqualTo('2');
            }
        }
        assertThat(List.copyOf(data.keySet())).isSorted();
    }

    @Test
    void eachFileHasItsChecksum() throws Exception {
        Map<String, String> sums = new TreeMap<>();
        for (BuiltPackage.Entry file : data.values()) {
            if (file.type() == '0') {
                byte[] digest = MessageDigest.getInstance("MD5").digest(file.bytes());
                sums.put(file.path(), HexFormat.of().formatHex(digest));
            }
        }
        assertThat(script("md5sums").lines())
                .containsExactlyElementsOf(sums.entrySet().stream()
                        .map(sum -> sum.getValue() + "  " + sum.getKey())
                        .toList());
    }

    @Test
    void exampleIsTheOnlyConfigurationFile() throws IOException {
        byte[] example = Files.readAllBytes(TOP.resolve("deploy/reedgate.example.yaml"));
        assertThat(script("conffiles")).isEqualTo("/etc/reedgate/reedgate.yaml\n");
        assertThat(data.values())
                .filteredOn(file -> file.path().startsWith("etc/") && file.type() == '0')
                .singleElement()
                .satisfies(file -> assertThat(file.bytes()).isEqualTo(example));
        assertThat(entry("usr/share/doc/reedgate/examples/reedgate.yaml").bytes())
                .isEqualTo(example);
    }

    @Test
    void commandLeadsToTheLauncherAndTheUnitStartsIt() {
        assertThat(entry("usr/bin/reedgate").target()).isEqualTo("../share/reedgate/bin/reedgate");
        assertThat(entry("usr/share/reedgate/bin/reedgate").text()).startsWith("#!/bin/sh\n");
        String unit = entry("usr/lib/systemd/system/reedgate.service").text();
        assertThat(unit)
                .startsWith("[Unit]\n")
                .containsOnlyOnce("\nExecStart=/usr/bin/reedgate run ")
                .doesNotContain("/opt/");
    }

    @Test
    void foldersForWhatIsMadeAtInstallationAreThereAndLinked() {
        assertThat(entry("usr/share/reedgate/native").target()).isEqualTo("../../lib/reedgate/native");
        assertThat(entry("usr/lib/reedgate/native/").type()).isEqualTo('5');
        assertThat(entry("usr/share/reedgate/archive").target()).isEqualTo("/var/cache/reedgate");
        assertThat(entry("var/cache/reedgate/").type()).isEqualTo('5');
    }

    @Test
    void everyLibraryOfTheDistributionIsInstalled() throws IOException {
        try (Stream<Path> jars = Files.list(TOP.resolve("deploy/dist/target/reedgate/lib"))) {
            assertThat(libraries())
                    .containsExactlyInAnyOrderElementsOf(
                            jars.map(jar -> jar.getFileName().toString()).toList())
                    .hasSizeGreaterThan(20);
        }
    }

    @Test
    void everyLibraryIsInTheCopyrightFileAndEveryLicenceIsExplained() {
        String copyright = entry("usr/share/doc/reedgate/copyright").text();
        List<String> patterns = Pattern.compile("(?m)^Files: " + LIB + "(.+)$")
                .matcher(copyright)
                .results()
                .map(found -> found.group(1).replace(".", "\\.").replace("*", ".*"))
                .toList();
        assertThat(libraries())
                .allSatisfy(jar -> assertThat(patterns)
                        .anySatisfy(pattern -> assertThat(jar).matches(pattern)));
        assertThat(patterns)
                .allSatisfy(pattern -> assertThat(libraries())
                        .anySatisfy(jar -> assertThat(jar).matches(pattern)));
        Pattern.compile("(?m)^License: (.+)$")
                .matcher(copyright)
                .results()
                .flatMap(found -> Stream.of(found.group(1).split(" and ", -1)))
                .forEach(name ->
                        assertThat(copyright).containsPattern("\nLicense: " + Pattern.quote(name) + "\n [A-Z]"));
    }

    @Test
    void maintainerScriptsEndAtTheFirstErrorAndKnowAllCalls() {
        assertThat(script("postinst"))
                .contains("set -e\n", "configure", "abort-upgrade", "abort-remove", "abort-deconfigure", "triggered");
        assertThat(script("prerm")).contains("set -e\n", "remove", "upgrade", "deconfigure", "failed-upgrade");
        assertThat(script("postrm")).contains("set -e\n", "remove", "purge", "abort-install", "disappear");
        Stream.of("postinst", "prerm", "postrm").forEach(name -> {
            assertThat(script(name)).startsWith("#!/bin/sh\n");
            assertThat(control.values())
                    .filteredOn(file -> file.path().equals(name))
                    .allSatisfy(file -> assertThat(file.mode()).isEqualTo(0755));
        });
    }

    @Test
    void everyDocumentAndPictureIsInstalledWhereLinksFindIt() throws IOException {
        String folder = "usr/share/doc/reedgate/";
        assertThat(entry(folder + "README.md").bytes()).isEqualTo(Files.readAllBytes(TOP.resolve("README.md")));
        try (Stream<Path> files = Files.walk(TOP.resolve("docs"))) {
            List<String> documents = files.filter(Files::isRegularFile)
                    .map(file -> folder + TOP.relativize(file))
                    .toList();
            assertThat(data.keySet())
                    .containsAll(documents)
                    .contains(folder + "docs/install.md", folder + "docs/images/overview.svg");
        }
    }

    @Test
    void changelogBeginsWithThisVersion() throws IOException {
        assertThat(entry("usr/share/doc/reedgate/changelog.gz").unpacked())
                .startsWith("reedgate (" + deb.field("Version") + ") unstable; urgency=medium\n\n  * ")
                .contains("\n -- " + deb.field("Maintainer") + "  ");
    }

    @Test
    void pagesAreCompressedAsWellAsCanBeWithoutNameAndTime() {
        assertThat(data.values())
                .filteredOn(file -> file.path().endsWith(".gz"))
                .hasSize(3)
                .allSatisfy(file -> assertThat(List.of(
                                (int) file.bytes()[3],
                                (int) file.bytes()[4],
                                (int) file.bytes()[5],
                                (int) file.bytes()[6],
                                (int) file.bytes()[7],
                                (int) file.bytes()[8]))
                        .containsExactly(0, 0, 0, 0, 0, 2));
    }
}
