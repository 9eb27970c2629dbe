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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What holds for each built package, as {@code dpkg} will find it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class PackageChecks {

    private static final Path TOP = Path.of("..", "..");
    private final Packed packed;
    private final String name;
    private final String lib;
    private final BuiltPackage deb;
    private final Map<String, BuiltPackage.Entry> data;
    private final Map<String, BuiltPackage.Entry> control;

    PackageChecks(Packed packed) throws IOException {
        this.packed = packed;
        name = packed.packageName();
        lib = packed.share() + "lib/";
        deb = packed.read();
        data = deb.data();
        control = deb.control();
    }

    /** The package. */
    final BuiltPackage deb() {
        return deb;
    }

    /** What it installs, by path. */
    final Map<String, BuiltPackage.Entry> data() {
        return data;
    }

    /** An entry that has to be there. */
    final BuiltPackage.Entry entry(String path) {
        assertThat(data).containsKey(path);
        return data.getOrDefault(path, new BuiltPackage.Entry(path, 0, "", 0, '?', "", new byte[0]));
    }

    /** The text of a control file that has to be there. */
    final String script(String file) {
        assertThat(control).containsKey(file);
        return control.entrySet().stream()
                .filter(entry -> entry.getKey().equals(file))
                .map(entry -> entry.getValue().text())
                .collect(Collectors.joining());
    }

    /** The names of its jar files. */
    final List<String> libraries() {
        return data.keySet().stream()
                .filter(path -> path.startsWith(lib) && path.endsWith(".jar"))
                .map(path -> path.substring(lib.length()))
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
        assertThat(deb.field("Package")).isEqualTo(name);
        assertThat(deb.field("Version")).isEqualTo(version);
        assertThat(deb.field("Architecture")).isEqualTo("all");
        assertThat(deb.file().getFileName()).hasToString(name + "_" + version + "_all.deb");
        long bytes =
                data.values().stream().mapToLong(file -> file.bytes().length).sum();
        assertThat(Long.parseLong(deb.field("Installed-Size"))).isBetween(bytes / 1024, bytes / 1024 + data.size() + 1);
    }

    @Test
    void javaIsNeededInAVersionThatDebian12And13Have() throws IOException {
        assertThat(deb.field("Depends").split(", ", -1))
                .contains("default-jre-headless (>= 2:1.17) | java17-runtime-headless");
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
        Pattern programs = Pattern.compile(packed.share() + "(bin/[a-z-]+|broker/reedgate-broker)");
        for (BuiltPackage.Entry entry : data.values()) {
            int expected = programs.matcher(entry.path()).matches() ? 0755 : 0644;
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
        byte[] example = Files.readAllBytes(packed.example());
        assertThat(script("conffiles")).isEqualTo("/" + packed.configuration() + "\n");
        assertThat(data.values())
                .filteredOn(file -> file.path().startsWith("etc/") && file.type() == '0')
                .singleElement()
                .satisfies(file -> {
                    assertThat(file.path()).isEqualTo(packed.configuration());
                    assertThat(file.bytes()).isEqualTo(example);
                });
        assertThat(entry(packed.doc() + "examples/" + name + ".yaml").bytes()).isEqualTo(example);
    }

    @Test
    void commandLeadsToTheLauncherAndTheUnitStartsIt() {
        assertThat(entry("usr/bin/" + name).target()).isEqualTo("../share/" + name + "/bin/" + name);
        assertThat(entry(packed.share() + "bin/" + name).text()).startsWith("#!/bin/sh\n");
        String unit = entry("usr/lib/systemd/system/" + name + ".service").text();
        assertThat(unit)
                .startsWith("[Unit]\n")
                .containsOnlyOnce("\nExecStart=/usr/bin/" + name + " run ")
                .contains(" --config /" + packed.configuration() + "\n")
                .contains("\nUser=" + name + "\nGroup=" + name + "\n")
                .doesNotContain("/opt/");
    }

    @Test
    void foldersForWhatIsMadeAtInstallationAreThereAndLinked() {
        assertThat(entry(packed.share() + "native").target()).isEqualTo("../../lib/" + name + "/native");
        assertThat(entry("usr/lib/" + name + "/native/").type()).isEqualTo('5');
        assertThat(entry(packed.share() + "archive").target()).isEqualTo("/var/cache/" + name);
        assertThat(entry("var/cache/" + name + "/").type()).isEqualTo('5');
        assertThat(entry("etc/" + name + "/credentials/").type()).isEqualTo('5');
    }

    @Test
    void everyLibraryOfTheDistributionIsInstalled() throws IOException {
        try (Stream<Path> jars = Files.list(packed.distribution().resolve("lib"))) {
            assertThat(libraries())
                    .containsExactlyInAnyOrderElementsOf(
                            jars.map(jar -> jar.getFileName().toString()).toList())
                    .hasSizeGreaterThan(20);
        }
    }

    @Test
    void everyLibraryIsInTheCopyrightFileAndEveryLicenceIsExplained() {
        String copyright = entry(packed.doc() + "copyright").text();
        List<String> patterns = Pattern.compile("(?m)^Files: " + lib + "(.+)$")
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
                .forEach(licence ->
                        assertThat(copyright).containsPattern("\nLicense: " + Pattern.quote(licence) + "\n [A-Z]"));
    }

    @Test
    void maintainerScriptsEndAtTheFirstErrorAndKnowAllCalls() {
        assertThat(script("postinst"))
                .contains("set -e\n", "configure", "abort-upgrade", "abort-remove", "abort-deconfigure", "triggered");
        assertThat(script("prerm")).contains("set -e\n", "remove", "upgrade", "deconfigure", "failed-upgrade");
        assertThat(script("postrm")).contains("set -e\n", "remove", "purge", "abort-install", "disappear");
        Stream.of("postinst", "prerm", "postrm").forEach(script -> {
            assertThat(script(script))
                    .startsWith("#!/bin/sh\n")
                    .contains("\npackage=" + name + "\n")
                    .doesNotContainPattern("@[a-z]+@");
            assertThat(control.values())
                    .filteredOn(file -> file.path().equals(script))
                    .allSatisfy(file -> assertThat(file.mode()).isEqualTo(0755));
        });
    }

    @Test
    void everyDocumentAndPictureIsInstalledWhereLinksFindIt() throws IOException {
        String folder = packed.doc();
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
        assertThat(entry(packed.doc() + "changelog.gz").unpacked())
                .startsWith(name + " (" + deb.field("Version") + ") unstable; urgency=medium\n\n  * ")
                .contains("\n -- " + deb.field("Maintainer") + "  ");
    }

    @Test
    void pagesAreCompressedAsWellAsCanBeWithoutNameAndTime() {
        assertThat(data.values())
                .filteredOn(file -> file.path().endsWith(".gz"))
                .hasSize(packed == Packed.GATEWAY ? 4 : 3)
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
